import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { DOMAIN_PHASE_STATUSES, domainRowSchema } from '../views.ts';

export type DomainRow = z.output<typeof domainRowSchema>;
type DomainPhaseStatus = (typeof DOMAIN_PHASE_STATUSES)[number];

/** Columns of a query over `withResults`, as `domainRow` reads them. */
export const DOMAIN_COLUMNS: SQL = sql`
  d.ordinal, d.name, rd.verdict AS dns, rd.is_available, rh.verdict AS http, rh.code AS http_code, ra.verdict AS lead,
  ra.code AS score, greatest(rd.checked_at, rh.checked_at, ra.checked_at) AS checked_at`;

export interface DomainRecord extends Record<string, unknown> {
  readonly ordinal: string | number;
  readonly name: string;
  readonly dns: string | null;
  readonly is_available: boolean | null;
  readonly http: string | null;
  readonly http_code: number | null;
  readonly lead: string | null;
  readonly score: number | null;
  readonly checked_at: string | Date | null;
}

/** The status of a phase that the campaign has; null where the domain never comes to it. */
function statusOf(phase: PhaseName, verdict: string | null, admitted: boolean): DomainPhaseStatus | null {
  if (verdict !== null) return phaseNamed(phase).verdicts[verdict]?.status ?? 'error';
  return admitted ? 'pending' : null;
}

/** A domain as lists and exports show it, in a campaign of these phases. */
export function domainRow(record: DomainRecord, phases: ReadonlySet<PhaseName>): DomainRow {
  const { dns, http } = record;
  const comesToHttp = !phases.has('dns') || dns === null || dns === 'OK';
  return {
    ordinal: Number(record.ordinal),
    domain: record.name,
    dnsStatus: phases.has('dns') ? statusOf('dns', dns, true) : null,
    dnsReason: dns === 'OK' ? null : dns,
    isAvailable: record.is_available,
    httpStatus: phases.has('http') ? statusOf('http', http, comesToHttp) : null,
    httpReason: http === 'OK' ? null : http,
    httpStatusCode: record.http_code,
    leadStatus: record.lead,
    score: record.score,
    lastCheckedAt: record.checked_at === null ? null : new Date(record.checked_at).toISOString(),
  };
}
