CREATE TABLE "lead_scores" (
	"campaign_id" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"score" integer NOT NULL,
	"profile_id" uuid,
	"profile_version" integer
);
--> statement-breakpoint
CREATE TABLE "lead_terms" (
	"campaign_id" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"terms" text[] NOT NULL,
	CONSTRAINT "lead_terms_campaign_id_ordinal_pk" PRIMARY KEY("campaign_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "lead_jobs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"campaign_id" uuid,
	"owner_id" uuid NOT NULL,
	"score_profile_id" uuid,
	"score_profile_version" integer,
	"cursor" jsonb,
	"total" bigint DEFAULT 0 NOT NULL,
	"done" bigint DEFAULT 0 NOT NULL,
	"changed" bigint DEFAULT 0 NOT NULL,
	"report" jsonb,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "score_profile_versions" (
	"profile_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"weights" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "score_profile_versions_profile_id_version_pk" PRIMARY KEY("profile_id","version")
);
--> statement-breakpoint
CREATE TABLE "score_profiles" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"weights" jsonb NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "score_profiles_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "erased_domains" (
	"campaign_id" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erased_domains_campaign_id_ordinal_pk" PRIMARY KEY("campaign_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"value" text,
	"reason" text DEFAULT '' NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppressions_digest_unique" UNIQUE("digest")
);
--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "id" uuid DEFAULT uuidv7() NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "score_profile_id" uuid;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "score_profile_version" integer;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "scored_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "facts" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "simhash" bigint;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "favicon_hash" integer;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "certificate" text;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "trackers" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "body_sha256" text;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "group_id" uuid;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "group_reasons" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "state" text DEFAULT 'new' NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "tags" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "notes" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "lead_jobs" ADD CONSTRAINT "lead_jobs_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_profiles" ADD CONSTRAINT "score_profiles_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lead_scores_lead" ON "lead_scores" USING btree ("campaign_id","ordinal");--> statement-breakpoint
CREATE INDEX "lead_terms_terms" ON "lead_terms" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "lead_jobs_running" ON "lead_jobs" USING btree ("id") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "lead_jobs_owner" ON "lead_jobs" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "suppressions_value" ON "suppressions" USING btree ("value");--> statement-breakpoint
CREATE UNIQUE INDEX "leads_id" ON "leads" USING btree ("id");--> statement-breakpoint
CREATE INDEX "leads_updated" ON "leads" USING btree ("campaign_id","updated_at","ordinal");--> statement-breakpoint
CREATE INDEX "leads_domain" ON "leads" USING btree ("campaign_id","domain","ordinal");--> statement-breakpoint
CREATE INDEX "leads_group" ON "leads" USING btree ("group_id") WHERE group_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "leads_state" ON "leads" USING btree ("campaign_id","state","score","ordinal") WHERE state <> 'new';--> statement-breakpoint
CREATE INDEX "leads_tags" ON "leads" USING gin ("tags") WHERE tags <> '{}';--> statement-breakpoint
-- Wide columns go out of line early: a new score then writes a short row and leaves them where they are.
ALTER TABLE "leads" SET (toast_tuple_target = 256, fillfactor = 90);
--> statement-breakpoint
-- What leads of before are scored again with comes from their pages.
UPDATE leads l SET
  language = coalesce(p.features->>'language', p.features->>'guessedLanguage'),
  body_sha256 = p.features->>'bodySha256',
  facts = jsonb_build_object(
    'url', l.url, 'title', l.title, 'description', left(p.features->>'description', 100),
    'language', coalesce(p.features->>'language', p.features->>'guessedLanguage'),
    'saysLanguage', p.features->>'language' IS NOT NULL, 'country', NULL,
    'textUnits', length(coalesce(p.features->>'text', '')), 'year', NULL, 'organisation', l.organisation,
    'parked', '[]'::jsonb, 'keywords', l.keyword_matches, 'contacts', l.contacts, 'technologies', l.technologies)
FROM pages p WHERE p.campaign_id = l.campaign_id AND p.ordinal = l.ordinal;
--> statement-breakpoint
INSERT INTO lead_terms (campaign_id, ordinal, terms)
SELECT campaign_id, ordinal,
  ARRAY(SELECT DISTINCT 'keyword:' || lower(k->>'keyword') FROM jsonb_array_elements(keyword_matches) k) ||
  ARRAY(SELECT DISTINCT 'has:' || (c->>'kind') FROM jsonb_array_elements(contacts) c) ||
  ARRAY(SELECT DISTINCT 'technology:' || lower(t->>'name') FROM jsonb_array_elements(technologies) t) ||
  CASE WHEN language IS NULL THEN '{}' ELSE ARRAY['language:' || lower(split_part(language, '-', 1))] END
FROM leads;
