DROP INDEX "leads_group";--> statement-breakpoint
CREATE INDEX "leads_group" ON "leads" USING btree ("group_id","campaign_id") WHERE group_id IS NOT NULL;