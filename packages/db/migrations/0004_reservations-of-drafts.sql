ALTER TABLE "pattern_reservations" ALTER COLUMN "start_offset" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "pattern_reservations" ALTER COLUMN "count" DROP NOT NULL;