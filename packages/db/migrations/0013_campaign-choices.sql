ALTER TABLE "campaigns" ADD COLUMN "dns_persona_id" uuid;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "http_persona_id" uuid;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "proxy_assignment_id" text DEFAULT 'direct' NOT NULL;