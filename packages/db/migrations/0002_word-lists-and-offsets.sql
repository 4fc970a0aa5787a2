CREATE TABLE "pattern_offsets" (
	"pattern_hash" text PRIMARY KEY NOT NULL,
	"excerpt" text NOT NULL,
	"size" numeric(78) NOT NULL,
	"next_offset" numeric(78) DEFAULT '0' NOT NULL,
	"set_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pattern_reservations" (
	"campaign_id" uuid PRIMARY KEY NOT NULL,
	"pattern_hash" text NOT NULL,
	"start_offset" numeric(78) NOT NULL,
	"count" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_word_lists" (
	"campaign_id" uuid NOT NULL,
	"word_list_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_word_lists_campaign_id_word_list_id_pk" PRIMARY KEY("campaign_id","word_list_id")
);
--> statement-breakpoint
CREATE TABLE "word_list_chunks" (
	"word_list_id" uuid NOT NULL,
	"chunk_no" integer NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "word_list_chunks_word_list_id_chunk_no_pk" PRIMARY KEY("word_list_id","chunk_no")
);
--> statement-breakpoint
CREATE TABLE "word_lists" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"filename" text,
	"word_count" integer NOT NULL,
	"content_hash" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"lines" integer NOT NULL,
	"duplicates" integer NOT NULL,
	"rejected" integer NOT NULL,
	"rejections" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "word_lists_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "pattern_offsets" ADD CONSTRAINT "pattern_offsets_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pattern_reservations" ADD CONSTRAINT "pattern_reservations_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pattern_reservations" ADD CONSTRAINT "pattern_reservations_pattern_hash_pattern_offsets_pattern_hash_fk" FOREIGN KEY ("pattern_hash") REFERENCES "public"."pattern_offsets"("pattern_hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_word_lists" ADD CONSTRAINT "campaign_word_lists_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_word_lists" ADD CONSTRAINT "campaign_word_lists_word_list_id_word_lists_id_fk" FOREIGN KEY ("word_list_id") REFERENCES "public"."word_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "word_list_chunks" ADD CONSTRAINT "word_list_chunks_word_list_id_word_lists_id_fk" FOREIGN KEY ("word_list_id") REFERENCES "public"."word_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "word_lists" ADD CONSTRAINT "word_lists_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pattern_reservations_hash" ON "pattern_reservations" USING btree ("pattern_hash");--> statement-breakpoint
CREATE INDEX "campaign_word_lists_list" ON "campaign_word_lists" USING btree ("word_list_id");