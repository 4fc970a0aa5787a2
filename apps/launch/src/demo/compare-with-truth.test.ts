import { labTruth } from '@domainflow/lab/truth.ts';
import { expect, test } from 'vitest';
import type { ResultRow } from './api-client.ts';
import { compareWithTruth } from './compare-with-truth.ts';
import { namePattern } from './name-pattern.ts';

const SEED = 'compare';
const COUNT = 2_000;
const { nameAt } = namePattern(COUNT);
const truth = { count: COUNT, nameAt, of: (name: string) => labTruth(SEED, name) };

/** What a platform without a fault would export. */
function rightRow(domain: string): ResultRow {
  const { dns, site } = labTruth(SEED, domain);
  const http = site?.http ?? null;
  const statusOf = (verdict: string) =>
    verdict === 'OK' ? 'ok' : verdict === 'TIMEOUT' ? 'timeout' : 'error';
  return {
    domain,
    dnsStatus: statusOf(dns.verdict),
    dnsReason: dns.verdict === 'OK' ? null : dns.verdict,
    httpStatus: http === null ? null : statusOf(http.verdict),
    httpReason: http === null || http.verdict === 'OK' ? null : http.verdict,
    httpStatusCode: http?.statusCode ?? null,
    leadStatus: http?.verdict !== 'OK' ? null : site?.parked ? 'PARKED' : 'OK',
  };
}

const right = Array.from({ length: COUNT }, (_, ordinal) => rightRow(nameAt(ordinal)));
const find = (matches: (row: ResultRow) => boolean): ResultRow => {
  const row = right.find(matches);
  if (row === undefined) throw new Error('no such name among them');
  return row;
};
const changed = (row: ResultRow, change: Partial<ResultRow>): ResultRow[] =>
  right.map((each) => (each === row ? { ...each, ...change } : each));

test('a right campaign has no difference, and is counted', async () => {
  const count = (matches: (row: ResultRow) => boolean) => right.filter(matches).length;
  expect(await compareWithTruth(right, truth)).toEqual({
    names: COUNT,
    dnsOk: count((row) => row.dnsStatus === 'ok'),
    httpOk: count((row) => row.httpStatus === 'ok'),
    leads: count((row) => row.leadStatus === 'OK'),
    wrong: 0,
    first: [],
  });
});

const resolving = find((row) => row.dnsStatus === 'ok' && row.httpStatus === 'ok');
const absent = find((row) => row.dnsReason === 'NXDOMAIN');
const parked = find((row) => row.leadStatus === 'PARKED');
const lead = find((row) => row.leadStatus === 'OK');
test.each<[string, ResultRow[], string, number]>([
  ['a live name called absent', changed(resolving, { dnsStatus: 'error', dnsReason: 'NXDOMAIN' }), 'DNS', 1],
  ['an absent name called live', changed(absent, { dnsStatus: 'ok', dnsReason: null }), 'DNS', 1],
  ['a name that was not asked for', changed(absent, { dnsStatus: 'pending', dnsReason: null }), 'DNS', 1],
  ['a wrong reason of HTTP', changed(resolving, { httpStatus: 'timeout', httpReason: 'TIMEOUT' }), 'HTTP', 1],
  ['HTTP for a name that does not resolve', changed(absent, { httpStatus: 'ok' }), 'HTTP', 1],
  ['no HTTP for a name that resolves', changed(resolving, { httpStatus: 'pending' }), 'HTTP', 1],
  ['a wrong status code', changed(resolving, { httpStatusCode: 204 }), 'HTTP status', 1],
  ['a parked page as a lead', changed(parked, { leadStatus: 'OK' }), 'analysis', 1],
  ['a page in use called parked', changed(lead, { leadStatus: 'PARKED' }), 'analysis', 1],
  ['a page that was not read', changed(lead, { leadStatus: null }), 'analysis', 1],
  ['names that are missing', right.slice(0, -3), 'name', 3],
  ['a name too many', [...right, rightRow(nameAt(0))], 'name', 1],
  ['a name that comes twice', right.map((row, at) => (at === 7 ? rightRow(nameAt(6)) : row)), 'name', 1],
])('%s is seen', async (_, rows, what, wrong) => {
  const comparison = await compareWithTruth(rows, truth);
  expect(comparison.wrong).toBe(wrong);
  expect(comparison.first[0]).toMatchObject({ what });
});
