ALTER TABLE "phase_runs" ADD COLUMN "waiting_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phase_runs" ADD COLUMN "waiting_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phase_runs" ADD COLUMN "waited_ms" bigint DEFAULT 0 NOT NULL;