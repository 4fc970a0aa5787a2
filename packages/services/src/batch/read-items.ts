import type { Evidence, PhaseItem, PhaseItems, PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { ordinalsAt } from '@domainflow/domain/shaping/shaping-plan.ts';
import type { Fragment, Sql } from 'postgres';
import { suppressedCondition } from '../suppressions/suppressed-condition.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { NameList, type NamesText } from './name-list.ts';

interface ItemRow {
  ordinal: string;
  name: string;
  prior: Evidence | null;
  suppressed: boolean;
}

/** Phases that fetch or keep what a site says. */
const READS_SITES: ReadonlySet<PhaseName> = new Set(['http', 'analysis']);

/** Ordinals looked up by one query. */
const ORDINALS_READ = 20_000;

/**
 * The domains of the batch that still need work, in the order of the run: those let in by the required phase that have no result, and
 * in a retry those whose result of an earlier run has one of the verdicts to retry. Read it after the claim: what the
 * previous holder committed is then seen, and nothing of it is done twice.
 *
 * What is stored of their pages is read later, by `loadItems`. Each domain's results of other phases are looked up by their whole key (`OFFSET 0` keeps a subquery as it is). In a plain join the
 * planner, which knows nothing yet of a new campaign and expects one row, reads all results of the phase for each domain.
 */
export async function readItems(sql: Sql, batch: ClaimedBatch): Promise<PhaseItems> {
  const { requires, loadsPages } = phaseNamed(batch.phase);
  if (requires === null && !loadsPages && !READS_SITES.has(batch.phase)) {
    const texts: NamesText[] = [];
    for (const part of partsOf(sql, batch)) texts.push(await readNames(sql, batch, part));
    return new NameList(texts);
  }
  const items: PhaseItem[] = [];
  for (const part of partsOf(sql, batch)) items.push(...(await readPart(sql, batch, part)));
  return items;
}

/** A part of the batch's range. */
interface Part {
  /** Its domains: (ordinal, name, place). */
  readonly domains: Fragment;
  /** A condition on `ordinal`: no others are in it. */
  readonly within: Fragment;
}

function* partsOf(sql: Sql, { plan, campaignId, lo: from, hi: to }: ClaimedBatch): Iterable<Part> {
  const order = plan.shaping?.order ?? null;
  if (order === null) {
    const within = sql`ordinal >= ${from} AND ordinal < ${to}`;
    const domains = sql`
      SELECT ordinal, name, ordinal AS place FROM domains WHERE campaign_id = ${campaignId} AND ${within}`;
    yield { domains, within };
    return;
  }
  // The range is of positions, and may be wide where few of its domains are to be worked on.
  for (let lo = from; lo < to; lo += ORDINALS_READ) {
    const ordinals = ordinalsAt(order, lo, Math.min(lo + ORDINALS_READ, to));
    const domains = sql`
      SELECT at.ordinal, found.name, at.place
      FROM unnest(${ordinals}::bigint[]) WITH ORDINALITY AS at (ordinal, place)
      JOIN LATERAL (
        SELECT name FROM domains WHERE campaign_id = ${campaignId} AND ordinal = at.ordinal OFFSET 0
      ) AS found ON true`;
    yield { domains, within: sql`ordinal = ANY(${ordinals}::bigint[])` };
  }
}

/** Those of them to be worked on, where nothing but their names is needed: one text, in the order of places. */
async function readNames(sql: Sql, batch: ClaimedBatch, part: Part): Promise<NamesText> {
  const [row] = await sql<[NamesText]>`
    SELECT count(*)::int AS count, coalesce(string_agg(d.ordinal || ' ' || d.name, E'\n' ORDER BY d.place), '') AS text
    FROM (${part.domains}) AS d
    WHERE ${isOpen(sql, batch, part)}`;
  return row;
}

/** That the domain `d` has no result of this phase that stays. They are read once, by the part: mostly there are none. */
const isOpen = (
  sql: Sql,
  { campaignId, phase, run, retryVerdicts }: ClaimedBatch,
  { within }: Part,
): Fragment => sql`
  d.ordinal NOT IN (
    SELECT ordinal FROM results WHERE campaign_id = ${campaignId} AND phase = ${phase} AND ${within}
      AND NOT (run < ${run} AND verdict = ANY(${retryVerdicts ?? []}::text[])))`;

/** Those of them to be worked on, in the order of places. */
async function readPart(sql: Sql, batch: ClaimedBatch, part: Part): Promise<PhaseItem[]> {
  const { requires, loadsPages } = phaseNamed(batch.phase);
  const rows = await sql<ItemRow[]>`
    SELECT d.ordinal, d.name,
      ${requires === null || loadsPages ? sql`NULL::jsonb` : sql`q.evidence`} AS prior,
      ${READS_SITES.has(batch.phase) ? sql.unsafe(suppressedCondition('d.name')) : sql`false`} AS suppressed
    FROM (${part.domains}) AS d
    ${
      requires === null
        ? sql``
        : sql`LEFT JOIN LATERAL (
            SELECT verdict, evidence FROM results
            WHERE campaign_id = ${batch.campaignId} AND phase = ${requires} AND ordinal = d.ordinal OFFSET 0) AS q ON true`
    }
    WHERE ${isOpen(sql, batch, part)}
      ${
        requires === null
          ? sql``
          : sql`AND (q.verdict = 'OK' OR NOT EXISTS (
              SELECT FROM phase_runs p WHERE p.campaign_id = ${batch.campaignId} AND p.phase = ${requires}))`
      }
    ORDER BY d.place`;
  return rows.map(({ ordinal, name, prior, suppressed }) => ({
    ordinal: Number(ordinal),
    name,
    prior,
    ...(suppressed ? { isSuppressed: true } : {}),
  }));
}
