CREATE TABLE "technology_imports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"technologies" integer NOT NULL,
	"patterns" integer NOT NULL,
	"refusals" jsonb NOT NULL,
	"fingerprints" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "technology_imports_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "technology_imports" ADD CONSTRAINT "technology_imports_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;