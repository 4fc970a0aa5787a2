CREATE TABLE "proxies" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"country" text,
	"provider" text,
	"username" text,
	"password" text,
	"max_connections" integer NOT NULL,
	"requests_per_second" real,
	"last_check" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proxies_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "proxy_pool_members" (
	"pool_id" uuid NOT NULL,
	"proxy_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "proxy_pool_members_pool_id_proxy_id_pk" PRIMARY KEY("pool_id","proxy_id")
);
--> statement-breakpoint
CREATE TABLE "proxy_pools" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"rotation" text NOT NULL,
	"eject_after_failures" integer NOT NULL,
	"pause_ms" integer NOT NULL,
	"max_pause_ms" integer NOT NULL,
	"target_by" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proxy_pools_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxy_pool_members" ADD CONSTRAINT "proxy_pool_members_pool_id_proxy_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."proxy_pools"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxy_pool_members" ADD CONSTRAINT "proxy_pool_members_proxy_id_proxies_id_fk" FOREIGN KEY ("proxy_id") REFERENCES "public"."proxies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxy_pools" ADD CONSTRAINT "proxy_pools_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proxy_pool_members_proxy" ON "proxy_pool_members" USING btree ("proxy_id");