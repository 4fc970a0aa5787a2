import type { PhaseDefinition } from '@domainflow/domain/phases/phase.ts';
import { PHASES } from '@domainflow/domain/phases/registry.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nameContains } from '../../rows/name-search.ts';
import { DOMAIN_PHASE_STATUSES } from '../views.ts';

const verdictsOf = (phase: { readonly verdicts: PhaseDefinition['verdicts'] }): [string, ...string[]] =>
  Object.keys(phase.verdicts) as [string, ...string[]];
const statusFilter = z.enum(DOMAIN_PHASE_STATUSES).optional();

/** What the domains of a campaign can be filtered by; all given filters must hold. */
export const domainFilters = {
  /** Part of the name, in Unicode too. */
  search: z.string().trim().toLowerCase().max(253).optional(),
  dnsStatus: statusFilter,
  dnsReason: z.enum(verdictsOf(PHASES.dns)).optional(),
  /** Whether the registrable domain can be registered, as the DNS phase found; `unknown` where it could not tell. */
  isAvailable: z.enum(['true', 'false', 'unknown']).optional(),
  httpStatus: statusFilter,
  httpReason: z.enum(verdictsOf(PHASES.http)).optional(),
  httpStatusCode: z.int().min(100).max(999).optional(),
  leadStatus: z.enum(verdictsOf(PHASES.analysis)).optional(),
  minScore: z.int().min(0).max(100).optional(),
};
const filtersSchema = z.object(domainFilters);
export type DomainFilters = z.output<typeof filtersSchema>;

/** The joined results, by the alias that they have in a query over domains. */
export const RESULT_ALIASES = { dns: sql`rd`, http: sql`rh`, analysis: sql`ra` } as const;
type JudgingPhase = keyof typeof RESULT_ALIASES;

/** What the ledger can count without looking at a domain: those of a phase with one of these verdicts, or without any. */
export interface LedgerCount {
  readonly phase: JudgingPhase;
  readonly verdicts: readonly string[] | 'pending';
}

export interface DomainConditions {
  readonly where: readonly SQL[];
  /** Phases whose result must be there for the conditions to hold. */
  readonly needs: ReadonlySet<JudgingPhase>;
  /** Phases whose result the conditions look at, there or not. */
  readonly looks: ReadonlySet<JudgingPhase>;
  /** The phase that domains are to wait for. */
  readonly pendingIn: JudgingPhase | null;
  /** Set where one filter is all there is, and the ledger knows its number. */
  readonly ledger: LedgerCount | null;
}

/** The filters as conditions over domains `d` and the results of `RESULT_ALIASES`. */
export function domainConditions(filters: DomainFilters): DomainConditions {
  const where: SQL[] = [];
  const needs = new Set<JudgingPhase>();
  const looks = new Set<JudgingPhase>();
  const counts: LedgerCount[] = [];
  let pendingIn: JudgingPhase | null = null;
  const byVerdicts = (phase: JudgingPhase, verdicts: readonly string[]): void => {
    needs.add(phase);
    counts.push({ phase, verdicts });
    const verdict = sql`${RESULT_ALIASES[phase]}.verdict`;
    const [only] = verdicts;
    where.push(
      verdicts.length === 1 && only !== undefined
        ? sql`${verdict} = ${only}`
        : sql`${verdict} = ANY(${sql.param([...verdicts])}::text[])`,
    );
  };
  const byStatus = (phase: 'dns' | 'http', status: DomainFilters['dnsStatus']): void => {
    if (status === undefined) return;
    if (status === 'pending') {
      pendingIn = phase;
      counts.push({ phase, verdicts: 'pending' });
      looks.add(phase);
      where.push(sql`${RESULT_ALIASES[phase]}.ordinal IS NULL`);
      // What DNS did not find never comes to HTTP: it is not waiting.
      if (phase === 'http') {
        looks.add('dns');
        where.push(sql`(rd.ordinal IS NULL OR rd.verdict = 'OK')`);
      }
      return;
    }
    const { verdicts } = PHASES[phase];
    byVerdicts(
      phase,
      Object.keys(verdicts).filter((verdict) => verdicts[verdict]?.status === status),
    );
  };
  if (filters.search !== undefined && filters.search !== '') {
    where.push(nameContains(sql`d.name`, filters.search));
  }
  byStatus('dns', filters.dnsStatus);
  byStatus('http', filters.httpStatus);
  if (filters.dnsReason !== undefined) byVerdicts('dns', [filters.dnsReason]);
  if (filters.httpReason !== undefined) byVerdicts('http', [filters.httpReason]);
  if (filters.leadStatus !== undefined) byVerdicts('analysis', [filters.leadStatus]);
  if (filters.isAvailable !== undefined) {
    needs.add('dns');
    where.push(
      filters.isAvailable === 'unknown'
        ? sql`rd.is_available IS NULL`
        : sql`rd.is_available = ${filters.isAvailable === 'true'}`,
    );
  }
  if (filters.httpStatusCode !== undefined) {
    needs.add('http');
    where.push(sql`rh.code = ${filters.httpStatusCode}`);
  }
  if (filters.minScore !== undefined) {
    needs.add('analysis');
    where.push(sql`ra.code >= ${filters.minScore}`);
  }
  const given = Object.keys(domainFilters).filter(
    (name) => filters[name as keyof DomainFilters] !== undefined,
  );
  return { where, needs, looks, pendingIn, ledger: given.length === 1 ? (counts[0] ?? null) : null };
}

/**
 * The result of a phase, or nulls, found by its whole key (`OFFSET 0` keeps a subquery as it is): in a plain join the
 * planner, which knows nothing yet of a new campaign and expects one row, reads all results of the phase for each domain.
 */
const lookup = (campaignId: string, phase: JudgingPhase): SQL => sql`
  LEFT JOIN LATERAL (
    SELECT * FROM results
    WHERE campaign_id = ${campaignId}::uuid AND phase = ${phase} AND ordinal = d.ordinal OFFSET 0
  ) AS ${RESULT_ALIASES[phase]} ON true`;

const JUDGING_PHASES = Object.keys(RESULT_ALIASES) as JudgingPhase[];

/** Domains joined with the results that the conditions are about: inner where they must be there, so that their index leads. */
export function matchingDomains(campaignId: string, { needs, looks }: DomainConditions): SQL {
  const joins = JUDGING_PHASES.map((phase) => {
    if (!needs.has(phase)) return looks.has(phase) ? lookup(campaignId, phase) : sql``;
    const alias = RESULT_ALIASES[phase];
    return sql`
      JOIN results ${alias}
        ON ${alias}.campaign_id = ${campaignId}::uuid AND ${alias}.phase = ${phase} AND ${alias}.ordinal = d.ordinal`;
  });
  return sql`domains d ${sql.join(joins, sql` `)}`;
}

/** Domains `d`, given as a subquery of (ordinal, name), with the results of all phases. */
export const withResults = (campaignId: string, domains: SQL): SQL =>
  sql`(${domains}) AS d ${sql.join(
    JUDGING_PHASES.map((phase) => lookup(campaignId, phase)),
    sql` `,
  )}`;
