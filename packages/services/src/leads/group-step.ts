import type { NearDuplicates } from '@domainflow/domain/scoring/near-duplicates.ts';
import type { ReservedSql, Sql } from 'postgres';
import { LINK_STAGES, type LinkReport, linkLeads } from './group-links.ts';
import { noteFailure } from './try-job.ts';

/** Leads whose groups one transaction writes: a fraction of a second, after which a pause is seen. */
const LEADS_A_WRITE = 10_000;
/** The part of the work that is done when all is compared and nothing is written. */
const COMPARING = 0.5;
const OWNERS_LOOKED_AT = 20;

interface Job {
  readonly id: string;
  readonly owner_id: string;
}

/** Thrown inside where the job is paused, cancelled or gone, or the worker ends: what is written stays. */
class Ended extends Error {}

/**
 * Finds the near-duplicates among all leads of the owner of a job that runs. Leads are compared from a copy of what marks
 * them, without a transaction, and written some thousands at a time, each with the job's progress: nothing is locked for
 * longer, and what ends early goes on later with what is not written yet. One worker at a time does it for an owner. False
 * where there was nothing to do.
 */
export async function groupStep(
  sql: Sql,
  { signal, leadsAWrite = LEADS_A_WRITE }: { signal?: AbortSignal; leadsAWrite?: number } = {},
): Promise<boolean> {
  const connection = await sql.reserve();
  let job: Job | undefined;
  try {
    job = await claimJob(connection);
    if (job === undefined) return false;
    await group(connection, job, leadsAWrite, signal);
    return true;
  } catch (error) {
    if (error instanceof Ended) return true;
    if (job !== undefined) await noteFailure(sql, job.id, error);
    throw error;
  } finally {
    await letGo(connection, job);
    connection.release();
  }
}

const LOCK = 'lead groups';

/** The next job that nobody is at: the lock of its owner is the connection's, and goes with it. */
async function claimJob(sql: ReservedSql): Promise<Job | undefined> {
  const jobs = await sql<Job[]>`
    SELECT id, owner_id FROM lead_jobs WHERE kind = 'group' AND status = 'running'
    ORDER BY attempts, id LIMIT ${OWNERS_LOOKED_AT}`;
  for (const job of jobs) {
    const [lock] = await sql<{ mine: boolean }[]>`
      SELECT pg_try_advisory_lock(hashtextextended(${LOCK} || ${job.owner_id}, 0)) AS mine`;
    if (lock?.mine !== true) continue;
    // It begins now: leads that come later are for another job (`askForGroups`).
    const begun = await sql`
      UPDATE lead_jobs SET report = '{}' WHERE id = ${job.id} AND status = 'running' RETURNING id`;
    if (begun.length > 0) return job;
    await unlock(sql, job);
  }
  return undefined;
}

const unlock = (sql: ReservedSql, job: Job) =>
  sql`SELECT pg_advisory_unlock(hashtextextended(${LOCK} || ${job.owner_id}, 0))`;

/** Where the connection is gone, so are its lock and its table. */
async function letGo(sql: ReservedSql, job: Job | undefined): Promise<void> {
  if (job === undefined) return;
  try {
    await sql`DROP TABLE IF EXISTS pg_temp.grouping`;
    await unlock(sql, job);
  } catch {
    // The database lets go by itself.
  }
}

async function group(
  sql: ReservedSql,
  job: Job,
  leadsAWrite: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const total = await copyMarks(sql, job.owner_id);
  const note = async (done: number, write?: () => Promise<number>): Promise<void> => {
    if (signal?.aborted === true) throw new Ended();
    await noteProgress(sql, job, { done: Math.floor(done), total }, write);
  };
  let stage = 0;
  const { found, report } = await linkLeads(sql, total, async () => {
    stage++;
    await note((total * COMPARING * stage) / LINK_STAGES);
  });
  const { sizes, ...counts } = countGroups(found, total);
  for (let from = 0; from < total; from += leadsAWrite) {
    const to = Math.min(total, from + leadsAWrite);
    await note(total * COMPARING + to * (1 - COMPARING), () => writeGroups(sql, found, sizes, from, to));
  }
  await finish(sql, job, total, { ...counts, ...report });
}

/** Numbered in the order of ids: the least number of a group is its oldest lead. */
async function copyMarks(sql: ReservedSql, ownerId: string): Promise<number> {
  await sql`DROP TABLE IF EXISTS pg_temp.grouping`;
  const { count } = await sql`
    CREATE TEMP TABLE grouping AS
    SELECT (row_number() OVER (ORDER BY id) - 1)::int AS n, id, campaign_id, ordinal, simhash, favicon_hash, certificate,
      trackers, nullif(body_sha256, '') AS body_sha256, group_id, group_reasons
    FROM leads
    WHERE campaign_id IN (SELECT id FROM campaigns WHERE owner_id = ${ownerId} AND deleted_at IS NULL)`;
  await sql`CREATE UNIQUE INDEX ON grouping (n)`;
  await sql`ANALYZE grouping`;
  return count;
}

/** Notes how far the job has come, in one transaction with what `write` changes; gives up where it runs no more. */
async function noteProgress(
  sql: ReservedSql,
  job: Job,
  { done, total }: { readonly done: number; readonly total: number },
  write?: () => Promise<number>,
): Promise<void> {
  await inTransaction(sql, async () => {
    const running = await sql`
      SELECT FROM lead_jobs WHERE id = ${job.id} AND status = 'running' FOR NO KEY UPDATE`;
    if (running.length === 0) throw new Ended();
    const changed = (await write?.()) ?? 0;
    // Once: each update tells those who follow the job.
    await sql`
      UPDATE lead_jobs SET done = ${done}, total = ${total}, changed = changed + ${changed}, attempts = 0, error = NULL
      WHERE id = ${job.id}`;
  });
}

/** A reserved connection has no `begin` of its own. */
async function inTransaction(sql: ReservedSql, work: () => Promise<void>): Promise<void> {
  await sql`BEGIN`;
  try {
    await work();
    await sql`COMMIT`;
  } catch (error) {
    await sql`ROLLBACK`.catch(() => undefined);
    throw error;
  }
}

function countGroups(
  found: NearDuplicates,
  total: number,
): { sizes: Int32Array; groups: number; grouped: number } {
  const sizes = new Int32Array(total);
  for (let lead = 0; lead < total; lead++) {
    const root = found.rootOf(lead);
    sizes[root] = (sizes[root] ?? 0) + 1;
  }
  let [groups, grouped] = [0, 0];
  for (const size of sizes) {
    if (size < 2) continue;
    groups++;
    grouped += size;
  }
  return { sizes, groups, grouped };
}

/** Writes the groups of the leads from `from` to before `to` that have another one than before; gives how many had. */
async function writeGroups(
  sql: ReservedSql,
  found: NearDuplicates,
  sizes: Int32Array,
  from: number,
  to: number,
): Promise<number> {
  const members: number[] = [];
  for (let lead = from; lead < to; lead++) if ((sizes[found.rootOf(lead)] ?? 0) > 1) members.push(lead);
  const { count } = await sql`
    UPDATE leads l SET group_id = now.group_id, group_reasons = now.reasons
    FROM (
      SELECT g.campaign_id, g.ordinal, r.id AS group_id, coalesce(string_to_array(m.reasons, ','), '{}') AS reasons
      FROM grouping g
      LEFT JOIN unnest(
        ${members}::int[], ${members.map((lead) => found.rootOf(lead))}::int[],
        ${members.map((lead) => found.reasonsOf(lead).join(','))}::text[]) AS m (n, root, reasons) ON m.n = g.n
      LEFT JOIN grouping r ON r.n = m.root
      WHERE g.n >= ${from} AND g.n < ${to}
        AND (g.group_id IS DISTINCT FROM r.id OR g.group_reasons <> coalesce(string_to_array(m.reasons, ','), '{}'))
      ORDER BY g.campaign_id, g.ordinal
    ) AS now
    WHERE l.campaign_id = now.campaign_id AND l.ordinal = now.ordinal`;
  return count;
}

async function finish(
  sql: ReservedSql,
  job: Job,
  total: number,
  report: LinkReport & { readonly groups: number; readonly grouped: number },
): Promise<void> {
  await sql`
    UPDATE lead_jobs SET status = 'completed', finished_at = now(), total = ${total}, done = ${total},
      report = ${sql.json(report as never)}, attempts = 0, error = NULL
    WHERE id = ${job.id} AND status = 'running'`;
}
