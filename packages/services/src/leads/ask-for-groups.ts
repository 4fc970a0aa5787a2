import type { Transaction } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';

/** Has the owner's leads grouped anew, unless that waits to be done already; one under way may have begun too early. */
export async function askForGroups(tx: Transaction, ownerId: string): Promise<void> {
  await tx.execute(sql`
    WITH waiting AS (
      SELECT id FROM lead_jobs
      WHERE kind = 'group' AND owner_id = ${ownerId}::uuid AND status = 'running' AND report IS NULL FOR UPDATE SKIP LOCKED)
    INSERT INTO lead_jobs (kind, owner_id)
    SELECT 'group', ${ownerId}::uuid WHERE NOT EXISTS (SELECT FROM waiting)`);
}
