import type { ProxyHealth } from '@domainflow/domain/http/proxy-pool.ts';
import { expect, test } from 'vitest';
import { proxyReports } from './proxy-reports.ts';

const health = (id: string, changes: Partial<ProxyHealth> = {}): ProxyHealth => ({
  ...{ id, state: 'healthy', connections: 0, requests: 10, failures: 0, failuresByKind: {}, ejections: 0 },
  ...{ lastFailure: null, latency: null, retryAtMs: null },
  ...changes,
});

test('a proxy of several pools is one, in the state that the pool found that was used last', () => {
  const failed: Partial<ProxyHealth> = {
    state: 'ejected',
    failures: 3,
    failuresByKind: { reset: 2, timeout: 1 },
    ejections: 1,
    lastFailure: 'ECONNRESET',
    retryAtMs: 9,
  };
  const reports = proxyReports([
    { idleMs: 60_000, proxies: [health('a', failed), health('b')] },
    {
      idleMs: 40,
      proxies: [
        health('a', {
          ...{ connections: 2, failures: 1, failuresByKind: { reset: 1 }, latency: { p50Ms: 4, p95Ms: 9 } },
        }),
      ],
    },
    { idleMs: 3_600_000, proxies: [health('c', failed)] },
  ]);
  expect(reports).toEqual([
    {
      ...{ proxyId: 'a', state: 'healthy', problem: 'ECONNRESET', connections: 2, requests: 20, failures: 4 },
      ...{ failuresByKind: { reset: 3, timeout: 1 }, ejections: 1, p50Ms: 4, p95Ms: 9, idleMs: 40 },
    },
    {
      ...{ proxyId: 'b', state: 'healthy', problem: null, connections: 0, requests: 10, failures: 0 },
      ...{ failuresByKind: {}, ejections: 0, p50Ms: null, p95Ms: null, idleMs: 60_000 },
    },
  ]);
});
