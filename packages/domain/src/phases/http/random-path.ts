import { extractPage } from '../../content/extract-page.ts';
import type { PageFeatures } from '../../content/page-features.ts';
import type { ParkedGrounds } from '../../content/parked-grounds.ts';
import { type ParkedHint, parkedHints } from '../../content/parked-hints.ts';
import { isSamePage } from '../../content/same-page.ts';
import { storableText } from '../../content/storable-text.ts';
import type { SiteFetcher, SiteOutcome } from '../../http/http-port.ts';
import type { Randomness } from '../../random.ts';
import type { Evidence } from '../phase.ts';
import { parkedEvidence } from './parked-evidence.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const NAME_LENGTH = 16;

/** What it is fetched with. `address`: where the home page came from; null where a proxy knows that. */
export interface RandomPathMeans {
  readonly fetcher: SiteFetcher;
  readonly random: Randomness;
  readonly isPage: (contentType: string | undefined) => boolean;
  readonly address: string | null;
}

/**
 * Where a home page gives signs of holding a place only, and nothing decides that, fetches a page of random name from the
 * host that it came from, as any further page, and compares the two: what is to be told of both in the evidence, `{}`
 * where nothing was asked. What fails is told of, and then nothing is known.
 */
export async function settleDoubt(
  home: PageFeatures,
  grounds: ParkedGrounds,
  means: RandomPathMeans,
  signal: AbortSignal,
): Promise<Evidence> {
  const hints = home.statusCode === 200 ? parkedHints(home, grounds) : [];
  if (hints.length === 0) return {};
  const { isSame, evidence } = await compareWithRandom(home, hints, means, signal);
  return { ...parkedEvidence(home, { ...grounds, sameOnRandomPath: isSame }), randomPath: evidence };
}

async function compareWithRandom(
  home: PageFeatures,
  hints: readonly ParkedHint[],
  { fetcher, random, isPage, address }: RandomPathMeans,
  signal: AbortSignal,
): Promise<{ isSame: boolean; evidence: Evidence }> {
  const name = Array.from({ length: NAME_LENGTH }, () => LETTERS[random.below(LETTERS.length)]).join('');
  const url = new URL(`/${name}`, home.finalUrl);
  const request = { name: url.hostname, addresses: address === null ? [] : [address] };
  const outcome = await fetcher.fetchSite({ ...request, url: url.href, part: 'page' }, signal);
  const page = pageOf(outcome, isPage);
  const isSame = page !== null && isSamePage(home, page, name);
  const evidence: Evidence = {
    url: storableText(url.href, 512),
    verdict: outcome.verdict,
    ...(outcome.response === null ? {} : { status: outcome.response.statusCode }),
    same: isSame,
    because: hints.map(({ seen }) => storableText(seen, 200)),
    home: hashesOf(home),
    ...(page === null ? {} : { other: { ...hashesOf(page), finalUrl: page.finalUrl } }),
  };
  return { isSame, evidence };
}

const hashesOf = ({ bodySha256, simhash }: PageFeatures): Evidence => ({ bodySha256, simhash });

function pageOf({ verdict, response }: SiteOutcome, isPage: RandomPathMeans['isPage']): PageFeatures | null {
  if (verdict !== 'OK' || response === null || !isPage(response.headers['content-type'])) return null;
  try {
    return extractPage(response);
  } catch {
    // A page that breaks a rule of ours says nothing of the other one.
    return null;
  }
}
