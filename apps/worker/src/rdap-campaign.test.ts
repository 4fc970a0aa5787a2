import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabTruth } from '@domainflow/lab/truth.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

let folder: string;
let platform: PlatformFixture;
let worker: WorkerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rdap-'));
  platform = await openPlatformFixture();
  const bootstrap = join(folder, 'rdap.json');
  await writeFile(bootstrap, platform.lab.rdapBootstrap);
  worker = await spawnWorker(platform, { env: { DOMAINFLOW_RDAP_BOOTSTRAP: bootstrap } });
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
  await rm(folder, { recursive: true });
});

/** Every kind of registry with every kind of name, and names as they come. */
const kinds = ['plain', 'slow', 'moved', 'limited', 'down', 'broken', 'mistaken', 'circling'];
const names = [
  ...['live', 'absent', 'held', 'lame', 'nodata', 'servfail'].flatMap((dns) => [
    ...kinds.map((kind) => `${dns}-${kind}-7.com`),
    `${dns}-7.io`,
    `${dns}-7.ch`,
  ]),
  'absent-silent-7.org',
  ...Array.from({ length: 120 }, (_, index) => `shop${index.toString(36)}x.net`),
];

/** What must be concluded when the registry is asked for what has no address, and DNS where it has no server. */
function expected({ dns, registration }: LabTruth): boolean | null {
  if (dns.verdict === 'OK') return false;
  if (registration === null) return null;
  const { rdap, isAvailableByRdap } = registration;
  if (isAvailableByRdap !== null) return isAvailableByRdap;
  if (dns.isDelegated) return false;
  // Without a server there is nobody to know better than DNS; one that does not answer might.
  return rdap === 'unserved' ? true : null;
}

interface Row {
  readonly name: string;
  readonly isAvailable: boolean | null;
  readonly registration: Record<string, unknown> | null;
}

async function run(more: object): Promise<Row[]> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: `RDAP ${JSON.stringify(more)}`,
    campaignType: 'dns',
    input: { source: 'list', domains: names },
    phases: { dns: { ...platform.labPhases.dns, registrationCheck: 'rdap', ...more } },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  expect((await platform.until(campaignId, ['completed', 'failed', 'error'])).status).toBe('completed');
  return await platform.clients.sql<Row[]>`
    SELECT d.name, r.is_available AS "isAvailable", r.evidence -> 'registration' AS registration
    FROM domains d JOIN results r ON r.campaign_id = d.campaign_id AND r.ordinal = d.ordinal AND r.phase = 'dns'
    WHERE d.campaign_id = ${campaignId}`;
}

test('what can be registered is what the registries of the lab say, and nothing is guessed', async () => {
  const rows = await run({});
  expect(rows).toHaveLength(names.length);
  const wrong = rows
    .map((row) => ({ ...row, truth: expected(platform.lab.truth(row.name)) }))
    .filter(({ isAvailable, truth }) => isAvailable !== truth);
  expect(wrong).toEqual([]);
  // Each of the three is there, also for names that DNS has nothing of.
  const absent = rows.filter(({ name }) => platform.lab.truth(name).dns.verdict === 'NXDOMAIN');
  expect(new Set(absent.map(({ isAvailable }) => isAvailable))).toEqual(new Set([true, false, null]));
  const held = rows.find(({ name }) => name === 'held-plain-7.com');
  expect(held?.registration).toMatchObject({ by: 'rdap', httpStatus: 200, states: ['server hold'] });
  const down = rows.find(({ name }) => name === 'absent-down-7.com');
  expect(down?.registration).toMatchObject({ by: 'rdap', status: 'unknown', httpStatus: 503 });
  // Whoever was told to wait has waited.
  expect(platform.lab.queries().https.byKind).toMatchObject({ rdap: expect.any(Number) });
  expect(platform.lab.queries().https.byKind['rdap-hasty']).toBeUndefined();
}, 120_000);

test('a server that the configuration names is asked before those of the list', async () => {
  const busy = { tld: '*', url: 'https://rdap-busy-7.org/' };
  const rows = await run({ rdapServers: [busy] });
  const claimed = rows.filter(({ name, isAvailable }) => {
    const { dns } = platform.lab.truth(name);
    return isAvailable !== (dns.verdict === 'OK' || dns.isDelegated ? false : null);
  });
  expect(claimed).toEqual([]);
}, 120_000);
