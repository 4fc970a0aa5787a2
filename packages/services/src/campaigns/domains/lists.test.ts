import { DNS_VERDICTS } from '@domainflow/domain/dns/verdicts.ts';
import { ANALYSIS_VERDICTS } from '@domainflow/domain/phases/analysis/verdicts.ts';
import { HTTP_VERDICTS } from '@domainflow/domain/phases/http/verdicts.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../rows/paging.ts';
import { campaignOperations } from '../operations.ts';
import { type CampaignFixture, expectRefusal, openCampaignFixture } from '../testing/campaign-fixture.ts';
import { type KnownDomain, plantDomains } from '../testing/plant-domains.ts';

interface Row {
  readonly ordinal: number;
  readonly domain: string;
  readonly dnsStatus: string | null;
  readonly dnsReason: string | null;
  readonly isAvailable: boolean | null;
  readonly httpStatus: string | null;
  readonly httpReason: string | null;
  readonly httpStatusCode: number | null;
  readonly leadStatus: string | null;
  readonly score: number | null;
  readonly lastCheckedAt: string | null;
}
interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly totalExact: boolean;
}
type Input = Record<string, unknown>;

const TYPES = ['pipeline', 'dns', 'http'] as const;
type Type = (typeof TYPES)[number];

let fixture: CampaignFixture;
const known = new Map<Type, { id: string; domains: KnownDomain[] }>();
beforeAll(async () => {
  fixture = await openCampaignFixture();
  for (const type of TYPES) known.set(type, await plantDomains(fixture, type, 240));
});
afterAll(() => fixture.close());

const of = (type: Type): { id: string; domains: KnownDomain[] } => {
  const found = known.get(type);
  if (found === undefined) throw new Error('not planted');
  return found;
};
const list = <T = Row>(input: Input, verb: 'domains' | 'leads' | 'list' = 'domains'): Promise<Page<T>> =>
  fixture.owner.call<Page<T>>(campaignOperations[verb], input);

const statusIn = (verdicts: Record<string, { status: string }>, verdict: string): string =>
  verdicts[verdict]?.status ?? 'unknown';

/** What a row must show, said once more in the plainest way. */
function shown(
  { ordinal, name, dns, isAvailable, http, code, lead, score }: KnownDomain,
  type: Type,
): Omit<Row, 'lastCheckedAt'> {
  const hasDns = type !== 'http';
  const hasHttp = type !== 'dns';
  const waitsForHttp = hasHttp && (!hasDns || dns === null || dns === 'OK');
  return {
    ordinal,
    domain: name,
    dnsStatus: !hasDns ? null : dns === null ? 'pending' : statusIn(DNS_VERDICTS, dns),
    dnsReason: dns === 'OK' ? null : dns,
    isAvailable,
    httpStatus: http !== null ? statusIn(HTTP_VERDICTS, http) : waitsForHttp ? 'pending' : null,
    httpReason: http === 'OK' ? null : http,
    httpStatusCode: code,
    leadStatus: lead,
    score,
  };
}

/** Follows the cursors to the end, which must come. */
async function walk<T>(input: Input, verb: 'domains' | 'leads' | 'list' = 'domains'): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null | undefined;
  for (let pages = 0; cursor !== null; pages += 1) {
    expect(pages).toBeLessThan(200);
    const page = await list<T>({ ...input, cursor }, verb);
    expect(page.items.length).toBeGreaterThan(0);
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

describe.each(TYPES)('domains of a %s campaign', (type) => {
  test('are shown with what is known of them', async () => {
    const { id, domains } = of(type);
    const { items, total, totalExact, nextCursor } = await list({ id, limit: 1_000 });
    expect({ total, totalExact, nextCursor }).toEqual({ total: 240, totalExact: true, nextCursor: null });
    for (const [index, domain] of domains.entries()) {
      const { lastCheckedAt, ...row } = items[index] as Row;
      expect(row).toEqual(shown(domain, type));
      expect(lastCheckedAt !== null).toBe(
        domain.dns !== null || domain.http !== null || domain.lead !== null,
      );
    }
  });

  const statuses = ['pending', 'ok', 'error', 'timeout'];
  const filters: {
    filter: Input;
    holds: (row: Omit<Row, 'lastCheckedAt'>, domain: KnownDomain) => boolean;
  }[] = [
    ...statuses.map((dnsStatus) => ({
      filter: { dnsStatus },
      holds: (row: Omit<Row, 'lastCheckedAt'>) => row.dnsStatus === dnsStatus,
    })),
    ...statuses.map((httpStatus) => ({
      filter: { httpStatus },
      holds: (row: Omit<Row, 'lastCheckedAt'>) => row.httpStatus === httpStatus,
    })),
    ...Object.keys(DNS_VERDICTS).map((dnsReason) => ({
      filter: { dnsReason },
      holds: (_: unknown, { dns }: KnownDomain) => dns === dnsReason,
    })),
    ...Object.keys(HTTP_VERDICTS).map((httpReason) => ({
      filter: { httpReason },
      holds: (_: unknown, { http }: KnownDomain) => http === httpReason,
    })),
    ...Object.keys(ANALYSIS_VERDICTS).map((leadStatus) => ({
      filter: { leadStatus },
      holds: (_: unknown, { lead }: KnownDomain) => lead === leadStatus,
    })),
    ...[true, false, null].map((isAvailable) => ({
      filter: { isAvailable: isAvailable === null ? 'unknown' : String(isAvailable) },
      holds: (row: Omit<Row, 'lastCheckedAt'>, { dns }: KnownDomain) =>
        dns !== null && row.isAvailable === isAvailable,
    })),
    ...[200, 404, 503].map((httpStatusCode) => ({
      filter: { httpStatusCode },
      holds: (_: unknown, { code }: KnownDomain) => code === httpStatusCode,
    })),
    ...[0, 50, 100].map((minScore) => ({
      filter: { minScore },
      holds: (_: unknown, { score }: KnownDomain) => score !== null && score >= minScore,
    })),
    ...['-1', ' A', '_', '%', ''].map((search) => ({
      filter: { search },
      holds: (_: unknown, { name }: KnownDomain) => name.includes(search.trim().toLowerCase()),
    })),
    {
      filter: { dnsStatus: 'ok', httpStatus: 'pending', search: '2' },
      holds: (row, { name }) => row.dnsStatus === 'ok' && row.httpStatus === 'pending' && name.includes('2'),
    },
    {
      filter: { httpReason: 'TIMEOUT', dnsStatus: 'error' },
      holds: (row) => row.dnsStatus === 'error' && row.httpReason === 'TIMEOUT',
    },
  ];

  test('are filtered as a plain loop over them would', async () => {
    const { id, domains } = of(type);
    for (const { filter, holds } of filters) {
      const wanted = domains
        .filter((domain) => holds(shown(domain, type), domain))
        .map(({ ordinal }) => ordinal);
      const { items, total, totalExact } = await list({ id, limit: 1_000, ...filter });
      expect({ filter, ordinals: items.map(({ ordinal }) => ordinal), total, totalExact }).toEqual({
        filter,
        ordinals: wanted,
        total: wanted.length,
        totalExact: true,
      });
    }
  });
});

describe('pages of domains', () => {
  test.each(['ordinal', 'domain'].flatMap((sort) => ['asc', 'desc'].map((order) => [sort, order] as const)))(
    'by %s %s visit each row once and end',
    async (sort, order) => {
      const { id, domains } = of('pipeline');
      const sorted = [...domains].sort((a, b) =>
        sort === 'ordinal' ? a.ordinal - b.ordinal : a.name < b.name ? -1 : 1,
      );
      if (order === 'desc') sorted.reverse();
      const names = sorted.map(({ name }) => name);
      for (const limit of [37, 240]) {
        const rows = await walk<Row>({ id, sort, order, limit });
        expect(rows.map(({ domain }) => domain)).toEqual(names);
      }
      const ok = sorted.filter(({ dns }) => dns === 'OK').map(({ name }) => name);
      const filtered = await walk<Row>({ id, sort, order, limit: 11, dnsStatus: 'ok' });
      expect(filtered.map(({ domain }) => domain)).toEqual(ok);
      const { items } = await list({ id, sort, order, limit: 10, offset: 95 });
      expect(items.map(({ domain }) => domain)).toEqual(names.slice(95, 105));
      expect(await list({ id, sort, order, offset: 240 })).toMatchObject({
        items: [],
        nextCursor: null,
        total: 240,
      });
    },
  );

  const cursor = (...parts: (string | number | null)[]) => encodeCursor(parts);
  test.each<[string, Input, string]>([
    ['malformed', { cursor: 'not a cursor' }, 'cursor'],
    ['not of ours', { cursor: btoa('{"a":1}') }, 'cursor'],
    ['empty', { cursor: '' }, 'cursor'],
    ['of another sort', { sort: 'domain', cursor: cursor('ordinal', 7) }, 'cursor'],
    ['of another sort, the other way', { sort: 'ordinal', cursor: cursor('domain', 'a.com') }, 'cursor'],
    ['with another type', { cursor: cursor('ordinal', 'a.com') }, 'cursor'],
    ['with NUL', { sort: 'domain', cursor: cursor('domain', 'a\0.com') }, 'cursor'],
    ['with half a character', { sort: 'domain', cursor: btoa('["domain","\\ud800"]') }, 'cursor'],
    ['too long', { cursor: 'a'.repeat(513) }, 'cursor'],
    ['limit of 0', { limit: 0 }, 'limit'],
    ['limit beyond 1,000', { limit: 1_001 }, 'limit'],
    ['negative offset', { offset: -1 }, 'offset'],
    ['unknown sort', { sort: 'score' }, 'sort'],
    ['unknown status', { dnsStatus: 'OK' }, 'dnsStatus'],
    ['unknown reason', { dnsReason: 'GONE' }, 'dnsReason'],
    ['reason of another phase', { httpReason: 'NXDOMAIN' }, 'httpReason'],
    ['score beyond 100', { minScore: 101 }, 'minScore'],
  ])('are refused: %s', async (_, input, field) => {
    const { id } = of('pipeline');
    await expectRefusal(fixture, () => list({ id, ...input }), { code: 'INVALID_INPUT', field });
  });
});

describe('leads', () => {
  test('are sorted, filtered and paged', async () => {
    const { id, domains } = of('pipeline');
    const leads = domains.filter(({ lead }) => lead === 'OK');
    expect(new Set(leads.map(({ score }) => score)).size).toBeLessThan(leads.length);
    const best = await list<{ domain: string }>({ id }, 'leads');
    expect(best.total).toBe(leads.length);
    for (const sort of ['score', 'domain'] as const) {
      for (const order of ['asc', 'desc'] as const) {
        const sorted = [...leads].sort(
          (a, b) =>
            (sort === 'score' ? (a.score ?? 0) - (b.score ?? 0) : a.name < b.name ? -1 : 1) ||
            a.ordinal - b.ordinal,
        );
        if (order === 'desc') sorted.reverse();
        const rows = await walk<{ domain: string; score: number }>({ id, sort, order, limit: 3 }, 'leads');
        expect(rows.map(({ domain, score }) => [domain, score])).toEqual(
          sorted.map(({ name, score }) => [name, score]),
        );
      }
    }
    const good = leads.filter(({ score }) => (score ?? 0) >= 60);
    expect(await list({ id, minScore: 60, limit: 1_000 }, 'leads')).toMatchObject({ total: good.length });
    const found = leads.filter(({ name }) => name.includes('1'));
    const search = await list<{ domain: string }>({ id, search: '1', limit: 1_000 }, 'leads');
    expect(search.items.map(({ domain }) => domain).sort()).toEqual(found.map(({ name }) => name).sort());
    expect((await list({ id, search: '%' }, 'leads')).total).toBe(0);
  });

  test.each<[Input]>([
    [{ cursor: 'x' }],
    [{ sort: 'domain', cursor: encodeCursor(['score', 5, 1]) }],
    [{ cursor: encodeCursor(['score', 'high', 1]) }],
    [{ cursor: encodeCursor(['score', Number.MAX_SAFE_INTEGER, 1]) }],
    [{ sort: 'domain', cursor: encodeCursor(['domain', '\0', 1]) }],
  ])('refuse the cursor of %j', async (input) => {
    const { id } = of('pipeline');
    await expectRefusal(fixture, () => list({ id, ...input }, 'leads'), {
      code: 'INVALID_INPUT',
      field: 'cursor',
    });
  });
});

describe('one domain', () => {
  test('is shown with the evidence of each verdict, its page and its lead', async () => {
    const { id, domains } = of('pipeline');
    const lead = domains.find((domain) => domain.lead === 'OK');
    if (lead === undefined) throw new Error('no lead planted');
    const found = await fixture.owner.call<Record<string, unknown>>(campaignOperations.domain, {
      id,
      domain: ` ${lead.name.toUpperCase()} `,
    });
    expect(found).toMatchObject({
      domain: lead.name,
      ordinal: lead.ordinal,
      results: [
        { phase: 'dns', verdict: 'OK', status: 'ok', label: 'Resolves', evidence: { of: lead.name } },
        { phase: 'http', verdict: 'OK', status: 'ok', code: 200 },
        { phase: 'analysis', verdict: 'OK', status: 'ok', label: 'Lead', code: lead.score },
      ],
      page: { title: lead.name },
      lead: { domain: lead.name, score: lead.score },
    });
    const fresh = domains.find((domain) => domain.dns === null);
    expect(await fixture.owner.call(campaignOperations.domain, { id, domain: fresh?.name })).toMatchObject({
      results: [],
      page: null,
      lead: null,
    });
  });

  test.each([
    ['nowhere.com', 'NOT_FOUND'],
    ['a\0.com', 'INVALID_INPUT'],
    ['', 'NOT_FOUND'],
    ['x'.repeat(254), 'INVALID_INPUT'],
  ])('%j is %s', async (domain, code) => {
    const { id } = of('pipeline');
    await expectRefusal(fixture, () => fixture.owner.call(campaignOperations.domain, { id, domain }), {
      code,
    });
  });
});

test('a name in other letters is found by parts of them and by its A-label', async () => {
  const { campaignId: id } = await fixture.create({
    campaignType: 'dns',
    input: { source: 'list', domains: ['bücher.de', 'bucher.de', 'www.bücher.com'] },
  });
  await fixture.owner.call(campaignOperations.start, { id });
  const found = async (search: string): Promise<string[]> =>
    (await list({ id, search })).items.map(({ domain }) => domain);
  expect(await found('Bücher')).toEqual(['xn--bcher-kva.de', 'www.xn--bcher-kva.com']);
  expect(await found('bücher.de')).toEqual(['xn--bcher-kva.de']);
  expect(await found('xn--bcher')).toEqual(['xn--bcher-kva.de', 'www.xn--bcher-kva.com']);
  expect(await found('bucher')).toEqual(['bucher.de']);
  expect(await found('BÜCH')).toEqual(['xn--bcher-kva.de', 'www.xn--bcher-kva.com']);
  expect(await found('bu\u0308ch')).toEqual(['xn--bcher-kva.de', 'www.xn--bcher-kva.com']);
  expect(await found('ü')).toEqual(['xn--bcher-kva.de', 'www.xn--bcher-kva.com']);
  expect(await found('cher.d')).toEqual(['xn--bcher-kva.de', 'bucher.de']);
  expect(await found('ücher。c')).toEqual(['www.xn--bcher-kva.com']);
  expect(await found('%ü')).toEqual([]);
  expect(await found('(fc)')).toEqual([]);
});
