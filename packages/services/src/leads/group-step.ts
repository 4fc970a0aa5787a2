import { type GroupReason, NearDuplicates } from '@domainflow/domain/scoring/near-duplicates.ts';
import type { Sql, TransactionSql } from 'postgres';
import { tryJob } from './try-job.ts';

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

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Finds the near-duplicates of the owner of a job that runs, over all of the owner's campaigns, in one transaction. Any
 * number of workers may call it. False where there was nothing to do.
 */
export async function groupStep(sql: Sql): Promise<boolean> {
  return tryJob<{ id: string; owner_id: string }>(sql, 'group', async (tx, job) => {
    await tx`SET LOCAL enable_seqscan = on`;
    // Numbered in the order of ids: the least number of a group is its oldest lead.
    await tx`
      CREATE TEMP TABLE grouping ON COMMIT DROP AS
      SELECT (row_number() OVER (ORDER BY id) - 1)::int AS n, id, campaign_id, ordinal, simhash, favicon_hash, certificate,
        trackers, nullif(body_sha256, '') AS body_sha256
      FROM leads
      WHERE campaign_id IN (SELECT id FROM campaigns WHERE owner_id = ${job.owner_id} AND deleted_at IS NULL)`;
    const [{ total } = { total: 0 }] = await tx<
      { total: number }[]
    >`SELECT count(*)::int AS total FROM grouping`;
    const found = new NearDuplicates(total);
    const ignored: Ignored[] = [];
    let ignoredKeys = 0;
    for (const key of KEYS) {
      for (const each of await linkEqual(tx, found, key)) {
        ignoredKeys++;
        ignored.push(each);
        ignored.sort((a, b) => b.leads - a.leads).splice(IGNORED_NAMED);
      }
    }
    await linkSimilar(tx, found);
    const { changed, groups, grouped } = await writeGroups(tx, found, total);
    const report = {
      groups,
      grouped,
      ignoredKeys,
      ignored,
      crowds: found.crowds,
      sharedAtMost: SHARED_AT_MOST,
    };
    await tx`
      UPDATE lead_jobs SET status = 'completed', finished_at = now(), total = ${total}, done = ${total},
        changed = ${changed}, report = ${tx.json(report as never)}, error = NULL
      WHERE id = ${job.id}`;
  });
}

/** Links leads with the same key, read in its order; gives the keys that too many share. */
async function linkEqual(
  tx: TransactionSql,
  found: NearDuplicates,
  { reason, column, from, isCapped }: (typeof KEYS)[number],
): Promise<Ignored[]> {
  const ignored: Ignored[] = [];
  let key: string | null = null;
  let first: number | null = null;
  const rows = tx.unsafe<{ key: string; n: number; shared: number }[]>(`
    SELECT ${column}::text AS key, n, count(*) OVER (PARTITION BY ${column})::int AS shared FROM ${from}
    WHERE ${column} IS NOT NULL ORDER BY ${column}, n`);
  for await (const chunk of rows.cursor(ROWS_AT_ONCE)) {
    for (const row of chunk) {
      const isNew = row.key !== key;
      key = row.key;
      if (isCapped && row.shared > SHARED_AT_MOST) {
        if (isNew) ignored.push({ reason, key: row.key.slice(0, 100), leads: row.shared });
        continue;
      }
      if (isNew || first === null) first = row.n;
      else found.link(first, row.n, reason);
    }
  }
  return ignored;
}

async function linkSimilar(tx: TransactionSql, found: NearDuplicates): Promise<void> {
  const [{ count } = { count: 0 }] = await tx<{ count: number }[]>`
    SELECT count(DISTINCT simhash)::int AS count FROM grouping`;
  const leads = new Int32Array(count);
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  let at = 0;
  const rows = tx<{ n: number; high: number; low: number }[]>`
    SELECT min(n) AS n, ((simhash >> 32) & 4294967295)::float8 AS high, (simhash & 4294967295)::float8 AS low
    FROM grouping WHERE simhash IS NOT NULL GROUP BY simhash`;
  for await (const chunk of rows.cursor(ROWS_AT_ONCE))
    for (const row of chunk) {
      leads[at] = row.n;
      high[at] = row.high;
      low[at] = row.low;
      at++;
    }
  for (const _ of found.linkSimilar(leads, high, low)) await breathe();
}

async function writeGroups(
  tx: TransactionSql,
  found: NearDuplicates,
  total: number,
): Promise<{ changed: number; groups: number; grouped: number }> {
  await tx`
    CREATE TEMP TABLE grouped (n int PRIMARY KEY, root int NOT NULL, reasons text NOT NULL) ON COMMIT DROP`;
  const sizes = new Int32Array(total);
  for (let lead = 0; lead < total; lead++) {
    const root = found.rootOf(lead);
    sizes[root] = (sizes[root] ?? 0) + 1;
  }
  let members: number[] = [];
  let groups = 0;
  let grouped = 0;
  const write = async (): Promise<void> => {
    await tx`
      INSERT INTO grouped SELECT * FROM unnest(
        ${members}::int[], ${members.map((lead) => found.rootOf(lead))}::int[],
        ${members.map((lead) => found.reasonsOf(lead).join(','))}::text[])`;
    members = [];
  };
  for (let lead = 0; lead < total; lead++) {
    const root = found.rootOf(lead);
    if ((sizes[root] ?? 0) < 2) continue;
    if (root === lead) groups++;
    grouped++;
    members.push(lead);
    if (members.length === ROWS_AT_ONCE) await write();
  }
  if (members.length > 0) await write();
  await tx`ANALYZE grouping, grouped`;
  const updated = await tx`
    UPDATE leads l SET group_id = now.group_id, group_reasons = now.reasons
    FROM (
      SELECT g.campaign_id, g.ordinal, r.id AS group_id,
        coalesce(string_to_array(m.reasons, ','), '{}') AS reasons
      FROM grouping g LEFT JOIN grouped m ON m.n = g.n LEFT JOIN grouping r ON r.n = m.root
    ) AS now
    WHERE l.campaign_id = now.campaign_id AND l.ordinal = now.ordinal
      AND (l.group_id IS DISTINCT FROM now.group_id OR l.group_reasons <> now.reasons)`;
  return { changed: updated.count, groups, grouped };
}
