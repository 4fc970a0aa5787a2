import { type DatabaseClients, openDatabase } from '@domainflow/db/client.ts';
import { users } from '@domainflow/db/schema/account.ts';
import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import { type Lab, type StartLabOptions, startLab } from '@domainflow/lab/start-lab.ts';
import { createBcryptHasher } from '@domainflow/services/accounts/bcrypt-hasher.ts';
import { createAccounts } from '@domainflow/services/accounts/create-accounts.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import type { campaignViewSchema } from '@domainflow/services/campaigns/views.ts';
import { execute } from '@domainflow/services/execute.ts';
import { keywordSetOperations } from '@domainflow/services/keyword-sets/operations.ts';
import type { Actor, AnyOperation, ServiceDeps } from '@domainflow/services/operation.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { openPgBossQueue, type PgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import { seedDefaults } from '@domainflow/services/seed/seed-defaults.ts';
import type { z } from 'zod';

type CampaignView = z.output<typeof campaignViewSchema>;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** A database, a lab and the services; workers are started beside it as processes or within the test. */
export interface PlatformFixture {
  readonly url: string;
  readonly clients: DatabaseClients;
  readonly queue: PgBossQueue;
  readonly lab: Lab;
  /** What `DOMAINFLOW_LAB` must be for workers of this fixture. */
  readonly labJson: string;
  readonly actor: Actor;
  readonly labPersonas: { readonly dns: string; readonly http: string };
  readonly keywordSetId: string;
  call<T = CampaignView>(operation: unknown, input: unknown, actor?: Actor): Promise<T>;
  /** Waits until the campaign's status is one of these; gives the campaign. */
  until(campaignId: string, statuses: readonly string[], timeoutMs?: number): Promise<CampaignView>;
  close(): Promise<void>;
}

export async function openPlatformFixture(lab: Partial<StartLabOptions> = {}): Promise<PlatformFixture> {
  const database = await createTestDatabase();
  const clients = openDatabase({ url: database.url, applicationName: 'platform-test', maxConnections: 6 });
  const runningLab = await startLab({ seed: 'test', ...lab });
  const queue = await openPgBossQueue({ url: database.url, log: silent, supervise: false });
  const { db } = clients;
  await seedDefaults(db, { labDns: runningLab.dns });
  const [user] = await db.insert(users).values({ username: 'tester', role: 'member' }).returning();
  if (user === undefined) throw new Error('no user');
  const actor = { userId: user.id, username: 'tester', role: 'member', mustChangePassword: false } as Actor;
  const deps: ServiceDeps = {
    db,
    queue,
    log: { ...silent, error: (fields, message) => console.error(message, fields) },
    accounts: createAccounts({ db, hasher: createBcryptHasher({ cost: 4 }) }),
  };
  const request = () => ({
    ipAddress: '192.0.2.1',
    requestId: crypto.randomUUID(),
    isHttps: false,
    headers: new Headers(),
    responseHeaders: new Headers(),
    idempotencyKey: null,
  });
  const call = async <T>(operation: unknown, input: unknown, as: Actor = actor): Promise<T> =>
    (await execute(operation as AnyOperation, deps, as, request(), input)) as T;
  const personas = await call<{ items: { personaId: string; kind: string; name: string }[] }>(
    personaOperations.list,
    { limit: 100 },
  );
  const labPersona = (kind: string): string => {
    const persona = personas.items.find((item) => item.kind === kind && item.name === 'Lab');
    if (persona === undefined) throw new Error(`no lab persona for ${kind}`);
    return persona.personaId;
  };
  const sets = await call<{ items: { keywordSetId: string }[] }>(keywordSetOperations.list, { limit: 10 });
  const { dns, http, https, caPem } = runningLab;
  return {
    url: database.url,
    clients,
    queue,
    lab: runningLab,
    labJson: JSON.stringify({ dns, http, https, caPem }),
    actor,
    labPersonas: { dns: labPersona('dns'), http: labPersona('http') },
    keywordSetId: sets.items[0]?.keywordSetId ?? '',
    call,
    async until(campaignId, statuses, timeoutMs = 60_000) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const view = (await call(campaignOperations.get, { id: campaignId })) as CampaignView;
        if (statuses.includes(view.status)) return view;
        if (performance.now() > deadline)
          throw new Error(
            `Campaign still ${view.status} after ${timeoutMs} ms: ${JSON.stringify(view.phases)}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async close() {
      await queue.stop();
      await clients.close();
      await runningLab.close();
      await database.drop();
    },
  };
}
