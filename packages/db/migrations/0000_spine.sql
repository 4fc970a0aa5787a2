CREATE TYPE "public"."campaign_mode" AS ENUM('full_sequence', 'step_by_step');--> statement-breakpoint
CREATE TYPE "public"."campaign_status" AS ENUM('pending', 'active', 'paused', 'completed', 'failed', 'cancelled', 'error', 'retrying');--> statement-breakpoint
CREATE TYPE "public"."campaign_type" AS ENUM('generation', 'dns', 'http', 'lead', 'pipeline');--> statement-breakpoint
CREATE TYPE "public"."phase_status" AS ENUM('pending', 'configured', 'running', 'paused', 'completed', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"username" text NOT NULL,
	"display_username" text,
	"role" text DEFAULT 'member' NOT NULL,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_logs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_logs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"user_id" uuid,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text,
	"ip_address" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"campaign_id" uuid NOT NULL,
	"phase" text NOT NULL,
	"batch_no" integer NOT NULL,
	"run" integer NOT NULL,
	"lo" bigint NOT NULL,
	"hi" bigint NOT NULL,
	"items" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"token" bigint DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"crashes" integer DEFAULT 0 NOT NULL,
	"leased_by" uuid,
	"lease_until" timestamp(3) with time zone,
	"processed" integer DEFAULT 0 NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp(3) with time zone,
	"finished_at" timestamp(3) with time zone,
	CONSTRAINT "batches_campaign_id_phase_batch_no_pk" PRIMARY KEY("campaign_id","phase","batch_no")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"type" "campaign_type" NOT NULL,
	"mode" "campaign_mode" NOT NULL,
	"status" "campaign_status" DEFAULT 'pending' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"input" jsonb NOT NULL,
	"initial_domains" bigint DEFAULT 0 NOT NULL,
	"owner_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp(3) with time zone,
	"completed_at" timestamp(3) with time zone,
	"error_details" jsonb,
	"deleted_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "domains" (
	"campaign_id" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	CONSTRAINT "domains_campaign_id_ordinal_pk" PRIMARY KEY("campaign_id","ordinal"),
	CONSTRAINT "domains_campaign_name" UNIQUE("campaign_id","name")
) PARTITION BY HASH (campaign_id);
--> statement-breakpoint
CREATE TABLE "domains_0" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 0);
--> statement-breakpoint
CREATE TABLE "domains_1" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 1);
--> statement-breakpoint
CREATE TABLE "domains_2" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 2);
--> statement-breakpoint
CREATE TABLE "domains_3" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 3);
--> statement-breakpoint
CREATE TABLE "domains_4" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 4);
--> statement-breakpoint
CREATE TABLE "domains_5" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 5);
--> statement-breakpoint
CREATE TABLE "domains_6" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 6);
--> statement-breakpoint
CREATE TABLE "domains_7" PARTITION OF "domains" FOR VALUES WITH (MODULUS 8, REMAINDER 7);
--> statement-breakpoint
CREATE TABLE "event_streams" (
	"stream" uuid PRIMARY KEY NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"progress_at" timestamp(3) with time zone
) WITH (fillfactor = 50);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"stream" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"owner_id" uuid,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_stream_seq" UNIQUE("stream","seq")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"operation" text NOT NULL,
	"input_hash" text NOT NULL,
	"output" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
CREATE TABLE "keyword_sets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"rules" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "keyword_sets_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"campaign_id" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"domain" text NOT NULL,
	"url" text NOT NULL,
	"title" text,
	"organisation" text,
	"score" integer NOT NULL,
	"score_parts" jsonb NOT NULL,
	"keyword_matches" jsonb NOT NULL,
	"contacts" jsonb NOT NULL,
	"technologies" jsonb NOT NULL,
	"last_processed_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leads_campaign_id_ordinal_pk" PRIMARY KEY("campaign_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"campaign_id" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"fetched_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"features" jsonb NOT NULL,
	CONSTRAINT "pages_campaign_id_ordinal_pk" PRIMARY KEY("campaign_id","ordinal")
) PARTITION BY HASH (campaign_id);
--> statement-breakpoint
CREATE TABLE "pages_0" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 0);
--> statement-breakpoint
CREATE TABLE "pages_1" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 1);
--> statement-breakpoint
CREATE TABLE "pages_2" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 2);
--> statement-breakpoint
CREATE TABLE "pages_3" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 3);
--> statement-breakpoint
CREATE TABLE "pages_4" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 4);
--> statement-breakpoint
CREATE TABLE "pages_5" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 5);
--> statement-breakpoint
CREATE TABLE "pages_6" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 6);
--> statement-breakpoint
CREATE TABLE "pages_7" PARTITION OF "pages" FOR VALUES WITH (MODULUS 8, REMAINDER 7);
--> statement-breakpoint
CREATE TABLE "personas" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"config" jsonb NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "personas_kind_name" UNIQUE("kind","name")
);
--> statement-breakpoint
CREATE TABLE "phase_runs" (
	"campaign_id" uuid NOT NULL,
	"phase" text NOT NULL,
	"position" smallint NOT NULL,
	"status" "phase_status" DEFAULT 'pending' NOT NULL,
	"run" integer DEFAULT 0 NOT NULL,
	"config" jsonb,
	"plan" jsonb,
	"retry_verdicts" text[],
	"total" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp(3) with time zone,
	"completed_at" timestamp(3) with time zone,
	"error_details" jsonb,
	CONSTRAINT "phase_runs_campaign_id_phase_pk" PRIMARY KEY("campaign_id","phase")
);
--> statement-breakpoint
CREATE TABLE "results" (
	"campaign_id" uuid NOT NULL,
	"phase" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"run" integer NOT NULL,
	"verdict" text COLLATE "C" NOT NULL,
	"code" integer,
	"checked_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"evidence" jsonb NOT NULL,
	CONSTRAINT "results_campaign_id_phase_ordinal_pk" PRIMARY KEY("campaign_id","phase","ordinal")
) PARTITION BY HASH (campaign_id);
--> statement-breakpoint
CREATE TABLE "results_0" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 0);
--> statement-breakpoint
CREATE TABLE "results_1" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 1);
--> statement-breakpoint
CREATE TABLE "results_2" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 2);
--> statement-breakpoint
CREATE TABLE "results_3" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 3);
--> statement-breakpoint
CREATE TABLE "results_4" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 4);
--> statement-breakpoint
CREATE TABLE "results_5" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 5);
--> statement-breakpoint
CREATE TABLE "results_6" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 6);
--> statement-breakpoint
CREATE TABLE "results_7" PARTITION OF "results" FOR VALUES WITH (MODULUS 8, REMAINDER 7);
--> statement-breakpoint
CREATE UNLOGGED TABLE "upload_names" (
	"upload_id" uuid NOT NULL,
	"line" bigint NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"filename" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"lines" integer NOT NULL,
	"accepted" integer NOT NULL,
	"duplicates" integer NOT NULL,
	"rejected" integer NOT NULL,
	"rejections" jsonb NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"runtime" text NOT NULL,
	"started_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keyword_sets" ADD CONSTRAINT "keyword_sets_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personas" ADD CONSTRAINT "personas_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phase_runs" ADD CONSTRAINT "phase_runs_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_user_id" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "audit_logs_entity" ON "audit_logs" USING btree ("entity","entity_id","id");--> statement-breakpoint
CREATE INDEX "audit_logs_user" ON "audit_logs" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "batches_open" ON "batches" USING btree ("campaign_id","phase") WHERE status IN ('pending', 'leased');--> statement-breakpoint
CREATE INDEX "batches_leased" ON "batches" USING btree ("lease_until") WHERE status = 'leased';--> statement-breakpoint
CREATE INDEX "campaigns_owner_created" ON "campaigns" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "campaigns_created" ON "campaigns" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "campaigns_deleted" ON "campaigns" USING btree ("deleted_at") WHERE deleted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "leads_score" ON "leads" USING btree ("campaign_id","score","ordinal");--> statement-breakpoint
CREATE INDEX "phase_runs_running" ON "phase_runs" USING btree ("campaign_id") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "results_verdict" ON "results" USING btree ("campaign_id","phase","verdict","ordinal");--> statement-breakpoint
CREATE INDEX "upload_names_upload" ON "upload_names" USING btree ("upload_id");--> statement-breakpoint
CREATE INDEX "uploads_campaign" ON "uploads" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "workers_seen" ON "workers" USING btree ("seen_at");
--> statement-breakpoint
-- Adds an event to a stream and gives its number. The row lock on the stream is held to the end of the transaction:
-- numbers are therefore given out in commit order and have no gaps.
CREATE FUNCTION append_event(p_stream uuid, p_owner uuid, p_type text, p_payload jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  next_seq bigint;
BEGIN
  INSERT INTO event_streams AS s (stream, seq) VALUES (p_stream, 1)
    ON CONFLICT (stream) DO UPDATE SET seq = s.seq + 1
    RETURNING s.seq INTO next_seq;
  INSERT INTO events (stream, seq, owner_id, type, payload, at)
    VALUES (p_stream, next_seq, p_owner, p_type, p_payload, clock_timestamp());
  RETURN next_seq;
END $$;
--> statement-breakpoint
-- True at most once in `p_interval` for each stream: whoever gets it announces progress in the same transaction.
CREATE FUNCTION progress_due(p_stream uuid, p_interval interval) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE event_streams SET progress_at = clock_timestamp()
    WHERE stream = p_stream
      AND (progress_at IS NULL OR progress_at < clock_timestamp() - p_interval);
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- Adds two maps of counts; keys whose sum is 0 are dropped.
CREATE FUNCTION add_counts(a jsonb, b jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(key, total), '{}'::jsonb)
  FROM (
    SELECT key, sum(value::bigint) AS total
    FROM (SELECT * FROM jsonb_each_text(a) UNION ALL SELECT * FROM jsonb_each_text(b)) AS both_maps
    GROUP BY key
  ) AS sums
  WHERE total <> 0
$$;
--> statement-breakpoint
-- Where a phase stands, from the ledger: `processed` is what is no longer open, `counts` the results by verdict.
CREATE FUNCTION phase_progress(p_campaign uuid, p_phase text) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'phase', p.phase,
    'status', p.status,
    'total', p.total,
    'processed', p.total - coalesce((
      SELECT sum(b.items - b.processed) FROM batches b
      WHERE b.campaign_id = p_campaign AND b.phase = p_phase AND b.status IN ('pending', 'leased')), 0),
    'counts', coalesce((
      SELECT jsonb_object_agg(key, total) FROM (
        SELECT c.key, sum(c.value::bigint) AS total
        FROM batches b, jsonb_each_text(b.counts) c
        WHERE b.campaign_id = p_campaign AND b.phase = p_phase
        GROUP BY c.key) AS sums
      WHERE total <> 0), '{}'::jsonb))
  FROM phase_runs p
  WHERE p.campaign_id = p_campaign AND p.phase = p_phase
$$;
