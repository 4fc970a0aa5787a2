import {
  openServiceFixture,
  PASSWORD,
  type ServiceFixture,
} from '@domainflow/services/accounts/testing/service-fixture.ts';
import { exportResults } from '@domainflow/services/campaigns/export/export-results.ts';
import { type EventFeed, openEventFeed } from '@domainflow/services/events/event-feed.ts';
import { exportLeads } from '@domainflow/services/leads/export-leads.ts';
import { openPgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import { seedDefaults } from '@domainflow/services/seed/seed-defaults.ts';
import type { Hono } from 'hono';
import postgres, { type Sql } from 'postgres';
import { createApp } from '../app.ts';
import type { AppEnv } from '../context.ts';

const ORIGIN = 'http://domainflow.test';

export interface ApiUser {
  readonly userId: string;
  readonly cookie: string;
  fetch(path: string, init?: ApiInit): Promise<Response>;
}

export interface ApiInit extends RequestInit {
  /** Sent as a JSON body. */
  readonly json?: unknown;
}

export interface ApiFixture {
  readonly services: ServiceFixture;
  readonly app: Hono<AppEnv>;
  readonly sql: Sql;
  readonly events: EventFeed;
  /** A request without a session. */
  fetch(path: string, init?: ApiInit): Promise<Response>;
  /** A new user, signed in through the API. */
  signIn(username: string, role: 'admin' | 'member'): Promise<ApiUser>;
  close(): Promise<void>;
}

const toRequest = (path: string, init: ApiInit, cookie: string | null): Request => {
  const { json, ...rest } = init;
  const headers = new Headers(init.headers);
  if (cookie !== null) headers.set('cookie', cookie);
  if (json === undefined) return new Request(ORIGIN + path, { ...rest, headers });
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return new Request(ORIGIN + path, { method: 'POST', ...rest, headers, body: JSON.stringify(json) });
};

/** The app over a database of its own, as a web-standard handler: no port is opened. */
export async function openApiFixture(): Promise<ApiFixture> {
  const services = await openServiceFixture();
  const raw = postgres(services.url, { max: 4, onnotice: () => {} });
  const events = openEventFeed({ url: services.url, sql: raw, log: services.deps.log });
  await seedDefaults(services.db);
  const queue = await openPgBossQueue({ url: services.url, log: services.deps.log, supervise: false });
  const app = createApp({
    services: { ...services.deps, queue },
    events,
    exportResults: (actor, input, ip) => exportResults({ db: services.deps.db, sql: raw }, actor, input, ip),
    exportLeads: (actor, input, ip) => exportLeads({ db: services.deps.db, sql: raw }, actor, input, ip),
    sessionCheckMs: 100,
    resolveActor: services.accounts.resolveActor,
    clientAddress: () => '198.51.100.7',
  });
  const send = async (path: string, init: ApiInit, cookie: string | null): Promise<Response> =>
    app.fetch(toRequest(path, init, cookie));

  return {
    services,
    app,
    sql: raw,
    events,
    fetch: (path, init = {}) => send(path, init, null),
    async signIn(username, role) {
      const userId = await services.createUser(username, role);
      const response = await send('/api/v2/auth/login', { json: { username, password: PASSWORD } }, null);
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
      if (cookie === undefined) throw new Error(`sign-in failed: ${await response.text()}`);
      return { userId, cookie, fetch: (path, init = {}) => send(path, init, cookie) };
    },
    async close() {
      await Promise.all([events.close(), queue.stop()]);
      await raw.end({ timeout: 1 });
      await services.close();
    },
  };
}
