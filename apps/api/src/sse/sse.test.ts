import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ringDoorbell } from '@domainflow/services/events/doorbell.ts';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

interface SseEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

let api: ApiFixture;
let owner: ApiUser;
let other: ApiUser;
let admin: ApiUser;
let server: Server;
let origin: string;
const sockets = new Set<Socket>();
beforeAll(async () => {
  api = await openApiFixture();
  owner = await api.signIn('sse-owner', 'member');
  other = await api.signIn('sse-other', 'member');
  admin = await api.signIn('sse-admin', 'admin');
  server = createServer(getRequestListener(api.app.fetch));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await api.close();
});

async function createCampaign(user: ApiUser, campaignName: string): Promise<string> {
  const response = await user.fetch('/api/v2/campaigns', {
    json: {
      campaignName,
      campaignType: 'dns',
      mode: 'step_by_step',
      input: { source: 'list', domains: ['example.com'] },
    },
  });
  return ((await response.json()) as { campaignId: string }).campaignId;
}

/** Adds `count` events to a campaign's stream, as the data plane does. */
const emit = async (campaignId: string, ownerId: string | null, count: number, mark = ''): Promise<void> => {
  await api.sql`SELECT append_event(${campaignId}, ${ownerId}, 'system_alert',
    jsonb_build_object('severity', 'info', 'message', ${mark}::text || n)) FROM generate_series(1, ${count}) AS n`;
  ringDoorbell(api.sql);
};

/** A client over a real socket, which keeps what it was told. */
async function connect(user: ApiUser | null, path: string, lastEventId?: string) {
  const controller = new AbortController();
  const response = await fetch(`${origin}/api/v2${path}`, {
    signal: controller.signal,
    headers: {
      ...(user === null ? {} : { cookie: user.cookie }),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  const events: SseEvent[] = [];
  let text = '';
  const ended = (async () => {
    if (response.body === null) return;
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
        if (fields.data !== undefined)
          events.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
      }
    }
  })().catch(() => undefined);
  return {
    response,
    events,
    ended,
    close: () => controller.abort(),
    has: (count: number) =>
      expect.poll(() => events.length, { timeout: 5_000, interval: 5 }).toBeGreaterThanOrEqual(count),
    is: (name: string) =>
      expect
        .poll(() => events.some(({ event }) => event === name), { timeout: 5_000, interval: 5 })
        .toBe(true),
  };
}

const seqs = (events: readonly SseEvent[]): number[] =>
  events.filter(({ event }) => event !== 'ready' && event !== 'reset').map(({ data }) => Number(data.seq));

describe('one campaign', () => {
  test('is ready first, then tells each event once with its number', async () => {
    const id = await createCampaign(owner, 'live');
    const client = await connect(owner, `/sse/campaigns/${id}/events`);
    expect(client.response.headers.get('content-type')).toContain('text/event-stream');
    expect(client.response.headers.get('x-accel-buffering')).toBe('no');
    await client.is('ready');
    await emit(id, owner.userId, 3);
    await client.has(4);
    expect(client.events.map(({ event }) => event)).toEqual(['ready', ...Array(3).fill('system_alert')]);
    expect(client.events.map((event) => event.id)).toEqual(['1', '2', '3', '4']);
    client.close();
  });

  test('killed connections: whoever resumes misses nothing and hears nothing twice', async () => {
    const id = await createCampaign(owner, 'killed');
    const path = `/sse/campaigns/${id}/events`;
    const heard: SseEvent[] = [];
    let writing = true;
    const writer = (async () => {
      for (let n = 0; n < 40; n += 1) {
        await emit(id, owner.userId, 5);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      writing = false;
    })();
    let lastEventId = '0';
    for (let kill = 0; writing || kill < 2; kill += 1) {
      const client = await connect(owner, path, lastEventId);
      const enough = Math.min(20, 1 + kill * 4);
      await expect.poll(() => !writing || client.events.length >= enough, { interval: 5 }).toBe(true);
      for (const socket of sockets) socket.destroy();
      await client.ended;
      heard.push(...client.events);
      lastEventId = client.events.at(-1)?.id ?? lastEventId;
    }
    await writer;
    const last = await connect(owner, path, lastEventId);
    await expect.poll(() => seqs([...heard, ...last.events]).length, { timeout: 5_000 }).toBe(201);
    expect(seqs([...heard, ...last.events])).toEqual(
      Array.from({ length: 201 }, (_each, index) => index + 1),
    );
    last.close();
  });

  test('a position whose events have expired: reset, then what follows', async () => {
    const id = await createCampaign(owner, 'expired');
    await emit(id, owner.userId, 5);
    await api.sql`DELETE FROM events WHERE stream = ${id} AND seq <= 3`;
    const client = await connect(owner, `/sse/campaigns/${id}/events`, '1');
    await client.is('ready');
    expect(client.events[0]).toMatchObject({ id: '6', event: 'reset', data: { reason: 'expired' } });
    await emit(id, owner.userId, 1);
    await client.has(3);
    expect(seqs(client.events)).toEqual([7]);
    client.close();
    // What is still kept is replayed.
    const close = await connect(owner, `/sse/campaigns/${id}/events`, '3');
    await close.is('ready');
    expect(seqs(close.events)).toEqual([4, 5, 6, 7]);
    close.close();
  });

  test.each(['nonsense', '999999'])('the position %s, which nobody gave out: reset', async (position) => {
    const id = await createCampaign(owner, 'position');
    const client = await connect(owner, `/sse/campaigns/${id}/events`, position);
    await client.is('ready');
    expect(client.events[0]).toMatchObject({ event: 'reset', data: { reason: 'unknown_position' } });
    client.close();
  });

  test('foreign, missing and misspelt campaigns look the same, before a stream starts', async () => {
    const id = await createCampaign(owner, 'foreign');
    for (const campaign of [id, '01900000-0000-7000-8000-000000000000', 'nonsense']) {
      const client = await connect(other, `/sse/campaigns/${campaign}/events`);
      expect(client.response.status).toBe(404);
      expect(client.response.headers.get('content-type')).toContain('application/json');
    }
    const allowed = await connect(admin, `/sse/campaigns/${id}/events`);
    expect(allowed.response.status).toBe(200);
    allowed.close();
    expect((await connect(null, `/sse/campaigns/${id}/events`)).response.status).toBe(401);
  });
});

describe('all events', () => {
  test("members hear of their own campaigns, administrators of all, and everybody of the platform's", async () => {
    const mine = await createCampaign(owner, 'mine');
    const theirs = await createCampaign(other, 'theirs');
    const clients = await Promise.all([connect(owner, '/sse/events'), connect(admin, '/sse/events')]);
    for (const client of clients) await client.is('ready');
    await emit(theirs, other.userId, 1, 'theirs');
    await emit(mine, owner.userId, 1, 'mine');
    await emit('00000000-0000-4000-8000-000000000001', null, 1, 'everybody');
    const messages = (events: readonly SseEvent[]) =>
      events
        .filter(({ event }) => event === 'system_alert')
        .map(({ data }) => (data.payload as { message: string }).message);
    await clients[0].has(3);
    await clients[1].has(4);
    expect(messages(clients[0].events)).toEqual(['mine1', 'everybody1']);
    expect(messages(clients[1].events)).toEqual(['theirs1', 'mine1', 'everybody1']);
    for (const client of clients) client.close();
  });

  test('resuming after an event that overtook a slower transaction tells that one too', async () => {
    const slow = await createCampaign(owner, 'slow');
    const quick = await createCampaign(owner, 'quick');
    const first = await connect(owner, '/sse/events');
    await first.is('ready');
    const commit = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const open = api.sql.begin(async (tx) => {
      await tx`SELECT append_event(${slow}, ${owner.userId}, 'system_alert', '{"message":"late"}')`;
      written.resolve();
      await commit.promise;
    });
    await written.promise;
    await emit(quick, owner.userId, 1);
    await first.has(2);
    const position = first.events.at(-1)?.id;
    first.close();
    await first.ended;
    commit.resolve();
    await open;
    const again = await connect(owner, '/sse/events', position);
    await again.is('ready');
    const streams = again.events.filter(({ event }) => event !== 'ready').map(({ data }) => data.stream);
    expect(streams).toContain(slow);
    again.close();
  });

  test('a position before the oldest event that is kept: reset', async () => {
    const id = await createCampaign(owner, 'old');
    await emit(id, owner.userId, 3);
    const [row] = await api.sql<{ max: string }[]>`SELECT max(id)::text AS max FROM events`;
    const client = await connect(owner, '/sse/events', '1.1');
    await client.is('ready');
    expect(client.events[0]?.event).not.toBe('reset');
    client.close();
    await api.sql`DELETE FROM events WHERE id < ${row?.max ?? 0}`;
    const late = await connect(owner, '/sse/events', '1.1');
    await late.is('ready');
    expect(late.events[0]).toMatchObject({ event: 'reset', data: { reason: 'expired' } });
    late.close();
  });
});

describe('a stream ends', () => {
  test('with its session', async () => {
    const leaver = await api.signIn('sse-leaver', 'member');
    const client = await connect(leaver, '/sse/events');
    await client.is('ready');
    await leaver.fetch('/api/v2/auth/logout', { json: {} });
    await client.ended;
    expect((await connect(leaver, '/sse/events')).response.status).toBe(401);
  });

  test('and is forgotten when its client goes away', async () => {
    const client = await connect(owner, '/sse/events');
    await client.is('ready');
    const { all } = api.events.stats().connections;
    expect(all).toBeGreaterThan(0);
    client.close();
    await expect.poll(() => api.events.stats().connections.all, { timeout: 5_000 }).toBe(all - 1);
  });
});

test('statistics are for administrators', async () => {
  expect((await owner.fetch('/api/v2/sse/events/stats')).status).toBe(403);
  const stats = await (await admin.fetch('/api/v2/sse/events/stats')).json();
  expect(stats).toMatchObject({
    reader: { ready: true, openGaps: expect.any(Number) },
    lagMs: { p50: expect.any(Number) },
  });
});
