import { compileKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { analysePage } from '@domainflow/domain/phases/analysis/analyse-page.ts';
import { startLabProxy } from '@domainflow/lab/proxy/lab-proxy.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHttpPhase } from './testing/run-http-phase.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: 'random-path', existRate: 1 });
});
afterAll(() => lab.close());

const matcher = compileKeywords([]);
it('a page that nothing decides on is parked where a page of random name is the same', async () => {
  const { result, page } = (await runHttpPhase(lab, ['lander-1.com'], {})).get('lander-1.com') ?? {};
  expect(result?.evidence).toMatchObject({
    parked: expect.arrayContaining([
      'A small page says: "Related searches"',
      'A page of random name on it is the same',
    ]),
    randomPath: {
      url: expect.stringMatching(/^https:\/\/lander-1\.com\/[a-z0-9]{16}$/),
      status: 200,
      same: true,
      home: { bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/), simhash: expect.any(String) },
      other: { bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/), simhash: expect.any(String) },
    },
  });
  if (page === null || page === undefined) throw new Error('no page');
  expect(analysePage(page, { matcher, minScore: 0 }, { visit: result?.evidence ?? null }).verdict).toBe(
    'PARKED',
  );
  expect(analysePage(page, { matcher, minScore: 0 }).verdict).not.toBe('PARKED');
});

it('a small page with words of parked ones is not, where other pages are not found', async () => {
  const { result } = (await runHttpPhase(lab, ['onepage-1.com'], {})).get('onepage-1.com') ?? {};
  expect(result?.evidence['parked']).toBeUndefined();
  expect(result?.evidence).toMatchObject({
    randomPath: { verdict: 'NOT_FOUND', status: 404, same: false, because: [expect.any(String)] },
  });
});

it('sites drawn by scripts, ordinary ones and those that say it themselves are not asked again', async () => {
  const names = ['spa-1.com', 'live-1.com', 'bare-1.com', 'contact-1.com', 'parked-1.com', 'parked-2.com'];
  const found = await runHttpPhase(lab, names, {});
  for (const [name, { result }] of found) {
    expect(result.evidence['randomPath'], name).toBeUndefined();
    expect(result.evidence['parked'] !== undefined, name).toBe(lab.truth(name).site?.parked);
  }
});

it('nothing is asked where the configuration says so', async () => {
  const { result } =
    (await runHttpPhase(lab, ['lander-1.com'], { checkRandomPath: false })).get('lander-1.com') ?? {};
  expect([result?.evidence['randomPath'], result?.evidence['parked']]).toEqual([undefined, undefined]);
});

it('the further page goes through the pool of the plan too', async () => {
  const proxy = await startLabProxy(lab, { kind: 'socks5' });
  lab.resetCounts();
  const pool = { proxies: [{ id: 'one', kind: 'socks5', host: proxy.host, port: proxy.port }] };
  const found = await runHttpPhase(lab, ['lander-2.com'], {}, { proxyPool: pool });
  expect(found.get('lander-2.com')?.result.evidence).toMatchObject({ randomPath: { same: true } });
  expect(lab.queries().dns.total).toBe(0);
  // A connection for the home page, another for the further one.
  expect(proxy.requests.map(({ host }) => host)).toEqual(['lander-2.com', 'lander-2.com']);
  await proxy.close();
});

it('sites of every kind are told apart as they are, and few of them cost a further page', async () => {
  const names = Array.from({ length: 400 }, (_, index) => `shop${index.toString(36)}.com`).filter(
    (name) => lab.truth(name).dns.a.length > 0 && (lab.truth(name).site?.delayMs ?? 1) === 0,
  );
  const sites = names.filter((name) => lab.truth(name).site?.http.verdict === 'OK');
  const found = await runHttpPhase(lab, sites, {});
  const wrong = sites.filter(
    (name) => (found.get(name)?.result.evidence['parked'] !== undefined) !== lab.truth(name).site?.parked,
  );
  const asked = sites.filter((name) => found.get(name)?.result.evidence['randomPath'] !== undefined);
  expect([sites.length > 200, wrong, asked]).toEqual([true, [], []]);
});
