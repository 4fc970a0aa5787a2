import type { PoolStats } from '@domainflow/net/dns/pool-stats.ts';
import { expect, test } from 'vitest';
import { resolverReports } from './resolver-reports.ts';

type Stats = PoolStats['resolvers'][number];

const stats = (resolver: string, changes: Partial<Stats> = {}): Stats => ({
  ...{ resolver, window: 8, inFlight: 0, isDown: false, ejection: null, ejections: 0, problem: null },
  ...{ queries: 10, replies: 9, timeouts: 1, lost: 0, rcodes: { NOERROR: 9 }, errorRate: 0.1 },
  ...{ latency: { smoothedMs: 5, p50Ms: 4, p95Ms: 9 }, queriesPerSecond: null, keepsCase: true },
  ...changes,
});
const pool = (transport: PoolStats['transport'], ...resolvers: Stats[]): PoolStats => ({
  ...{ transport, questions: 0, answers: 0, queries: 0, timeouts: 0, unexpected: 0, forged: 0, caseLost: 0 },
  ...{ malformed: 0, truncated: 0, socketErrors: 0, inUse: 0, resolvers },
});

test('a resolver of several personas is one, in the worst state that one of them has found', () => {
  const reports = resolverReports([
    pool(
      'udp',
      stats('192.0.2.1:53'),
      stats('192.0.2.2:53', { isDown: true, ejection: 'silent', inFlight: 1 }),
    ),
    pool(
      'udp',
      stats('192.0.2.1:53', {
        isDown: true,
        ejection: 'unhelpful',
        ejections: 1,
        replies: 20,
        rcodes: { SERVFAIL: 20 },
        latency: { smoothedMs: 50, p50Ms: 40, p95Ms: 90 },
      }),
    ),
    pool('tcp', stats('192.0.2.1:53', { latency: null, problem: 'refused' })),
  ]);
  expect(reports).toMatchObject([
    {
      ...{
        transport: 'udp',
        resolver: '192.0.2.1:53',
        state: 'ejected',
        queries: 20,
        replies: 29,
        ejections: 1,
      },
      ...{ rcodes: { NOERROR: 9, SERVFAIL: 20 }, p50Ms: 40, p95Ms: 90 },
      problem: expect.stringContaining('decide nothing'),
    },
    { resolver: '192.0.2.2:53', state: 'probing', problem: 'No replies' },
    { transport: 'tcp', resolver: '192.0.2.1:53', state: 'healthy', problem: 'refused', p50Ms: null },
  ]);
  expect(resolverReports([])).toEqual([]);
});

test('a pool that hardly asked it does not say what state it is in', () => {
  const [old, recent] = [
    pool('udp', stats('192.0.2.1:53', { isDown: true, ejection: 'silent', queries: 9, timeouts: 9 })),
    pool('udp', stats('192.0.2.1:53', { queries: 500, replies: 480 })),
  ];
  for (const pools of [
    [old, recent],
    [recent, old],
  ])
    expect(resolverReports(pools)).toMatchObject([{ state: 'healthy', problem: null, queries: 509 }]);
});
