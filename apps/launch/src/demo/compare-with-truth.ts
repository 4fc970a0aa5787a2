import type { LabTruth } from '@domainflow/lab/truth.ts';
import type { ResultRow } from './api-client.ts';

/** One fact on which the platform and the truth differ. */
export interface Difference {
  readonly domain: string;
  readonly what: 'name' | 'DNS' | 'HTTP' | 'HTTP status' | 'analysis';
  readonly found: string;
  readonly expected: string;
  /** What the truth knows besides: the kind of the name and of its site. */
  readonly because: string;
}

export interface Comparison {
  readonly names: number;
  readonly dnsOk: number;
  readonly httpOk: number;
  readonly leads: number;
  /** All differences; `first` holds some of them. */
  readonly wrong: number;
  readonly first: readonly Difference[];
}

export interface Truth {
  /** The names that the campaign must have: their number, and each by its position. */
  readonly count: number;
  nameAt(ordinal: number): string;
  /** What is true of a name. */
  of(name: string): LabTruth;
}

const FIRST = 10;
const NONE = 'none';

/** Compares every row of a campaign's results with the truth; memory does not grow with the campaign. */
export async function compareWithTruth(
  rows: AsyncIterable<ResultRow> | Iterable<ResultRow>,
  truth: Truth,
): Promise<Comparison> {
  const first: Difference[] = [];
  const counts = { names: 0, dnsOk: 0, httpOk: 0, leads: 0, wrong: 0 };
  const report = (difference: Difference): void => {
    counts.wrong++;
    if (first.length < FIRST) first.push(difference);
  };
  for await (const row of rows) {
    const ordinal = counts.names++;
    if (row.dnsStatus === 'ok') counts.dnsOk++;
    if (row.httpStatus === 'ok') counts.httpOk++;
    if (row.leadStatus === 'OK') counts.leads++;
    const expected = ordinal < truth.count ? truth.nameAt(ordinal) : NONE;
    if (row.domain !== expected) {
      const because = `it is number ${ordinal + 1} of ${truth.count}`;
      report({ domain: row.domain, what: 'name', found: row.domain, expected, because });
    }
    for (const difference of differencesOf(row, truth.of(row.domain))) report(difference);
  }
  for (let ordinal = counts.names; ordinal < truth.count; ordinal++) {
    const expected = truth.nameAt(ordinal);
    report({ domain: expected, what: 'name', found: NONE, expected, because: 'it was not generated' });
  }
  return { ...counts, first };
}

/** What one row says that is not so. */
export function differencesOf(row: ResultRow, { name, dns, site: behind }: LabTruth): Difference[] {
  // What only a wildcard answers for is not visited.
  const site = dns.verdict === 'OK' ? behind : null;
  const because = [dns.kind, site?.kind].filter((kind) => kind !== undefined).join(', ');
  const differences: Difference[] = [];
  const expect = (what: Difference['what'], found: string, expected: string): void => {
    if (found !== expected) differences.push({ domain: name, what, found, expected, because });
  };
  expect('DNS', verdictOf(row.dnsStatus, row.dnsReason), dns.verdict);
  expect('HTTP', verdictOf(row.httpStatus, row.httpReason), site?.http.verdict ?? NONE);
  expect('HTTP status', String(row.httpStatusCode ?? NONE), String(site?.http.statusCode ?? NONE));
  expect('analysis', analysisOf(row.leadStatus), expectedAnalysis(site));
  return differences;
}

/** The status and the reason as one word; a name that the phase has still to look at is `pending`. */
function verdictOf(status: ResultRow['dnsStatus'], reason: string | null): string {
  if (status === null) return NONE;
  return status === 'ok' ? 'OK' : (reason ?? status);
}

/**
 * Whether a page was found to be parked. Which of the other pages is a lead depends on keywords and weights, which the
 * simulated internet knows nothing of.
 */
function analysisOf(leadStatus: string | null): string {
  switch (leadStatus) {
    case null:
      return NONE;
    case 'OK':
    case 'NO_LEAD':
    case 'NO_KEYWORDS':
      return 'a page in use';
    default:
      return leadStatus;
  }
}

function expectedAnalysis(site: LabTruth['site']): string {
  if (site?.http.verdict !== 'OK') return NONE;
  return site.parked ? 'PARKED' : 'a page in use';
}
