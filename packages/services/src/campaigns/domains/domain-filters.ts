import type { PhaseDefinition } from '@domainflow/domain/phases/phase.ts';
import { PHASES } from '@domainflow/domain/phases/registry.ts';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { containing } from '../../like-pattern.ts';
import { DOMAIN_PHASE_STATUSES } from '../views.ts';

const verdictsOf = (phase: { readonly verdicts: PhaseDefinition['verdicts'] }): [string, ...string[]] =>
  Object.keys(phase.verdicts) as [string, ...string[]];
const statusFilter = z.enum(DOMAIN_PHASE_STATUSES).optional();

/** What the domains of a campaign can be filtered by; all given filters must hold. */
export const domainFilters = {
  /** Part of the name. */
  search: z.string().trim().toLowerCase().max(253).optional(),
  dnsStatus: statusFilter,
  dnsReason: z.enum(verdictsOf(PHASES.dns)).optional(),
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

/** The conditions, and the phases whose result must be there for them to hold. */
export interface DomainConditions {
  readonly where: SQL[];
  readonly needs: ReadonlySet<JudgingPhase>;
}

export function domainConditions(filters: DomainFilters): DomainConditions {
  const where: SQL[] = [];
  const needs = new Set<JudgingPhase>();
  const byVerdicts = (phase: JudgingPhase, verdicts: readonly string[]): void => {
    needs.add(phase);
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
      where.push(sql`${RESULT_ALIASES[phase]}.ordinal IS NULL`);
      // Nothing waits for a phase that the campaign does not have.
      where.push(sql`EXISTS (
        SELECT FROM phase_runs p WHERE p.campaign_id = d.campaign_id AND p.phase = ${phase})`);
      // What DNS did not find never comes to HTTP: it is not waiting.
      if (phase === 'http') where.push(sql`(rd.ordinal IS NULL OR rd.verdict = 'OK')`);
      return;
    }
    const { verdicts } = PHASES[phase];
    byVerdicts(
      phase,
      Object.keys(verdicts).filter((verdict) => verdicts[verdict]?.status === status),
    );
  };
  if (filters.search !== undefined && filters.search !== '') {
    where.push(sql`d.name LIKE ${containing(filters.search)}`);
  }
  byStatus('dns', filters.dnsStatus);
  byStatus('http', filters.httpStatus);
  if (filters.dnsReason !== undefined) byVerdicts('dns', [filters.dnsReason]);
  if (filters.httpReason !== undefined) byVerdicts('http', [filters.httpReason]);
  if (filters.leadStatus !== undefined) byVerdicts('analysis', [filters.leadStatus]);
  if (filters.httpStatusCode !== undefined) {
    needs.add('http');
    where.push(sql`rh.code = ${filters.httpStatusCode}`);
  }
  if (filters.minScore !== undefined) {
    needs.add('analysis');
    where.push(sql`ra.code >= ${filters.minScore}`);
  }
  return { where, needs };
}

/**
 * Domains with their results joined: inner where a condition needs the result, so that its index can lead. The others
 * are looked up by their whole key (`OFFSET 0` keeps a subquery as it is): in a plain join the planner, which knows
 * nothing yet of a new campaign and expects one row, reads all results of the phase for each domain.
 */
export function domainsFrom(campaignId: string, needs: DomainConditions['needs']): SQL {
  const joins = Object.entries(RESULT_ALIASES).map(([phase, alias]) =>
    needs.has(phase as JudgingPhase)
      ? sql`
    JOIN results ${alias}
      ON ${alias}.campaign_id = ${campaignId}::uuid AND ${alias}.phase = ${phase} AND ${alias}.ordinal = d.ordinal`
      : sql`
    LEFT JOIN LATERAL (
      SELECT * FROM results
      WHERE campaign_id = ${campaignId}::uuid AND phase = ${phase} AND ordinal = d.ordinal OFFSET 0) AS ${alias} ON true`,
  );
  return sql`domains d ${sql.join(joins, sql` `)}`;
}
