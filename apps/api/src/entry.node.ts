import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDatabase } from '@domainflow/db/client.ts';
import { migrate } from '@domainflow/db/migrate.ts';
import { createEngines } from '@domainflow/net/engines.ts';
import { createProbes } from '@domainflow/net/probes/create-probes.ts';
import { createBcryptHasher } from '@domainflow/services/accounts/bcrypt-hasher.ts';
import { createAccounts } from '@domainflow/services/accounts/create-accounts.ts';
import { exportResults } from '@domainflow/services/campaigns/export/export-results.ts';
import { openEventFeed } from '@domainflow/services/events/event-feed.ts';
import { exportLeads } from '@domainflow/services/leads/export-leads.ts';
import { openPgBossQueue } from '@domainflow/services/queue/pg-boss-queue.ts';
import { ensureSecretKey, readSecretKeys } from '@domainflow/services/secrets/key-source.ts';
import { createSecretBox } from '@domainflow/services/secrets/secret-box.ts';
import { seedDefaults } from '@domainflow/services/seed/seed-defaults.ts';
import { getRequestListener } from '@hono/node-server';
import pino from 'pino';
import { createApp } from './app.ts';
import { type ApiSettings, readSettings } from './settings.ts';
import { type AssetFile, serveAssets } from './static-assets.ts';

/** Requests under way may take this long after a signal; then their connections are cut. */
const DRAIN_MS = 15_000;
const GIVE_UP_MS = 19_000;

/** Says why the process cannot go on, for a person, and ends it. */
function giveUp(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function loadAssets(folder: string): Map<string, AssetFile> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const bytes = new Uint8Array(readFileSync(file));
        const zipped = new Uint8Array(gzipSync(bytes));
        const gzip = zipped.byteLength < bytes.byteLength * 0.9 ? zipped : null;
        return [`/${path.relative(folder, file).split(path.sep).join('/')}`, { bytes, gzip }];
      }),
  );
}

function explainListenFailure(error: NodeJS.ErrnoException, { host, port }: ApiSettings): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use. Stop what uses it, or choose another with PORT.`;
    case 'EACCES':
      return `Port ${port} needs more rights than this process has. Choose one above 1023 with PORT.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Correct HOST.`;
    default:
      return `Cannot listen on ${host}:${port}: ${error.message}`;
  }
}

const listen = (server: Server, { host, port }: ApiSettings): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** What the proxy in front of us added: the last entry. Those before it are the caller's own words. */
const forwarded = (request: Request, header: string): string | undefined =>
  request.headers.get(header)?.split(',').at(-1)?.trim();

const settings = readSettings(process.env);
if (Array.isArray(settings)) giveUp(`The API cannot start.\n${settings.join('\n')}`);

/** The engines of the workers, for what people test here. */
function openEngines({ labJson, allowedTargets }: ApiSettings): ReturnType<typeof createEngines> {
  try {
    return createEngines({ labJson, allowedTargets });
  } catch (error) {
    return giveUp(`The API cannot start.\n${error instanceof Error ? error.message : String(error)}`);
  }
}

const engines = openEngines(settings);
const log = pino({ level: settings.logLevel, base: { service: 'api', pid: process.pid } });
const clients = openDatabase({
  url: settings.databaseUrl,
  applicationName: 'domainflow-api',
  maxConnections: 10,
});
/** Downloads hold a connection each, for as long as their readers take: others do not wait for them. */
const forDownloads = openDatabase({
  url: settings.databaseUrl,
  applicationName: 'domainflow-api-downloads',
  maxConnections: 8,
});
const downloads = { db: clients.db, sql: forDownloads.sql };
const hasher = createBcryptHasher();
const accounts = createAccounts({ db: clients.db, hasher });

try {
  await migrate(settings.databaseUrl);
} catch (error) {
  log.error({ err: error }, 'the database cannot be used');
  giveUp('The database of DATABASE_URL cannot be reached or migrated. The reason is in the line above.');
}

await ensureSecretKey(settings).catch((error: unknown) =>
  giveUp(
    `The key file cannot be written to ${settings.dataDir}: ${error instanceof Error ? error.message : String(error)}`,
  ),
);
const firstAdmin = await accounts.ensureFirstAdmin();
// Where the password goes is the business of whoever started the process: it is printed once and stored nowhere.
if (firstAdmin !== null) process.stdout.write(`${JSON.stringify({ event: 'first_admin', ...firstAdmin })}\n`);
await seedDefaults(clients.db, settings.labDns === undefined ? {} : { labDns: settings.labDns });
const queue = await openPgBossQueue({ url: settings.databaseUrl, log, supervise: false });
const events = openEventFeed({ url: settings.databaseUrl, sql: clients.sql, log });

const probes = createProbes({
  ...engines,
  ...(settings.proxyTestUrl === undefined ? {} : { exitUrl: settings.proxyTestUrl }),
  ...(settings.testNames.length === 0 ? {} : { knownNames: settings.testNames }),
});

const app = createApp({
  services: {
    ...{ db: clients.db, queue, log, accounts, probes },
    secrets: createSecretBox(() => readSecretKeys(settings)),
  },
  events,
  exportResults: (actor, input, ipAddress) => exportResults(downloads, actor, input, ipAddress),
  exportLeads: (actor, input, ipAddress) => exportLeads(downloads, actor, input, ipAddress),
  resolveActor: accounts.resolveActor,
  trustedOrigins: settings.trustedOrigins,
  clientAddress: (request, env) => {
    const proxied = settings.trustProxy ? forwarded(request, 'x-forwarded-for') : undefined;
    return proxied ?? (env as { incoming?: IncomingMessage }).incoming?.socket.remoteAddress ?? null;
  },
  isHttps: (request) =>
    request.url.startsWith('https:') ||
    (settings.trustProxy && forwarded(request, 'x-forwarded-proto') === 'https'),
  ...(settings.webDist === undefined ? {} : { assets: serveAssets(loadAssets(settings.webDist)) }),
});

const listener = getRequestListener(app.fetch);
const server = createServer((request, response) => void listener(request, response));
server.keepAliveTimeout = 65_000;
server.headersTimeout = 30_000;
// Uploads may take long; a body that stalls is cut by its own reader.
server.requestTimeout = 0;

let port: number;
try {
  port = await listen(server, settings);
} catch (error) {
  giveUp(explainListenFailure(error as NodeJS.ErrnoException, settings));
}

const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
log.info({ event: 'ready', url: `http://${host}:${port}` }, 'the API is ready');

let stopping = false;
async function stop(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ event: 'stopping', reason }, 'the API stops');
  setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
  const drained = new Promise((resolve) => server.close(resolve));
  // Streams never end by themselves: their clients are told when to come again.
  events.endFollowers();
  // Connections are kept alive for the next request: there is none.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await drained;
  clearInterval(sweep);
  clearTimeout(cut);
  await Promise.allSettled([events.close(), queue.stop(), engines.close()]);
  await clients.close();
  log.info({ event: 'stopped' }, 'the API has stopped');
  process.exit(0);
}

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
if (settings.exitWithParent) {
  process.stdin.resume();
  process.stdin.on('end', () => void stop('parent ended'));
  process.stdin.on('error', () => void stop('parent ended'));
}
