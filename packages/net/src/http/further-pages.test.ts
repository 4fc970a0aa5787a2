import { type HttpConfig, httpConfigSchema } from '@domainflow/domain/phases/http/config.ts';
import { httpPhase } from '@domainflow/domain/phases/http/phase.ts';
import { startLabProxy } from '@domainflow/lab/proxy/lab-proxy.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngines } from '../engines.ts';
import { testProxy } from './test-proxy.ts';
import { closedPort } from './testing/raw-server.ts';
import { runHttpPhase } from './testing/run-http-phase.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: 'further', existRate: 0.9 });
});
afterAll(() => lab.close());

const run = (names: readonly string[], config: Partial<HttpConfig>, plan: object = {}) =>
  runHttpPhase(lab, names, config, plan);

describe('what is fetched besides the home page', () => {
  it('nothing, unless it is asked for', async () => {
    lab.resetCounts();
    const { result, page } = (await run(['contact-1.com'], {})).get('contact-1.com') ?? {};
    expect(result?.verdict).toBe('OK');
    expect([page?.furtherPages, page?.favicon, result?.evidence['further']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('contact pages with their own URLs, and the icon', async () => {
    const names = ['contact-1.com', 'live-1.com', 'live-2.de', 'notfound-1.com', 'parked-1.com'];
    const found = await run(names, { followContactPages: 2, fetchFavicon: true });
    const pages = [...found.values()].map(({ page }) => page).filter((page) => page !== null);
    const urls = pages.flatMap(({ furtherPages }) => (furtherPages ?? []).map(({ finalUrl }) => finalUrl));
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) expect(new URL(url).pathname).toMatch(/^\/(?:contact|about)$/);
    const icon = found.get('live-1.com')?.page?.favicon;
    expect(icon).toMatchObject({
      url: 'https://live-1.com/favicon.ico',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(Number.isInteger(icon?.hash)).toBe(true);
    expect(found.get('notfound-1.com')?.result).toMatchObject({
      verdict: 'NOT_FOUND',
      evidence: expect.not.objectContaining({ further: expect.anything() }),
    });
  });
});

it('ignores robots.txt where the configuration says so, and tells of it', async () => {
  const name = 'robotsdeny-1.com';
  expect((await run([name], {})).get(name)?.result).toMatchObject({
    verdict: 'ROBOTS_DENIED',
    code: null,
    evidence: { robots: { decision: 'deny', because: 'rules', rule: 'Disallow: /', status: 200 } },
  });
  const reason = { robots: 'ignore' as const, robotsOverrideReason: 'Our own sites' };
  expect((await run([name], reason)).get(name)?.result).toMatchObject({
    verdict: 'OK',
    evidence: { robots: { because: 'ignored' } },
  });
  expect(httpConfigSchema.safeParse({ robots: 'ignore' }).success).toBe(false);
  expect(httpConfigSchema.safeParse({ robots: 'ignore', robotsOverrideReason: ' ' }).success).toBe(false);
});

it('keeps how https failed beside the result of http', async () => {
  const found = await run(['httponly-1.com', 'httponly-2.com'], {});
  for (const { result } of found.values()) {
    expect(result).toMatchObject({
      verdict: 'OK',
      evidence: { httpsFailure: { reason: expect.any(String), detail: expect.any(String) } },
    });
  }
});

it('goes through the pool of the plan only, and asks DNS nothing', async () => {
  const proxy = await startLabProxy(lab, { kind: 'socks5' });
  lab.resetCounts();
  const pool = { proxies: [{ id: 'one', kind: 'socks5', host: proxy.host, port: proxy.port }] };
  const names = ['live-1.com', 'towww-1.com', 'redirect-1.com'];
  const found = await run(names, { followContactPages: 1 }, { proxyPool: pool });
  for (const name of names) expect(found.get(name)?.result.verdict).toBe('OK');
  const hops = [...found.values()].flatMap(({ result }) => result.evidence['hops'] as { proxy?: string }[]);
  expect(hops.every((hop) => hop.proxy === 'one')).toBe(true);
  expect(lab.queries().dns.total).toBe(0);
  await proxy.close();
});

it('goes nowhere at all where no proxy works: the domains are for a later retry', async () => {
  lab.resetCounts();
  const dead = await closedPort();
  const pool = { proxies: [{ id: 'dead', kind: 'http', host: '127.0.0.1', port: dead }] };
  const names = Array.from({ length: 20 }, (_, i) => `live-${i}.com`);
  const found = await run(names, { followContactPages: 3, fetchFavicon: true }, { proxyPool: pool });
  for (const name of names) expect(found.get(name)?.result.verdict).toBe('PROXY_ERROR');
  expect(httpPhase.verdicts['PROXY_ERROR']?.retry).toBe('ambiguous');
  const { dns, http, https } = lab.queries();
  expect([dns.total, http.total, https.total]).toEqual([0, 0, 0]);
});

it('tests a proxy', async () => {
  const proxy = await startLabProxy(lab, { kind: 'http', credentials: { username: 'u', password: 'p' } });
  const engines = createEngines({ labJson: JSON.stringify(lab), allowedTargets: ['127.0.0.1'] });
  const means = { http: engines.ports.http, lookup: async () => [] };
  const right = {
    id: 'x',
    kind: 'http',
    host: proxy.host,
    port: proxy.port,
    username: 'u',
    password: 'p',
    maxConnections: 1,
    requestsPerSecond: null,
  } as const;
  const { signal } = new AbortController();
  expect(await testProxy(right, 'https://live-1.com/', means, signal)).toMatchObject({
    ok: true,
    statusCode: 200,
    reason: null,
    exitAddress: null,
  });
  expect(await testProxy({ ...right, password: 'q' }, 'https://live-1.com/', means, signal)).toMatchObject({
    ok: false,
    statusCode: null,
    reason: 'PROXY_ERROR',
    detail: expect.stringContaining('407'),
  });
  await engines.close();
  await proxy.close();
});
