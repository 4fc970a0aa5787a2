import { type DatabaseClients, openDatabase } from '@domainflow/db/client.ts';
import { users } from '@domainflow/db/schema/account.ts';
import { createEngines } from '@domainflow/net/engines.ts';
import { createProbes } from '@domainflow/net/probes/create-probes.ts';
import { createBcryptHasher } from '@domainflow/services/accounts/bcrypt-hasher.ts';
import { createAccounts } from '@domainflow/services/accounts/create-accounts.ts';
import { getCampaign } from '@domainflow/services/campaigns/get-campaign.ts';
import type { CampaignView } from '@domainflow/services/campaigns/reading/read-campaign.ts';
import { keywordSetOperations } from '@domainflow/services/keyword-sets/operations.ts';
import { execute } from '@domainflow/services/operation/execute.ts';
import type { Actor, AnyOperation, ServiceDeps } from '@domainflow/services/operation/operation.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { openPgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import { parseSecretKeys } from '@domainflow/services/secrets/key-source.ts';
import { createSecretBox } from '@domainflow/services/secrets/secret-box.ts';
import { seedDefaults } from '@domainflow/services/seed/seed-defaults.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const POLL_INTERVAL_MS = 50;

/** `DOMAINFLOW_SECRET_KEY` of the platform and of its workers. */
export const TEST_SECRET_KEY = 'ab'.repeat(32);

/** The services over a database, called as the API calls them; workers are processes beside it. */
export interface Platform {
  readonly url: string;
  readonly clients: DatabaseClients;
  readonly actor: Actor;
  /** Carries out an operation. The answer's type is the caller's claim. */
  call<T = CampaignView>(operation: unknown, input: unknown, actor?: Actor): Promise<T>;
  /** Another account. */
  createActor(username: string, role: Actor['role']): Promise<Actor>;
  /** The id of a seeded persona. */
  personaNamed(kind: 'dns' | 'http', name: string): Promise<string>;
  firstKeywordSet(): Promise<string>;
  /** Waits until the campaign's status is one of these; gives the campaign. */
  until(campaignId: string, statuses: readonly string[], timeoutMs?: number): Promise<CampaignView>;
  close(): Promise<void>;
}

/** Opens the services over a migrated database. `labDns` makes the personas for the lab. */
export async function openPlatform(
  url: string,
  labDns?: { readonly host: string; readonly port: number },
): Promise<Platform> {
  const clients = openDatabase({ url, applicationName: 'platform', maxConnections: 6 });
  const { db } = clients;
  const queue = await openPgBossQueue({ url, log: silent, supervise: false });
  await seedDefaults(db, labDns === undefined ? {} : { labDns });
  // Benchmarks and tests name resolvers of their own on loopback.
  const engines = createEngines({ labJson: undefined, allowedTargets: ['127.0.0.0/8', '::1'] });
  const deps: ServiceDeps = {
    db,
    queue,
    log: { ...silent, error: (fields, message) => console.error(message, fields) },
    accounts: createAccounts({ db, hasher: createBcryptHasher({ cost: 4 }) }),
    probes: createProbes(engines),
    secrets: createSecretBox(() => parseSecretKeys(TEST_SECRET_KEY, 'the test')),
  };
  const createActor = async (username: string, role: Actor['role']): Promise<Actor> => {
    const [user] = await db.insert(users).values({ username, role }).returning({ id: users.id });
    if (user === undefined) throw new Error('no user');
    return { userId: user.id, username, role, mustChangePassword: false } as Actor;
  };
  const actor = await createActor(`tester-${crypto.randomUUID().slice(0, 8)}`, 'member');
  const call = async <T>(operation: unknown, input: unknown, as: Actor = actor): Promise<T> => {
    const request = {
      ipAddress: '192.0.2.1',
      requestId: crypto.randomUUID(),
      isHttps: false,
      headers: new Headers(),
      responseHeaders: new Headers(),
      idempotencyKey: null,
      signal: new AbortController().signal,
    };
    return (await execute(operation as AnyOperation, deps, as, request, input)) as T;
  };
  return {
    url,
    clients,
    actor,
    call,
    createActor,
    async personaNamed(kind, name) {
      const { items } = await call<{ items: { personaId: string; kind: string; name: string }[] }>(
        personaOperations.list,
        { limit: 100 },
      );
      const persona = items.find((item) => item.kind === kind && item.name === name);
      if (persona === undefined) throw new Error(`no ${kind} persona ${name}`);
      return persona.personaId;
    },
    async firstKeywordSet() {
      const { items } = await call<{ items: { keywordSetId: string }[] }>(keywordSetOperations.list, {});
      const [set] = items;
      if (set === undefined) throw new Error('no keyword set');
      return set.keywordSetId;
    },
    async until(campaignId, statuses, timeoutMs = 60_000) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const view = await call<CampaignView>(getCampaign, { id: campaignId });
        if (statuses.includes(view.status)) return view;
        if (performance.now() > deadline) {
          throw new Error(
            `Campaign still ${view.status} after ${timeoutMs} ms: ${JSON.stringify(view.phases)}`,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
      }
    },
    async close() {
      await Promise.all([queue.stop(), engines.close()]);
      await clients.close();
    },
  };
}
