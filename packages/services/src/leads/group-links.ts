import { type GroupReason, NearDuplicates } from '@domainflow/domain/scoring/near-duplicates.ts';
import { linkSimilar } from '@domainflow/domain/scoring/similar-hashes.ts';
import type { ReservedSql } from 'postgres';
import { inSlices } from '../let-others-run.ts';

const ROWS_AT_ONCE = 10_000;
/** A thing that more leads share than this says nothing of them: a default icon, a certificate of a CDN. */
const SHARED_AT_MOST = 100;
const IGNORED_NAMED = 20;

interface Ignored {
  readonly reason: GroupReason;
  readonly key: string;
  readonly leads: number;
}

/** By what leads are one group when it is the same. Content may be shared by any number. */
const KEYS: readonly { reason: GroupReason; column: string; from: string; isCapped: boolean }[] = [
  { reason: 'body', column: 'body_sha256', from: 'grouping', isCapped: false },
  { reason: 'simhash', column: 'simhash', from: 'grouping', isCapped: false },
  { reason: 'favicon', column: 'favicon_hash', from: 'grouping', isCapped: true },
  { reason: 'certificate', column: 'certificate', from: 'grouping', isCapped: true },
  { reason: 'tracker', column: 'tracker', from: 'grouping, unnest(trackers) AS tracker', isCapped: true },
];
/** How many stages `linkLeads` tells of. */
export const LINK_STAGES = KEYS.length + 1;

/** What of the marks of leads linked nothing. */
export interface LinkReport extends Record<string, unknown> {
  /** Things that too many leads share, and the most shared of them. */
  readonly ignoredKeys: number;
  readonly ignored: readonly Ignored[];
  /** Crowds of similar hashes that were not compared in full. */
  readonly crowds: number;
  readonly sharedAtMost: number;
}

/**
 * Links the leads of the temporary table `grouping`, whose numbers `n` are 0 to `total` - 1. Memory is some 30 bytes a lead.
 * `onStage` is called after each stage and may throw to end the work.
 */
export async function linkLeads(
  sql: ReservedSql,
  total: number,
  onStage: () => Promise<void>,
): Promise<{ found: NearDuplicates; report: LinkReport }> {
  const found = new NearDuplicates(total);
  const ignored: Ignored[] = [];
  let ignoredKeys = 0;
  for (const key of KEYS) {
    if (key.isCapped) {
      const most = await mostShared(sql, key);
      ignoredKeys += most.count;
      ignored.push(...most.named);
    }
    await linkEqual(sql, found, key);
    await onStage();
  }
  const crowds = await linkNear(sql, found);
  await onStage();
  ignored.sort((a, b) => b.leads - a.leads).splice(IGNORED_NAMED);
  return { found, report: { ignoredKeys, ignored, crowds, sharedAtMost: SHARED_AT_MOST } };
}

type Key = (typeof KEYS)[number];

/** What of a key too many leads share: how many such things there are, and the most shared ones. */
async function mostShared(
  sql: ReservedSql,
  { reason, column, from }: Key,
): Promise<{ count: number; named: Ignored[] }> {
  const rows = await sql.unsafe<{ key: string; leads: number; of: number }[]>(`
    SELECT left(${column}::text, 100) AS key, count(*)::int AS leads, (count(*) OVER ())::int AS of FROM ${from}
    WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > ${SHARED_AT_MOST}
    ORDER BY leads DESC LIMIT ${IGNORED_NAMED}`);
  return { count: rows[0]?.of ?? 0, named: rows.map(({ key, leads }) => ({ reason, key, leads })) };
}

/** Links leads with the same key to the first of them; only those come here that share it. */
async function linkEqual(
  sql: ReservedSql,
  found: NearDuplicates,
  { reason, column, from, isCapped }: Key,
): Promise<void> {
  const rows = sql.unsafe<{ n: number; first: number }[]>(`
    SELECT n, first FROM (
      SELECT n, min(n) OVER same AS first, count(*) OVER same AS shared FROM ${from} WHERE ${column} IS NOT NULL
      WINDOW same AS (PARTITION BY ${column})) AS each
    WHERE n <> first ${isCapped ? `AND shared <= ${SHARED_AT_MOST}` : ''}`);
  for await (const chunk of rows.cursor(ROWS_AT_ONCE))
    for (const row of chunk) found.link(row.first, row.n, reason);
}

async function linkNear(sql: ReservedSql, found: NearDuplicates): Promise<number> {
  const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`
    SELECT count(DISTINCT simhash)::int AS count FROM grouping`;
  const leads = new Int32Array(count);
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  let at = 0;
  const rows = sql<{ n: number; high: number; low: number }[]>`
    SELECT min(n) AS n, ((simhash >> 32) & 4294967295)::float8 AS high, (simhash & 4294967295)::float8 AS low
    FROM grouping WHERE simhash IS NOT NULL GROUP BY simhash`;
  for await (const chunk of rows.cursor(ROWS_AT_ONCE))
    for (const row of chunk) {
      leads[at] = row.n;
      high[at] = row.high;
      low[at] = row.low;
      at++;
    }
  const work = linkSimilar({ high, low }, (one, other) =>
    found.link(leads[one] ?? 0, leads[other] ?? 0, 'simhash'),
  );
  return inSlices(work);
}
