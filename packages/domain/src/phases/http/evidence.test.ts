import { expect, it } from 'vitest';
import type { HttpHop } from '../../http/http-port.ts';
import { httpEvidence } from './evidence.ts';

const hop = (url: string, reason: string | null): HttpHop => ({
  url,
  address: '192.0.2.1',
  statusCode: reason === null ? 200 : null,
  failure: reason === null ? null : { reason, detail: `${reason} at ${url}`, isLocal: false },
  elapsedMs: 1,
  connectMs: null,
});

it('tells the failure that the verdict is about, not the last one', () => {
  const hops = [hop('https://a.example/', 'TLS_ERROR'), hop('http://a.example/', 'PROXY_ERROR')];
  const { detail } = httpEvidence({ verdict: 'TLS_ERROR', hops, response: null }, null);
  expect(detail).toBe('TLS_ERROR at https://a.example/');
  expect(httpEvidence({ verdict: 'UPSTREAM_5XX', hops, response: null }, null)['detail']).toContain(
    'PROXY_ERROR',
  );
});

it('tells no failure of a page that was read', () => {
  const hops = [hop('https://a.example/', 'ERROR'), hop('http://a.example/', null)];
  expect(httpEvidence({ verdict: 'OK', hops, response: null }, null)).not.toHaveProperty('detail');
});
