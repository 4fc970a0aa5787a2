-- Whatever writes to work over leads, its followers are told in the same transaction; each job is a stream of its own. The
-- bell is rung where a person waits for it: progress is seen within the second in which the outbox is looked at anyway.
CREATE FUNCTION announce_lead_job() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.status, NEW.total, NEW.done, NEW.changed) IS NOT DISTINCT FROM
    (OLD.status, OLD.total, OLD.done, OLD.changed) THEN
    RETURN NULL;
  END IF;
  PERFORM append_event(NEW.id, NEW.owner_id, 'bulk_operation_update', jsonb_build_object(
    'operationId', NEW.id, 'kind', NEW.kind, 'status', NEW.status, 'campaignId', NEW.campaign_id,
    'total', NEW.total, 'done', NEW.done, 'changed', NEW.changed));
  IF TG_OP = 'INSERT' OR NEW.status <> OLD.status THEN
    PERFORM pg_notify('domainflow_events', '');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER lead_jobs_announced AFTER INSERT OR UPDATE ON "lead_jobs"
  FOR EACH ROW EXECUTE FUNCTION announce_lead_job();
