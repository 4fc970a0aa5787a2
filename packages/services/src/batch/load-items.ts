import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import type {
  Evidence,
  HeldPage,
  LoadedItem,
  PhaseItem,
  PhaseItems,
} from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { Sql } from 'postgres';
import type { ClaimedBatch } from './claim-batch.ts';

/**
 * Domains whose pages are read at once, and no others before these are worked on: with more, pages outlive two collections
 * of the young generation, and a hundred megabytes of them are collected as late as old objects are.
 */
const PAGES_READ = 32;

/** What is stored of pages could not be read: the database's fault, not that of the phase that asked for it. */
export class UnreadError extends Error {
  constructor(cause: unknown) {
    super(String(cause), { cause });
    this.name = 'UnreadError';
  }
}

/**
 * The batch's items with what its phase needs of stored pages, in their order, a few at a time: pages are large, and those of a
 * whole batch would wait here for seconds. Throws `UnreadError`.
 */
export async function* loadItems(
  sql: Sql,
  batch: ClaimedBatch,
  items: PhaseItems,
): AsyncGenerator<LoadedItem> {
  const load = loaderOf(sql, batch);
  if (load === null) return yield* items;
  const list = [...items];
  for (let at = 0; at < list.length; at += PAGES_READ) {
    const loaded = await load(list.slice(at, at + PAGES_READ)).catch((error: unknown) => {
      throw new UnreadError(error);
    });
    // Taken out of the list, which a promise keeps that may be old by now: what old objects keep is collected late.
    for (let item = loaded.shift(); item !== undefined; item = loaded.shift()) yield item;
  }
}

type Load = (items: readonly PhaseItem[]) => Promise<LoadedItem[]>;

/** Null where nothing of pages is needed. */
function loaderOf(sql: Sql, batch: ClaimedBatch): Load | null {
  if (phaseNamed(batch.phase).loadsPages) return (items) => loadPages(sql, batch, items);
  const heldIn = batch.phase === 'http' ? (batch.plan.heldIn ?? []) : [];
  return heldIn.length === 0 ? null : (items) => loadHeld(sql, heldIn, items);
}

interface PageRow {
  prior: Evidence | null;
  page: PageFeatures | null;
  dns: Evidence | null;
}

/** Each is looked up by its whole key, as in `readItems`; what was erased meanwhile is null. */
async function loadPages(
  sql: Sql,
  { campaignId, phase }: ClaimedBatch,
  items: readonly PhaseItem[],
): Promise<LoadedItem[]> {
  const evidenceOf = (of: string | null) => sql`
    SELECT evidence FROM results WHERE campaign_id = ${campaignId} AND phase = ${of} AND ordinal = d.ordinal OFFSET 0`;
  const rows = await sql<PageRow[]>`
    SELECT q.evidence AS prior, g.features AS page, n.evidence AS dns
    FROM unnest(${items.map(({ ordinal }) => ordinal)}::bigint[]) WITH ORDINALITY AS d (ordinal, place)
    LEFT JOIN LATERAL (${evidenceOf(phaseNamed(phase).requires)}) AS q ON true
    LEFT JOIN LATERAL (
      SELECT features FROM pages WHERE campaign_id = ${campaignId} AND ordinal = d.ordinal OFFSET 0) AS g ON true
    LEFT JOIN LATERAL (${evidenceOf('dns')}) AS n ON true
    ORDER BY d.place`;
  return rows.splice(0).map((row, index) => ({ ...(items[index] as PhaseItem), ...row }));
}

/** The latest page that one of these campaigns has of each domain. */
async function loadHeld(
  sql: Sql,
  heldIn: readonly string[],
  items: readonly PhaseItem[],
): Promise<LoadedItem[]> {
  const rows = await sql<{ held: HeldPage | null }[]>`
    SELECT h.held FROM unnest(${items.map(({ name }) => name)}::text[]) WITH ORDINALITY AS d (name, place)
    LEFT JOIN LATERAL (
      SELECT jsonb_build_object('campaignId', s.campaign_id, 'page', p.features, 'code', f.code, 'evidence', f.evidence,
        'fetchedAt', to_char(p.fetched_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS held
      FROM domains s
      JOIN campaigns c ON c.id = s.campaign_id AND c.deleted_at IS NULL
      JOIN pages p ON p.campaign_id = s.campaign_id AND p.ordinal = s.ordinal
      JOIN results f
        ON f.campaign_id = s.campaign_id AND f.phase = 'http' AND f.ordinal = s.ordinal AND f.verdict = 'OK'
      WHERE s.campaign_id = ANY(${[...heldIn]}::uuid[]) AND s.name = d.name
      ORDER BY p.fetched_at DESC LIMIT 1
    ) AS h ON true
    ORDER BY d.place`;
  return rows.splice(0).map(({ held }, index) => {
    const item = items[index] as PhaseItem;
    return held === null ? item : { ...item, held };
  });
}
