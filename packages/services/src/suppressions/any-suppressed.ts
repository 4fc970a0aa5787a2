import type { Database } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';

/** Whether anything is suppressed at all: where nothing is, rows need not be looked up. */
export async function anySuppressed(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ any: boolean }>(sql`SELECT EXISTS (SELECT FROM suppressions) AS any`);
  return row?.any === true;
}
