import { authorise } from '@domainflow/services/operation/authorise.ts';
import type { CallContext } from '../context.ts';
import { responsesFor } from '../openapi/errors.ts';
import type { RestCall, RestRoute } from '../rest/route.ts';
import { openFeed } from './open-feed.ts';
import { streamFeed } from './stream-feed.ts';

const lastEventIdOf = ({ request }: RestCall): string | null =>
  request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('lastEventId');

async function eventStream(rest: RestCall, campaignId: string | null): Promise<Response> {
  const feed = await openFeed(rest.call, campaignId, lastEventIdOf(rest));
  return new Response(streamFeed(feed), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

async function stats(call: CallContext): Promise<Response> {
  authorise('admin', await call.actor());
  return Response.json(call.deps.events.stats());
}

const STREAM_TEXT =
  'Server-sent events. Each has an `id` to resume from (`Last-Event-ID`), its type as `event` and its payload as JSON ' +
  'in `data`. `ready`: nothing is missed from here on. `reset`: events are missing, fetch the state again.';

const describeStream = (operationId: string, summary: string, inPath: readonly object[]) => ({
  operationId,
  summary,
  description: STREAM_TEXT,
  tags: ['events'],
  parameters: [
    ...inPath,
    {
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      description: 'The `id` of the last event received: what came after it is told first.',
      schema: { type: 'string' },
    },
    {
      name: 'lastEventId',
      in: 'query',
      required: false,
      description: 'The same, for clients that cannot set headers.',
      schema: { type: 'string' },
    },
  ],
  responses: {
    '200': { description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    ...responsesFor([
      'UNAUTHENTICATED',
      'PASSWORD_CHANGE_REQUIRED',
      ...(inPath.length > 0 ? (['NOT_FOUND'] as const) : []),
      'INTERNAL',
      'UNAVAILABLE',
    ]),
  },
});

const count = { type: 'integer' };
const STATS_SCHEMA = {
  type: 'object',
  required: ['connections', 'reader', 'lagMs'],
  properties: {
    connections: {
      type: 'object',
      required: ['campaign', 'all'],
      properties: { campaign: count, all: count },
    },
    reader: {
      type: 'object',
      required: ['ready', 'listening', 'highestId', 'safeId', 'openGaps', 'lastPollAgoMs', 'failedPolls'],
      properties: {
        ready: { type: 'boolean' },
        listening: { type: 'boolean' },
        highestId: count,
        safeId: count,
        openGaps: count,
        lastPollAgoMs: { type: ['integer', 'null'] },
        failedPolls: count,
      },
    },
    lagMs: {
      type: 'object',
      required: ['count', 'p50', 'p99'],
      properties: { count, p50: { type: ['number', 'null'] }, p99: { type: ['number', 'null'] } },
    },
  },
};

/** Live events over REST. */
export const eventRoutes = (): RestRoute[] => [
  {
    method: 'GET',
    path: '/sse/events',
    describe: () => describeStream('events.all', 'Live events of all campaigns that the caller may see', []),
    handle: (rest) => eventStream(rest, null),
  },
  {
    method: 'GET',
    path: '/sse/campaigns/{id}/events',
    describe: () =>
      describeStream('events.campaign', 'Live events of one campaign', [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      ]),
    handle: (rest) => eventStream(rest, rest.pathParameters.id ?? ''),
  },
  {
    method: 'GET',
    path: '/sse/events/stats',
    describe: () => ({
      operationId: 'events.stats',
      summary: 'Connections and how far the reader of events is behind (administrators)',
      tags: ['events'],
      responses: {
        '200': { description: 'Done', content: { 'application/json': { schema: STATS_SCHEMA } } },
        ...responsesFor(['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL', 'UNAVAILABLE']),
      },
    }),
    handle: ({ call }) => stats(call),
  },
];
