import { labIdentity } from '@domainflow/lab/dns-plan.ts';
import { type DnsServer, startDnsServer } from '@domainflow/lab/dns-server.ts';
import { QueryLog } from '@domainflow/lab/query-log.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import type { CampaignView } from '@domainflow/services/campaigns/reading/read-campaign.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInvariants } from './testing/invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

const SEED = 'dns truth';

let platform: PlatformFixture;
let worker: WorkerProcess;
let liar: DnsServer;
let other: DnsServer;
beforeAll(async () => {
  platform = await openPlatformFixture({ seed: SEED });
  const options = { host: '127.0.0.1', port: 0 };
  liar = await startDnsServer(labIdentity(SEED), new QueryLog({}), { ...options, isLying: true });
  other = await startDnsServer(labIdentity(SEED), new QueryLog({}), options);
  worker = await spawnWorker(platform, { env: { DOMAINFLOW_ALLOW_TARGETS: '127.0.0.0/8' } });
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await Promise.all([platform.close(), liar.close(), other.close()]);
});

const addressOf = ({ host, port }: { host: string; port: number }): string => `${host}:${port}`;

async function persona(name: string, config: Record<string, unknown>): Promise<string> {
  const created = await platform.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name,
    config: { timeoutMs: 500, attempts: 3, ...config },
  });
  return created.personaId;
}

interface Row {
  readonly domain: string;
  readonly dnsStatus: string;
  readonly dnsReason: string | null;
  readonly isAvailable: boolean | null;
}

interface Done {
  readonly rows: ReadonlyMap<string, Row>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly id: string;
}

/** Validates the names and holds every result against the lab's own truth. */
async function validate(domains: readonly string[], config: Record<string, unknown>): Promise<Done> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Truth',
    campaignType: 'dns',
    input: { source: 'list', domains },
    phases: { dns: config },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
  const violations = await checkInvariants(platform.clients.sql, {
    campaignId,
    truth: platform.lab.truth,
    liveWorkers: new Set(),
  });
  expect(violations).toEqual([]);
  const { items } = await platform.call<{ items: Row[] }>(campaignOperations.domains, {
    id: campaignId,
    limit: 1_000,
  });
  const [phase] = (await platform.call<CampaignView>(campaignOperations.get, { id: campaignId })).phases;
  return {
    rows: new Map(items.map((row) => [row.domain, row])),
    metrics: phase?.metrics ?? {},
    id: campaignId,
  };
}

const many = (count: number, name: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => name(index));

describe('DNS validation against the truth', () => {
  test('wildcards of every kind, real names below them, lame delegations and failing zones', async () => {
    const names = [
      ...many(20, (index) => `shop${index}.ws`),
      ...many(20, (index) => `host${index}.wildcard-1.com`),
      ...many(20, (index) => `host${index}.wildcname-2.com`),
      ...many(20, (index) => `host${index}.wildlb-3.com`),
      'live-1.wildcard-1.com',
      'live-2.wildcname-2.com',
      'live-3.wildlb-3.com',
      'wildcard-1.com',
      ...many(5, (index) => `lame-${index}.com`),
      ...many(8, (index) => `servfail-${index}.net`),
      ...many(5, (index) => `refused-${index}.org`),
      ...many(3, (index) => `timeout-${index}.com`),
      ...many(5, (index) => `nodata-${index}.co.uk`),
      ...many(100, (index) => `arbitrary${index}.de`),
      ...many(20, (index) => `www.below${index}.com`),
    ];
    const { rows, metrics, id } = await validate(names, {
      personaId: await persona('Alone', { resolvers: [addressOf(platform.lab.dns)] }),
    });
    const of = (name: string) => rows.get(name);
    expect(of('shop1.ws')).toMatchObject({ dnsStatus: 'error', dnsReason: 'WILDCARD', isAvailable: true });
    expect(of('host1.wildlb-3.com')).toMatchObject({ dnsReason: 'WILDCARD', isAvailable: false });
    expect(of('live-3.wildlb-3.com')).toMatchObject({ dnsStatus: 'ok', isAvailable: false });
    expect(of('lame-1.com')).toMatchObject({ dnsReason: 'SERVFAIL', isAvailable: false });
    // The registry's own servers tell what no resolver does.
    for (const name of names.filter((each) => /^(?:servfail|refused|timeout)-/.test(each))) {
      expect([name, of(name)?.isAvailable]).toEqual([name, !platform.lab.truth(name).dns.isDelegated]);
    }
    expect(metrics['wildcard.names']).toBe(80);
    expect(metrics['wildcard.probes']).toBeGreaterThan(0);
    const record = await platform.call<{ results: { evidence: Record<string, unknown> }[] }>(
      campaignOperations.domain,
      {
        id,
        domain: 'lame-1.com',
      },
    );
    expect(record.results[0]?.evidence['registration']).toMatchObject({ by: 'registry', state: 'delegated' });
  });

  test('a lying resolver among others changes no verdict, and is named', async () => {
    const resolvers = [platform.lab.dns, liar, other].map(addressOf);
    const canaries = { perThousand: 50 };
    const { metrics } = await validate(
      many(900, (index) => `maybe${index}.com`),
      { personaId: await persona('One lies', { resolvers }), canaries },
    );
    expect(metrics[`lying.${addressOf(liar)}`]).toBe(1);
    expect(metrics[`lying.${addressOf(other)}`]).toBeUndefined();
    expect(metrics['recheck.changed']).toBeGreaterThan(0);
  });

  test('trusted resolvers decide where the only resolver lies', async () => {
    const personaId = await persona('Trusted', {
      resolvers: [addressOf(liar)],
      trustedResolvers: [addressOf(other)],
    });
    const { metrics } = await validate(
      many(300, (index) => `perhaps${index}.com`),
      { personaId },
    );
    expect(metrics['recheck.changed']).toBeGreaterThan(150);
    expect(metrics['recheck.agreed']).toBeGreaterThan(50);
  });

  test('canaries measure each resolver', async () => {
    const resolvers = [platform.lab.dns, other].map(addressOf);
    const canaries = { perThousand: 100, positives: many(10, (index) => `live-${index}.com`) };
    const { metrics } = await validate(
      many(1_000, (index) => `plain${index}.com`),
      { personaId: await persona('Measured', { resolvers }), canaries },
    );
    for (const resolver of resolvers) {
      expect(metrics[`canary.${resolver}.positiveAsked`]).toBeGreaterThan(0);
      expect(metrics[`canary.${resolver}.absentAsked`]).toBeGreaterThan(0);
      expect(metrics[`canary.${resolver}.falseNegative`]).toBeUndefined();
      expect(metrics[`canary.${resolver}.falsePositive`]).toBeUndefined();
    }
  });
});
