import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

const ROWS = 12_000;
/** Some ten milliseconds where nothing else runs; a second for a workbook, which takes time to make. */
const GONE = { timeout: 5_000, interval: 10 };
const FORMATS = ['csv', 'ndjson', 'json', 'xlsx'] as const;

let api: ApiFixture;
let user: ApiUser;
let server: Server;
beforeAll(async () => {
  api = await openApiFixture();
  user = await api.signIn('downloads', 'member');
  const created = await user.fetch(`/api/v2${campaignOperations.create.rest.path}`, {
    json: { campaignName: 'Large', campaignType: 'http', input: { source: 'list', domains: ['d.com'] } },
  });
  const { campaignId } = (await created.json()) as { campaignId: string };
  // More than sockets hold, of which each may grow to 36 MB (`tcp_rmem`, `tcp_wmem`) where reading comes in bursts: one
  // from the database and one to the client, whose file a zip makes half as large. 145 MB.
  await api.sql`
    INSERT INTO leads (campaign_id, ordinal, domain, url, title, score, score_parts, keyword_matches, contacts, technologies)
    SELECT ${campaignId}, n, 'd' || n || '.com', 'https://d.com/',
      (SELECT string_agg(encode(sha512(convert_to(n || '-' || part, 'UTF8')), 'hex'), '')
        FROM generate_series(1, 94) AS part), n % 100, '[]', '[]', '[]', '[]'
    FROM generate_series(1, ${ROWS}) AS n`;
  server = createServer(getRequestListener(api.app.fetch));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});

/** Statements that write a file at this moment. */
async function copies(): Promise<number> {
  const [row] = await api.services.sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
      AND ltrim(query, E' \\n') LIKE 'COPY (SELECT%'`;
  return row?.n ?? -1;
}

/** A download whose answer has begun to come, and then is neither read on nor ended. */
async function begin(format: string): Promise<{ leave(): void }> {
  const { port } = server.address() as AddressInfo;
  const sent = request({
    ...{ host: '127.0.0.1', port, path: `/api/v2/leads/export?format=${format}` },
    headers: { cookie: user.cookie },
    agent: false,
  });
  sent.on('error', () => undefined);
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  response.on('error', () => undefined);
  await new Promise((resolve) => response.once('readable', resolve));
  return { leave: () => sent.destroy() };
}

test.each(FORMATS)('a client that leaves in the middle of %s frees the connection', async (format) => {
  const download = await begin(format);
  await expect.poll(copies, { timeout: 10_000, interval: 10 }).toBe(1);
  download.leave();
  await expect.poll(copies, GONE).toBe(0);
});

test('twenty abandoned downloads, some of them at once, leave all connections usable', async () => {
  for (let round = 0; round < 10; round++) {
    const downloads = await Promise.all([begin(FORMATS[round % 4] ?? 'csv'), begin('ndjson')]);
    for (const download of downloads) download.leave();
  }
  await expect.poll(copies, GONE).toBe(0);
  const whole = await Promise.all(
    FORMATS.map(async () => {
      const response = await user.fetch('/api/v2/leads/export?format=csv&columns=domain');
      return (await response.text()).split('\n').length;
    }),
  );
  expect(whole).toEqual(FORMATS.map(() => ROWS + 2));
});
