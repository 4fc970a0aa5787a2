import { expect, it } from 'vitest';
import type { HttpHop, SiteResponse } from '../../http/http-port.ts';
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

const response = (finalUrl: string, headers: Record<string, string> = {}): SiteResponse => ({
  finalUrl,
  statusCode: 200,
  headers,
  body: new Uint8Array(),
  bodySha256: '',
  truncated: false,
  tls: null,
});

it('tells no failure of one scheme as that of a status that the other gave', () => {
  const hops = [hop('https://a.example/', 'ERROR'), hop('http://a.example/', null)];
  const found = { ...response('http://a.example/'), statusCode: 404 };
  const evidence = httpEvidence({ verdict: 'NOT_FOUND', hops, response: found }, null);
  expect(evidence).not.toHaveProperty('detail');
  expect(evidence['httpsFailure']).toEqual({ reason: 'ERROR', detail: 'ERROR at https://a.example/' });
});

it('tells what the site says that it runs on', () => {
  const told = (headers: Record<string, string>) => {
    const found = response('https://a.example/', headers);
    const { server, poweredBy } = httpEvidence({ verdict: 'OK', hops: [], response: found }, null);
    return [server, poweredBy];
  };
  expect(told({ server: 'nginx', 'x-powered-by': 'PHP/8.3.1, PleskLin' })).toEqual([
    'nginx',
    'PHP/8.3.1, PleskLin',
  ]);
  expect(told({})).toEqual([null, undefined]);
});

it('tells of the other scheme where it failed in the end', () => {
  const [https, http] = ['https://a.example/', 'http://a.example/'];
  const told = (hops: readonly HttpHop[]) =>
    httpEvidence({ verdict: 'OK', hops, response: response(http) }, null)['httpsFailure'];
  expect(told([hop(https, 'TLS_ERROR'), hop(http, null)])).toMatchObject({ reason: 'TLS_ERROR' });
  expect(told([hop(https, 'ERROR'), hop(https, null), hop(http, null)])).toBeUndefined();
});
