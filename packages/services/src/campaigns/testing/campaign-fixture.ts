import type { Sql } from 'postgres';
import { expect } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../../accounts/testing/service-fixture.ts';
import { openPgBossQueue, type PgBossQueue } from '../../queue/pg-boss-queue.ts';
import { seedDefaults } from '../../seed/seed-defaults.ts';
import { campaignOperations } from '../operations.ts';
import type { CampaignView } from '../reading/read-campaign.ts';

export type TestUser = TestClient & { readonly userId: string };

/** Services on a database of their own with the real queue, and nobody who works on it but the test. */
export interface CampaignFixture extends ServiceFixture {
  readonly queue: PgBossQueue;
  readonly owner: TestUser;
  readonly other: TestUser;
  readonly admin: TestUser;
  /** A campaign of the owner; a dns campaign over `names` unless told otherwise. */
  create(more?: Record<string, unknown>): Promise<CampaignView>;
  view(id: string): Promise<CampaignView>;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** `site-0.com` to `site-<n-1>.com`. */
export const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `site-${i}.com`);

/** A pattern of `letters` to the power of `length` names before `shop`. */
export const shopPattern = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  pattern: 'prefix',
  constantPart: 'shop',
  prefixVariableLength: 2,
  charSet: 'abc',
  tlds: ['com', 'de'],
  // Tests start many campaigns of it.
  startOffset: '0',
  ...more,
});

export const MISSING_ID = '01890000-0000-7000-8000-000000000000';

export async function openCampaignFixture(): Promise<CampaignFixture> {
  const opened: PgBossQueue[] = [];
  const services = await openServiceFixture({
    maxConnections: 12,
    async openQueue(url) {
      const queue = await openPgBossQueue({ url, log: silent, supervise: false });
      opened.push(queue);
      return queue;
    },
  });
  const [queue] = opened;
  if (queue === undefined) throw new Error('no queue');
  await seedDefaults(services.db);
  const owner = await services.signedIn('owner', 'member');
  return {
    ...services,
    queue,
    owner,
    other: await services.signedIn('other', 'member'),
    admin: await services.signedIn('admin', 'admin'),
    create: (more = {}) =>
      owner.call<CampaignView>(campaignOperations.create, {
        campaignName: 'Test',
        campaignType: 'dns',
        input: { source: 'list', domains: names(5) },
        ...more,
      }),
    view: (id) => owner.call<CampaignView>(campaignOperations.get, { id }),
  };
}

const WRITTEN_TABLES = [
  'campaigns',
  'phase_runs',
  'batches',
  'events',
  'event_streams',
  'audit_logs',
  'domains',
  'results',
  'pages',
  'leads',
  'idempotency_keys',
  'pgboss.job',
];

/** Number of rows of every table that campaigns write, and the sum of the transactions that wrote them. */
export async function contents(sql: Sql): Promise<Record<string, unknown>> {
  const tables = WRITTEN_TABLES.map(
    (table) =>
      `SELECT '${table}' AS name, count(*)::int AS rows, sum(xmin::text::bigint)::text AS writers FROM ${table}`,
  );
  const rows = await sql.unsafe<{ name: string; rows: number; writers: string | null }[]>(
    tables.join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, ...content }) => [name, content]));
}

/** Expects the call to be refused like this, and nothing at all to be written. */
export async function expectRefusal(
  { sql }: Pick<ServiceFixture, 'sql'>,
  call: () => Promise<unknown>,
  refusal: Record<string, unknown>,
): Promise<void> {
  const before = await contents(sql);
  await expect(call()).rejects.toMatchObject(refusal);
  expect(await contents(sql)).toEqual(before);
}
