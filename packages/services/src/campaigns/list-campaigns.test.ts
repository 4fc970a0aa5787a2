import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../rows/paging.ts';
import { campaignOperations } from './operations.ts';
import {
  type CampaignFixture,
  expectRefusal,
  MISSING_ID,
  openCampaignFixture,
  shopPattern,
} from './testing/campaign-fixture.ts';

interface Summary {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly campaignType: string;
  readonly status: string;
  readonly tags: string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}
interface Page {
  readonly items: Summary[];
  readonly nextCursor: string | null;
  readonly total: number;
}

const STATUSES = ['pending', 'active', 'paused', 'completed', 'failed', 'cancelled', 'error', 'retrying'];

let fixture: CampaignFixture;
let all: Summary[];
beforeAll(async () => {
  fixture = await openCampaignFixture();
  for (let i = 0; i < 24; i += 1) {
    const isPattern = i % 3 === 0;
    await fixture.create({
      campaignName: ['Shops', '100% off', 'a_b', 'ÄÖ'][i % 4],
      tags: i % 2 === 0 ? ['even', `t${i}`] : [],
      ...(isPattern
        ? { campaignType: 'generation', input: { source: 'pattern', pattern: shopPattern() } }
        : {}),
    });
  }
  // Every status, and instants that several share.
  await fixture.sql`
    WITH numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM campaigns)
    UPDATE campaigns c SET status = (${STATUSES}::text[])[n % 8 + 1]::campaign_status,
      created_at = '2026-01-01T00:00:00.123Z'::timestamptz + (n / 5) * interval '1 hour',
      updated_at = '2026-02-01T00:00:00Z'::timestamptz + (n * 7 % 11) * interval '1 millisecond'
    FROM numbered WHERE numbered.id = c.id`;
  all = (await list({ limit: 1_000 })).items;
});
afterAll(() => fixture.close());

const list = (input: Record<string, unknown>): Promise<Page> =>
  fixture.owner.call<Page>(campaignOperations.list, input);

const KEYS: Readonly<Record<string, (summary: Summary) => string | number>> = {
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  campaignName: ({ campaignName }) => campaignName,
  status: ({ status }) => STATUSES.indexOf(status),
};
// In the order of the type, as PostgreSQL sorts enums.
test('the statuses of this test are those of the type, in its order', async () => {
  const rows = await fixture.sql<
    { s: string }[]
  >`SELECT unnest(enum_range(NULL::campaign_status))::text AS s`;
  expect(rows.map(({ s }) => s)).toEqual(expect.arrayContaining(STATUSES));
  STATUSES.sort((a, b) => rows.findIndex(({ s }) => s === a) - rows.findIndex(({ s }) => s === b));
});

test.each(Object.keys(KEYS).flatMap((sort) => ['asc', 'desc'].map((order) => [sort, order] as const)))(
  'by %s %s pages visit each campaign once and end',
  async (sort, order) => {
    const key = KEYS[sort];
    if (key === undefined) throw new Error('no such sort');
    const sorted = [...all].sort((a, b) =>
      key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.campaignId < b.campaignId ? -1 : 1,
    );
    if (order === 'desc') sorted.reverse();
    const ids = sorted.map(({ campaignId }) => campaignId);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Page = await list({ sort, order, limit: 5, cursor });
      expect(page.total).toBe(24);
      seen.push(...page.items.map(({ campaignId }) => campaignId));
      cursor = page.nextCursor;
      expect(seen.length).toBeLessThanOrEqual(24);
    }
    expect(seen).toEqual(ids);
    const { items } = await list({ sort, order, limit: 4, offset: 10 });
    expect(items.map(({ campaignId }) => campaignId)).toEqual(ids.slice(10, 14));
  },
);

test.each<[Record<string, unknown>, (summary: Summary) => boolean]>([
  ...STATUSES.map((status): [Record<string, unknown>, (summary: Summary) => boolean] => [
    { status },
    (summary) => summary.status === status,
  ]),
  [{ type: 'generation' }, ({ campaignType }) => campaignType === 'generation'],
  [{ type: 'lead' }, () => false],
  [{ tag: 'even' }, ({ tags }) => tags.includes('even')],
  [{ tag: 't4' }, ({ tags }) => tags.includes('t4')],
  [{ tag: 'eve' }, () => false],
  [{ search: 'SHOP' }, ({ campaignName }) => campaignName === 'Shops'],
  [{ search: '%' }, ({ campaignName }) => campaignName.includes('%')],
  [{ search: '_' }, ({ campaignName }) => campaignName.includes('_')],
  [{ search: 'äö' }, ({ campaignName }) => campaignName === 'ÄÖ'],
  [
    { search: 'shops', tag: 'even', type: 'dns' },
    ({ campaignName, tags, campaignType }) =>
      campaignName === 'Shops' && tags.includes('even') && campaignType === 'dns',
  ],
])('%j is what a plain loop finds', async (filter, holds) => {
  const wanted = all.filter(holds).map(({ campaignId }) => campaignId);
  const { items, total } = await list({ ...filter, limit: 1_000 });
  expect(items.map(({ campaignId }) => campaignId)).toEqual(wanted);
  expect(total).toBe(wanted.length);
});

describe('is refused', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ cursor: 'nonsense' }, 'cursor'],
    [{ cursor: encodeCursor(['campaignName', 'Shops', MISSING_ID]) }, 'cursor'],
    [
      { sort: 'campaignName', cursor: encodeCursor(['createdAt', '2026-01-01T00:00:00Z', MISSING_ID]) },
      'cursor',
    ],
    [{ cursor: encodeCursor(['createdAt', 'yesterday', MISSING_ID]) }, 'cursor'],
    [{ cursor: encodeCursor(['createdAt', '0000-01-01T00:00:00Z', MISSING_ID]) }, 'cursor'],
    [{ cursor: encodeCursor(['createdAt', '2026-02-30T00:00:00Z', MISSING_ID]) }, 'cursor'],
    [{ cursor: encodeCursor(['createdAt', '2026-01-01T00:00:00Z', 'x']) }, 'cursor'],
    [{ sort: 'status', cursor: encodeCursor(['status', 'asleep', MISSING_ID]) }, 'cursor'],
    [{ sort: 'campaignName', cursor: encodeCursor(['campaignName', 'a\0b', MISSING_ID]) }, 'cursor'],
    [{ sort: 'owner' }, 'sort'],
    [{ order: 'up' }, 'order'],
    [{ status: 'asleep' }, 'status'],
    [{ type: 'mail' }, 'type'],
    [{ limit: 1_001 }, 'limit'],
  ])('%j', async (input, field) => {
    await expectRefusal(fixture, () => list(input), { code: 'INVALID_INPUT', field });
  });
});
