import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DomainFlowEvent } from '@domainflow/domain/events/event.ts';
import { ringDoorbell } from '@domainflow/services/events/doorbell.ts';
import { getRequestListener } from '@hono/node-server';
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { EventSource } from 'eventsource';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { FeedMessage } from '../sse/feed-message.ts';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';
import { type AppRouter, appRouter } from './router.ts';

let api: ApiFixture;
let owner: ApiUser;
let other: ApiUser;
let server: Server;
let origin: string;
beforeAll(async () => {
  api = await openApiFixture();
  owner = await api.signIn('trpc-owner', 'member');
  other = await api.signIn('trpc-other', 'member');
  server = createServer(getRequestListener(api.app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});

const clientOf = (user: ApiUser) => {
  const url = `${origin}/trpc`;
  const withCookie = (target: string | URL, init?: RequestInit) =>
    fetch(target, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), cookie: user.cookie },
    });
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url,
          transformer: superjson,
          EventSource,
          eventSourceOptions: { fetch: withCookie as never },
        }),
        false: httpBatchLink({ url, transformer: superjson, fetch: withCookie as never }),
      }),
    ],
  });
};

const draft = {
  campaignName: 'typed',
  campaignType: 'dns' as const,
  mode: 'step_by_step' as const,
  input: { source: 'list' as const, domains: ['example.com'] },
};

test('types: inputs with their defaults left out, outputs as the views say', () => {
  type Inputs = inferRouterInputs<AppRouter>;
  type Outputs = inferRouterOutputs<AppRouter>;
  expectTypeOf<Outputs['auth']['me']['role']>().toEqualTypeOf<'admin' | 'member'>();
  expectTypeOf<{ limit: number }>().toExtend<Inputs['campaigns']['list']>();
  expectTypeOf<{ limit: string }>().not.toExtend<Inputs['campaigns']['list']>();
  expectTypeOf<undefined>().toExtend<Inputs['campaigns']['list']>();
  expectTypeOf<undefined>().not.toExtend<Inputs['campaigns']['get']>();
  expectTypeOf<Outputs['campaigns']['list']['items'][number]['progress']>().toEqualTypeOf<number>();
  expectTypeOf<Outputs['campaigns']['get']['phases'][number]['counts']>().toEqualTypeOf<
    Record<string, number>
  >();
  expectTypeOf<FeedMessage>().toExtend<{ readonly type: string }>();
  expectTypeOf<DomainFlowEvent>().toExtend<FeedMessage>();
});

test('every operation is a procedure under its own name', () => {
  const names = Object.keys(appRouter._def.procedures);
  expect(names).toContain('campaigns.list');
  expect(names).toContain('events.campaign');
  for (const name of names) expect(name).toMatch(/^[a-zA-Z]+\.[a-zA-Z]+$/);
});

describe('a typed client', () => {
  test('queries, mutations and their errors, several in one request', async () => {
    const client = clientOf(owner);
    const created = await client.campaigns.create.mutate(draft);
    const [me, list, got] = await Promise.all([
      client.auth.me.query(),
      client.campaigns.list.query({ search: 'typed' }),
      client.campaigns.get.query({ id: created.campaignId }),
    ]);
    expect(me.username).toBe('trpc-owner');
    expect(list.items.map(({ campaignId }) => campaignId)).toEqual([created.campaignId]);
    expect(got).toEqual(created);
    const rest = await owner.fetch(`/api/v2/campaigns/${created.campaignId}`);
    expect(await rest.json()).toEqual(got);

    const error = await clientOf(other)
      .campaigns.get.query({ id: created.campaignId })
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(TRPCClientError);
    expect((error as TRPCClientError<AppRouter>).data).toMatchObject({
      code: 'NOT_FOUND',
      field: null,
      httpStatus: 404,
    });
    const invalid = await client.campaigns.list.query({ limit: '5' as never }).catch((each: unknown) => each);
    expect((invalid as TRPCClientError<AppRouter>).data).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'limit',
    });
  });

  test('unknown procedures and malformed inputs say no more than they must', async () => {
    for (const path of [
      'nothing.here',
      'campaigns.list?input=%7Bbroken',
      'auth.me,auth.me?batch=1&input=7',
    ]) {
      const response = await owner.fetch(`/trpc/${path}`);
      const text = await response.text();
      expect(response.status, path).toBeLessThan(500);
      expect(text, path).not.toMatch(/stack|node_modules|TRPCError/);
    }
    expect((await owner.fetch('/trpc/campaigns.create')).status).toBe(405);
  });

  test('a subscription is ready, tells what follows, and resumes by itself where it was cut', async () => {
    const client = clientOf(owner);
    const { campaignId } = await client.campaigns.create.mutate(draft);
    const heard: FeedMessage[] = [];
    const subscription = client.events.campaign.subscribe(
      { campaignId },
      { onData: ({ data }) => void heard.push(data), onError: () => {} },
    );
    const events = () => heard.filter((each) => 'seq' in each).map(({ seq }) => seq);
    const append = async (): Promise<void> => {
      await api.sql`SELECT append_event(${campaignId}, ${owner.userId}, 'system_alert', '{"severity":"info","message":"x"}')`;
      ringDoorbell(api.sql);
    };
    await expect.poll(() => heard.some(({ type }) => type === 'ready'), { timeout: 5_000 }).toBe(true);
    await append();
    await expect.poll(events, { timeout: 5_000 }).toEqual([2]);
    server.closeAllConnections();
    await append();
    await append();
    await expect.poll(events, { timeout: 15_000 }).toEqual([2, 3, 4]);
    subscription.unsubscribe();
    await expect.poll(() => api.events.stats().connections.campaign, { timeout: 5_000 }).toBe(0);
  });

  test("a subscription to somebody else's campaign is refused", async () => {
    const { campaignId } = await clientOf(owner).campaigns.create.mutate(draft);
    const response = await other.fetch(
      `/trpc/events.campaign?input=${encodeURIComponent(JSON.stringify({ json: { campaignId } }))}`,
      { headers: { accept: 'text/event-stream' } },
    );
    // tRPC tells errors of subscriptions inside the stream.
    const text = await response.text();
    expect(text).toMatch(/event: serialized-error\ndata: .*"code":"NOT_FOUND"/);
    expect(text).not.toContain('ready');
  });
});
