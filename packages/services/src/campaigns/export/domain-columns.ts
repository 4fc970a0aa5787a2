import type { PhaseDefinition, PhaseName } from '@domainflow/domain/phases/phase.ts';
import { PHASES } from '@domainflow/domain/phases/registry.ts';
import { type SQL, sql } from 'drizzle-orm';
import type { ExportColumn } from './export-columns.ts';
import { isoInstant, type LineColumn } from './line-columns.ts';

const texts = (values: readonly string[]): SQL => sql`${sql.param([...values])}::text[]`;

/** The coarse status of a verdict, as `domainRow` gives it; `pending` is what one without a verdict has. */
function statusOf(phase: 'dns' | 'http', verdict: SQL, pending: SQL): SQL {
  const { verdicts }: { readonly verdicts: PhaseDefinition['verdicts'] } = PHASES[phase];
  const of = (status: string): SQL =>
    texts(Object.keys(verdicts).filter((name) => verdicts[name]?.status === status));
  return sql`CASE WHEN ${verdict} IS NULL THEN ${pending} WHEN ${verdict} = ANY(${of('ok')}) THEN 'ok'
    WHEN ${verdict} = ANY(${of('timeout')}) THEN 'timeout' ELSE 'error' END`;
}

/** The columns of an export of domains, in SQL over `withResults`, for a campaign of these phases. */
export function domainColumns(chosen: readonly ExportColumn[], phases: ReadonlySet<PhaseName>): LineColumn[] {
  const nothing = sql`NULL::text`;
  const comesToHttp = phases.has('dns')
    ? sql`CASE WHEN rd.verdict IS NULL OR rd.verdict = 'OK' THEN 'pending' END`
    : sql`'pending'`;
  const columns: Readonly<Record<ExportColumn, Omit<LineColumn, 'name'>>> = {
    domain: { value: sql`d.name`, kind: 'text' },
    dnsStatus: {
      value: phases.has('dns') ? statusOf('dns', sql`rd.verdict`, sql`'pending'`) : nothing,
      kind: 'token',
    },
    dnsReason: { value: sql`nullif(rd.verdict, 'OK')`, kind: 'token' },
    isAvailable: { value: sql`rd.is_available::text`, kind: 'literal' },
    httpStatus: {
      value: phases.has('http') ? statusOf('http', sql`rh.verdict`, comesToHttp) : nothing,
      kind: 'token',
    },
    httpReason: { value: sql`nullif(rh.verdict, 'OK')`, kind: 'token' },
    httpStatusCode: { value: sql`rh.code`, kind: 'literal' },
    leadStatus: { value: sql`ra.verdict`, kind: 'token' },
    score: { value: sql`ra.code`, kind: 'literal' },
    lastCheckedAt: {
      value: isoInstant(sql`greatest(rd.checked_at, rh.checked_at, ra.checked_at)`),
      kind: 'token',
    },
  };
  return chosen.map((name) => ({ name, ...columns[name] }));
}
