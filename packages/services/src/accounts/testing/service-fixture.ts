import { type Database, openDatabase } from '@domainflow/db/client.ts';
import { credentials, users } from '@domainflow/db/schema/account.ts';
import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import { createEngines } from '@domainflow/net/engines.ts';
import { createProbes } from '@domainflow/net/probes/create-probes.ts';
import type { Sql } from 'postgres';
import { execute } from '../../operation/execute.ts';
import type { Actor, AnyOperation, Log, ServiceDeps } from '../../operation/operation.ts';
import type { JobQueue } from '../../queue/job-queue.ts';
import { createSecretBox } from '../../secrets/secret-box.ts';
import { createBcryptHasher } from '../bcrypt-hasher.ts';
import { type Accounts, createAccounts } from '../create-accounts.ts';
import { login } from '../login.ts';
import { SESSION_COOKIE } from '../session-cookie.ts';

export const PASSWORD = 'correct horse battery';

/** One client with its cookies, at one address. */
export interface TestClient {
  cookie: string | null;
  readonly ipAddress: string;
  /** Who the client is signed in as. */
  actor(): Promise<Actor | null>;
  /** Carries out an operation as the API does. The answer's type is the caller's claim. */
  call<T = Record<string, unknown>>(operation: unknown, input?: unknown, options?: CallOptions): Promise<T>;
  readonly lastSetCookie: string | null;
}

interface CallOptions {
  readonly idempotencyKey?: string;
  readonly isHttps?: boolean;
  readonly signal?: AbortSignal;
}

export interface ServiceFixture {
  readonly db: Database;
  /** For COPY, cursors and plain statements. */
  readonly sql: Sql;
  readonly deps: ServiceDeps;
  readonly accounts: Accounts;
  readonly url: string;
  client(ipAddress?: string): TestClient;
  /** A user with `PASSWORD`, signed in unless told otherwise. */
  signedIn(username: string, role: 'admin' | 'member'): Promise<TestClient & { readonly userId: string }>;
  createUser(username: string, role: 'admin' | 'member'): Promise<string>;
  close(): Promise<void>;
}

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface ServiceFixtureOptions {
  /** Opens the queue that operations put jobs into, on the fixture's database; without it there is none. */
  readonly openQueue?: (url: string) => Promise<JobQueue & { stop(): Promise<void> }>;
  readonly maxConnections?: number;
  /** `DOMAINFLOW_ALLOW_TARGETS`; loopback and the addresses of documentation unless told otherwise. */
  readonly allowedTargets?: readonly string[];
  /** `DOMAINFLOW_LAB`. */
  readonly labJson?: string;
}

const TEST_TARGETS: readonly string[] = [
  '127.0.0.0/8',
  '::1',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '2001:db8::/32',
];

const noQueue: JobQueue = { enqueue: () => Promise.reject(new Error('Nothing here queues jobs.')) };

/** A migrated database of its own, and everything that operations need around it. Passwords cost little here. */
export async function openServiceFixture(options: ServiceFixtureOptions = {}): Promise<ServiceFixture> {
  const { openQueue, maxConnections = 4, allowedTargets = TEST_TARGETS, labJson } = options;
  const database = await createTestDatabase();
  const clients = openDatabase({ url: database.url, applicationName: 'services-test', maxConnections });
  const queue = await openQueue?.(database.url);
  const { db } = clients;
  const hasher = createBcryptHasher({ cost: 4 });
  const accounts = createAccounts({ db, hasher });
  const engines = createEngines({ labJson, allowedTargets });
  const deps: ServiceDeps = {
    db,
    log: silent,
    accounts,
    // Tests ask nobody outside.
    probes: createProbes({ ...engines, system: [] }),
    secrets: createSecretBox(() => [crypto.getRandomValues(new Uint8Array(32))]),
    queue: queue ?? noQueue,
  };
  const passwordHash = await hasher.hash(PASSWORD);
  let requests = 0;

  const client = (ipAddress = '198.51.100.1'): TestClient => {
    const self: TestClient & { lastSetCookie: string | null } = {
      cookie: null,
      lastSetCookie: null,
      ipAddress,
      actor: () => accounts.resolveActor(headersOf(self)),
      async call<T>(operation: unknown, input: unknown = {}, options: CallOptions = {}) {
        const headers = headersOf(self);
        const responseHeaders = new Headers();
        requests++;
        const output = await execute(
          operation as AnyOperation,
          deps,
          await accounts.resolveActor(headers),
          {
            ipAddress,
            requestId: `r${requests}`,
            isHttps: options.isHttps ?? false,
            headers,
            responseHeaders,
            idempotencyKey: options.idempotencyKey ?? null,
            signal: options.signal ?? new AbortController().signal,
          },
          input,
        );
        const [setCookie] = responseHeaders.getSetCookie();
        if (setCookie !== undefined) {
          self.lastSetCookie = setCookie;
          const value = setCookie.split(';')[0]?.split('=')[1] ?? '';
          self.cookie = value === '' ? null : value;
        }
        return output as T;
      },
    };
    return self;
  };

  const createUser = async (username: string, role: 'admin' | 'member'): Promise<string> => {
    const [user] = await db.insert(users).values({ username, role }).returning({ id: users.id });
    if (user === undefined) throw new Error('no user');
    await db.insert(credentials).values({ userId: user.id, passwordHash });
    return user.id;
  };

  return {
    db,
    sql: clients.sql,
    deps,
    accounts,
    url: database.url,
    client,
    createUser,
    async signedIn(username, role) {
      const userId = await createUser(username, role);
      const self = client();
      await self.call(login, { username, password: PASSWORD });
      return Object.assign(self, { userId });
    },
    close: async () => {
      await Promise.all([queue?.stop(), engines.close()]);
      await clients.close();
      await database.drop();
    },
  };
}

const headersOf = (client: { cookie: string | null }): Headers =>
  new Headers({
    'user-agent': 'test',
    ...(client.cookie === null ? {} : { cookie: `other=1; ${SESSION_COOKIE}=${client.cookie}` }),
  });
