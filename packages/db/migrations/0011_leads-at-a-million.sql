-- Part of every PostgreSQL distribution ("contrib"), and trusted: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
-- Exports read contacts of every lead: a look beside the table for each costs more than all else. Out of line they go only
-- where a row would not fit into a page; those of before stay where they are until their row is written again.
ALTER TABLE "leads" ALTER COLUMN "contacts" SET STORAGE MAIN;--> statement-breakpoint
ALTER TABLE "lead_terms" ADD COLUMN "domain" text;--> statement-breakpoint
DROP INDEX "lead_terms_terms";--> statement-breakpoint
-- What a lead lacks is a term too: where nearly all have it, few are to be found.
UPDATE lead_terms t SET domain = l.domain, terms = t.terms || ARRAY(
  SELECT 'lacks:' || kind FROM unnest(ARRAY['email', 'phone', 'social']) AS kind WHERE 'has:' || kind <> ALL (t.terms))
FROM leads l WHERE l.campaign_id = t.campaign_id AND l.ordinal = t.ordinal;--> statement-breakpoint
DELETE FROM lead_terms WHERE domain IS NULL;--> statement-breakpoint
ALTER TABLE "lead_terms" ALTER COLUMN "domain" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "lead_terms_terms" ON "lead_terms" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "lead_terms_domain" ON "lead_terms" USING gin ("domain" gin_trgm_ops);
