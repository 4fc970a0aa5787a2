import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DatabaseClients, openDatabase } from '@domainflow/db/client.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@domainflow/db/embedded/start-embedded-postgres.ts';
import { migrate } from '@domainflow/db/migrate.ts';
import { credentials, users } from '@domainflow/db/schema/account.ts';
import { createEngines } from '@domainflow/net/engines.ts';
import { createProbes } from '@domainflow/net/probes/create-probes.ts';
import { createBcryptHasher } from '@domainflow/services/accounts/bcrypt-hasher.ts';
import { createAccounts } from '@domainflow/services/accounts/create-accounts.ts';
import { ringDoorbell } from '@domainflow/services/events/doorbell.ts';
import { type EventFeed, openEventFeed } from '@domainflow/services/events/event-feed.ts';
import type { Log } from '@domainflow/services/operation/operation.ts';
import { createSecretBox } from '@domainflow/services/secrets/secret-box.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './app.ts';

const STREAM = '00000000-0000-4000-8000-000000000001';
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const folder = mkdtempSync(path.join(tmpdir(), 'domainflow-outage-'));
chmodSync(folder, 0o755);

let server: EmbeddedPostgres;
let clients: DatabaseClients;
let events: EventFeed;
let cookie: string;
let app: ReturnType<typeof createApp>;

const start = (port?: number): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({
    dataDir: path.join(folder, 'postgres'),
    port,
  });

/** As `pg_ctl restart -m immediate` does: no goodbye to anybody, recovery at the start. */
async function restart(): Promise<void> {
  process.kill(server.pid, 'SIGQUIT');
  await server.exited;
  await server.stop();
  server = await start(server.port);
}

beforeAll(async () => {
  server = await start();
  await migrate(server.url);
  clients = openDatabase({ url: server.url, applicationName: 'outage-test', maxConnections: 4 });
  const hasher = createBcryptHasher({ cost: 4 });
  const accounts = createAccounts({ db: clients.db, hasher });
  const [user] = await clients.db.insert(users).values({ username: 'outage', role: 'admin' }).returning();
  await clients.db
    .insert(credentials)
    .values({ userId: user?.id ?? '', passwordHash: await hasher.hash('correct horse battery') });
  events = openEventFeed({ url: server.url, sql: clients.sql, log: silent });
  app = createApp({
    services: {
      ...{ db: clients.db, log: silent, accounts },
      queue: { enqueue: () => Promise.reject(new Error('Nothing here queues jobs.')) },
      probes: createProbes(createEngines({ labJson: undefined, allowedTargets: [] })),
      secrets: createSecretBox(() => []),
    },
    events,
    exportResults: () => Promise.reject(new Error('Nothing is exported here.')),
    exportLeads: () => Promise.reject(new Error('Nothing is exported here.')),
    resolveActor: accounts.resolveActor,
  });
  const login = await request('/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'outage', password: 'correct horse battery' }),
  });
  cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
});
afterAll(async () => {
  await events.close();
  await clients.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const request = async (target: string, init: RequestInit = {}): Promise<Response> =>
  app.fetch(
    new Request(`http://domainflow.test/api/v2${target}`, { ...init, headers: { cookie, ...init.headers } }),
  );

const statusOf = async (target: string): Promise<number> => (await request(target)).status;

async function append(): Promise<void> {
  await clients.sql`SELECT append_event(${STREAM}, null, 'system_alert', '{"severity":"info","message":"x"}')`;
  ringDoorbell(clients.sql);
}

test('restarts of the database: streams go on, requests work again, and meanwhile the answer is 503', async () => {
  const response = await request('/sse/events');
  const seqs: number[] = [];
  const reading = (async () => {
    let text = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      seqs.splice(0, seqs.length, ...Array.from(text.matchAll(/"seq":(\d+)/g), ([, seq]) => Number(seq)));
    }
  })();
  await append();
  await expect.poll(() => seqs, { timeout: 5_000 }).toEqual([1]);

  for (let round = 0; round < 3; round += 1) {
    // Requests are under way at the moment of the crash, and go on after it.
    let crashed = false;
    const statuses = new Set<number>();
    const traffic = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!crashed) statuses.add(await statusOf('/me'));
      }),
    );
    await restart();
    crashed = true;
    await traffic;
    for (const status of statuses) expect([200, 503]).toContain(status);
    await expect.poll(() => statusOf('/me'), { timeout: 15_000 }).toBe(200);
    await expect
      .poll(
        () =>
          append().then(
            () => true,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true);
    await expect.poll(() => seqs.at(-1), { timeout: 15_000 }).toBe(round + 2);
  }
  expect(seqs).toEqual([1, 2, 3, 4]);

  const { port } = server;
  await server.stop();
  for (const target of ['/me', '/campaigns', '/health/ready', '/sse/events/stats']) {
    const refused = await request(target);
    expect(refused.status, target).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(await refused.json()).toMatchObject({ code: 'UNAVAILABLE', field: null });
  }
  expect(await (await request('/health')).json()).toMatchObject({
    status: 'degraded',
    database: { reachable: false },
  });
  expect(await statusOf('/health/live')).toBe(200);
  server = await start(port);
  await expect.poll(() => statusOf('/me'), { timeout: 15_000 }).toBe(200);

  events.endFollowers();
  await reading;
}, 60_000);
