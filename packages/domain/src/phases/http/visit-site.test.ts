import { describe, expect, it } from 'vitest';
import type { Clock } from '../../clock.ts';
import type { SiteFetcher, SiteOutcome } from '../../http/http-port.ts';
import { VisitLoad } from '../../http/visit-load.ts';
import { betterOf, isCredible } from './recheck.ts';
import { visitSite } from './visit-site.ts';

const TIMEOUT_MS = 1_000;
const calm = { stalledMs: 0, wasCongested: false };
const stalled = { stalledMs: 150, wasCongested: false };
const congested = { stalledMs: 0, wasCongested: true };
const hop = { url: 'https://a.example/', address: '192.0.2.1', elapsedMs: 1, connectMs: null };

const failed = (reason: string, isLocal = false, afterHead = false): SiteOutcome => ({
  verdict: reason,
  hops: [{ ...hop, statusCode: null, failure: { reason, detail: reason, isLocal, afterHead } }],
  response: null,
});
const answered: SiteOutcome = {
  verdict: 'OK',
  hops: [{ ...hop, statusCode: 200, failure: null, connectMs: 1 }],
  response: {
    finalUrl: hop.url,
    statusCode: 200,
    headers: {},
    body: new Uint8Array(),
    bodySha256: '',
    truncated: false,
    tls: null,
  },
};

describe('what a visit says of the site', () => {
  it.each([
    ['a timeout of a calm process', failed('TIMEOUT'), calm, true],
    ['a timeout while the process stood still', failed('TIMEOUT'), stalled, false],
    ['a timeout while connections were slow', failed('TIMEOUT'), congested, false],
    ['a stall too short to matter', failed('TIMEOUT'), { ...calm, stalledMs: 90 }, true],
    ['a body that drips, whatever the load', failed('TIMEOUT', false, true), congested, true],
    [
      'a body while the process stood still for longer',
      failed('TIMEOUT', false, true),
      { ...calm, stalledMs: 1_000 },
      false,
    ],
    ['a refusal, whatever the load', failed('ERROR'), congested, true],
    ['a failure for want of sockets, even when calm', failed('ERROR', true), calm, false],
    ['a reset', failed('CONNECTION_RESET'), stalled, true],
    ['a reset after a long stall', failed('CONNECTION_RESET'), { ...calm, stalledMs: 2_000 }, false],
    ['an answer, whatever the load', answered, congested, true],
    [
      'an answer by http after https was too slow for us',
      { ...answered, hops: [...failed('TIMEOUT').hops, ...answered.hops] },
      stalled,
      false,
    ],
  ])('%s', (_, outcome, strain, credible) => {
    expect(isCredible(outcome, strain, TIMEOUT_MS)).toBe(credible);
  });

  it('takes the later visit unless only the earlier one was answered', () => {
    expect(betterOf(failed('TIMEOUT'), answered)).toBe(answered);
    expect(betterOf(answered, failed('TIMEOUT'))).toBe(answered);
    expect(betterOf(failed('TIMEOUT'), failed('ERROR')).verdict).toBe('ERROR');
  });
});

describe('visit', () => {
  /** Visits in which the process stands still for so long, one after the other. */
  async function visitWith(outcomes: SiteOutcome[], stalls: number[]) {
    let stalledMs = 0;
    const clock: Clock = {
      nowMs: () => 0,
      stalledMs: () => stalledMs,
      every(_, tick) {
        queueMicrotask(tick);
        return () => {};
      },
    };
    const order: string[] = [];
    const fetcher: SiteFetcher = {
      async fetchSite() {
        order.push('visit');
        stalledMs += stalls.shift() ?? 0;
        return outcomes.shift() ?? failed('TIMEOUT');
      },
    };
    const means = { fetcher, load: new VisitLoad(clock), timeoutMs: TIMEOUT_MS };
    const signal = new AbortController().signal;
    const visit = await visitSite(
      { name: 'a.example', addresses: [] },
      means,
      () => order.push('leave'),
      signal,
    );
    return { verdict: visit.outcome.verdict, visits: visit.visits, order };
  }

  it('believes a calm timeout at once', async () => {
    expect(await visitWith([failed('TIMEOUT')], [0])).toMatchObject({ verdict: 'TIMEOUT', visits: 1 });
  });

  it('visits again, after its place is given up, what the process may have missed', async () => {
    expect(await visitWith([failed('TIMEOUT'), answered], [500, 0])).toEqual({
      verdict: 'OK',
      visits: 2,
      order: ['visit', 'leave', 'visit'],
    });
    expect(await visitWith([failed('TIMEOUT'), failed('TIMEOUT')], [500, 0])).toMatchObject({
      verdict: 'TIMEOUT',
      visits: 2,
    });
  });

  it('ends after three visits however busy the process is', async () => {
    expect(await visitWith([], [500, 500, 500, 500])).toMatchObject({ verdict: 'TIMEOUT', visits: 3 });
  });
});
