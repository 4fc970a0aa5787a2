import { describe, expect, it } from 'vitest';
import { pageFixture, responseFixture } from '../../content/page-fixture.ts';
import type { SiteOutcome, SiteRequest, SiteResponse } from '../../http/http-port.ts';
import { settleDoubt } from './random-path.ts';

const HOME = 'https://a.example/';
const lander = pageFixture({ finalUrl: HOME, title: 'a.example', text: 'Related searches' });
const markup = '<title>a.example</title><p>Related searches</p>';

const answered = (fields: Partial<SiteResponse>, body = markup): SiteOutcome => ({
  verdict: 'OK',
  hops: [],
  response: responseFixture(body, { finalUrl: '', ...fields }),
});
const failed = (verdict: string): SiteOutcome => ({ verdict, hops: [], response: null });

/** What is settled of a page where the further one is `outcome`, with what was asked for. */
async function settle(outcome: SiteOutcome, home = lander, grounds = {}) {
  const asked: SiteRequest[] = [];
  let drawn = 0;
  const means = {
    fetcher: {
      async fetchSite(request: SiteRequest): Promise<SiteOutcome> {
        asked.push(request);
        if (outcome.response === null || outcome.response.finalUrl !== '') return outcome;
        return { ...outcome, response: { ...outcome.response, finalUrl: request.url ?? '' } };
      },
    },
    random: { below: (limit: number) => drawn++ % limit },
    isPage: (type: string | undefined) => type?.startsWith('text/html') === true,
    address: '192.0.2.1',
  };
  const evidence = await settleDoubt(home, grounds, means, new AbortController().signal);
  return { evidence, asked };
}

describe('a page of random name', () => {
  it('is asked for once, at the address of the home page, as a further page', async () => {
    const { evidence, asked } = await settle(answered({}));
    const url = 'https://a.example/abcdefghijklmnop';
    expect(asked).toEqual([{ name: 'a.example', addresses: ['192.0.2.1'], url, part: 'page' }]);
    expect(evidence).toMatchObject({
      parked: [
        'A small page says: "Related searches"',
        'The page says little more than its name, a.example',
        'A page of random name on it is the same',
      ],
      randomPath: { url, verdict: 'OK', status: 200, same: true, other: { finalUrl: url } },
    });
  });

  it.each([
    ['another page', answered({ bodySha256: '1' }, '<p>Nothing is here')],
    ['the same with another status', { ...answered({ statusCode: 404 }), verdict: 'NOT_FOUND' }],
    ['the same elsewhere', answered({ finalUrl: 'https://a.example/login' })],
    ['a picture', answered({ headers: { 'content-type': 'image/png' } })],
    ['what robots.txt forbids', failed('ROBOTS_DENIED')],
    ['what does not come', failed('TIMEOUT')],
  ])('decides nothing where it is %s', async (_, outcome) => {
    const { evidence, asked } = await settle(outcome);
    expect(asked).toHaveLength(1);
    expect(evidence['parked']).toBeUndefined();
    expect(evidence).toMatchObject({ randomPath: { verdict: outcome.verdict, same: false } });
  });

  it('is not asked for where nothing speaks for a parked page', async () => {
    const shop = pageFixture({
      finalUrl: HOME,
      title: 'Kettles',
      text: 'Copper kettles and pans. '.repeat(90),
    });
    expect(await settle(answered({}), shop)).toEqual({ evidence: {}, asked: [] });
    const gone = { ...lander, statusCode: 203 };
    expect(await settle(answered({}), gone)).toEqual({ evidence: {}, asked: [] });
    // The name servers of a parking service speak for it.
    const { asked } = await settle(answered({}), shop, { nameServers: ['ns1.bodis.com.'] });
    expect(asked).toHaveLength(1);
  });
});
