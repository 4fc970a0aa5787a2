import type { LEAD_JOB_KINDS } from '@domainflow/db/schema/lead-job.ts';
import type { Sql, TransactionSql } from 'postgres';

/** Tries in a row without coming on, after which a job has failed. */
const MAX_ATTEMPTS = 5;
const ERROR_CHARS = 500;

/**
 * Does some of a job that runs, in one transaction that holds its row; those that failed before come last. When it throws,
 * nothing is written but the try, and after five the job has failed with the error. False where there was nothing to do.
 */
export async function tryJob<Job extends { readonly id: string }>(
  sql: Sql,
  kind: (typeof LEAD_JOB_KINDS)[number],
  work: (tx: TransactionSql, job: Job) => Promise<void>,
): Promise<boolean> {
  let tried: string | undefined;
  try {
    return await sql.begin(async (tx) => {
      const [job] = await tx<Job[]>`
        SELECT * FROM lead_jobs WHERE kind = ${kind} AND status = 'running'
        ORDER BY attempts, id LIMIT 1 FOR UPDATE SKIP LOCKED`;
      if (job === undefined) return false;
      tried = job.id;
      await work(tx, job);
      return true;
    });
  } catch (error) {
    if (tried !== undefined) await noteFailure(sql, tried, error);
    throw error;
  }
}

/** Where the database itself is away this fails too: then the try does not count. */
export async function noteFailure(sql: Sql, id: string, error: unknown): Promise<void> {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_CHARS);
  await sql`
    UPDATE lead_jobs SET attempts = attempts + 1, error = ${text},
      status = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN 'failed' ELSE status END,
      finished_at = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN now() END
    WHERE id = ${id} AND status = 'running'`;
}
