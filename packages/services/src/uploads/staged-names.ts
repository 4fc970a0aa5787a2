import type { Database, Transaction } from '@domainflow/db/client.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { sql } from 'drizzle-orm';
import type { NameChunk } from './name-intake.ts';

/** Puts a chunk of names aside, in a transaction of its own. Names hold neither commas nor anything to be escaped. */
export async function stageNames(db: Database, uploadId: string, chunk: NameChunk): Promise<void> {
  await db.execute(sql`
    INSERT INTO upload_names (upload_id, line, name)
    SELECT ${uploadId}::uuid, line, name
    FROM unnest(
      string_to_array(${chunk.lines.join(',')}, ',')::bigint[],
      string_to_array(${chunk.names.join(',')}, ',')
    ) AS staged (line, name)`);
}

/** Throws away what an upload has put aside. */
export async function dropStagedNames(db: Database, uploadId: string): Promise<void> {
  await db.execute(sql`DELETE FROM upload_names WHERE upload_id = ${uploadId}::uuid`);
}

/**
 * `UNAVAILABLE` where rows of an upload are gone: staged names are not logged, and a crash of the server empties the
 * table.
 */
export async function requireAllStaged(tx: Transaction, uploadId: string, staged: number): Promise<void> {
  const [counted] = await tx.execute<{ held: number }>(
    sql`SELECT count(*)::int AS held FROM upload_names WHERE upload_id = ${uploadId}::uuid`,
  );
  if (counted?.held === staged) return;
  throw new DomainFlowError('UNAVAILABLE', 'The database was restarted during the upload. Upload it again.');
}

/**
 * Gives the staged names to the campaign, in the order of the lines they were first seen on, with ordinals that follow on
 * `from`. Names that the campaign has already are left out. The caller holds the campaign's row. Gives how many were new.
 */
export async function adoptStagedNames(
  tx: Transaction,
  uploadId: string,
  campaignId: string,
  from: number,
): Promise<number> {
  const isNew = sql`NOT EXISTS (SELECT FROM domains d WHERE d.campaign_id = ${campaignId}::uuid AND d.name = firsts.name)`;
  const inserted = await tx.execute(sql`
    INSERT INTO domains (campaign_id, ordinal, name)
    SELECT ${campaignId}::uuid, ${from}::bigint - 1 + row_number() OVER (ORDER BY line), name
    FROM (
      SELECT name, min(line) AS line FROM upload_names WHERE upload_id = ${uploadId}::uuid GROUP BY name
    ) AS firsts
    WHERE ${from === 0 ? sql`true` : isNew}`);
  return inserted.count;
}
