import { dnsFacts } from '../../content/dns-facts.ts';
import { extractPage } from '../../content/extract-page.ts';
import type { PageFeatures } from '../../content/page-features.ts';
import { type ParkedGrounds, parkedGroundsOf } from '../../content/parked-grounds.ts';
import { storableText } from '../../content/storable-text.ts';
import { addressLookup } from '../../http/address-lookup.ts';
import type { SiteResponse } from '../../http/http-port.ts';
import { isPage } from '../../http/is-page.ts';
import { proxyPoolSchema } from '../../http/proxy-pool.ts';
import { visitLoad } from '../../http/visit-load.ts';
import { dnsPersonaSchema } from '../../persona/dns-persona.ts';
import { type HttpPersona, httpPersonaSchema } from '../../persona/http-persona.ts';
import type { Evidence, HeldPage, PhaseDefinition, PhaseItem, PhasePlan, PhaseResult } from '../phase.ts';
import { type HttpConfig, httpConfigSchema } from './config.ts';
import { httpEvidence } from './evidence.ts';
import { fetchFurther } from './further-pages.ts';
import { parkedEvidence } from './parked-evidence.ts';
import { settleDoubt } from './random-path.ts';
import { runConcurrently } from './run-concurrently.ts';
import { HTTP_VERDICTS } from './verdicts.ts';
import { type Visit, visitSite } from './visit-site.ts';

/** How long finished results may wait to be committed. */
const COMMIT_INTERVAL_MS = 500;

interface Visited {
  readonly result: PhaseResult;
  readonly page: PageFeatures | null;
  readonly fetchedAt?: string;
}

/** HTTP validation: the home page of each domain is fetched and read. */
export const httpPhase: PhaseDefinition<HttpConfig> = {
  name: 'http',
  label: 'HTTP validation',
  description: 'Visits each domain over https, then http, follows redirects and reads the page.',
  requires: 'dns',
  verdicts: HTTP_VERDICTS,
  configSchema: httpConfigSchema,
  persona: 'http',
  usesKeywordSets: false,
  loadsPages: false,
  looksUpNames: true,
  batchSize: 1000,
  async *run(batch, ports) {
    const { config } = batch.plan;
    const persona = personaFor(batch.plan);
    const proxyPool = proxyPoolSchema.nullable().parse(batch.plan.proxyPool ?? null);
    const lookupPersona = dnsPersonaSchema.parse(batch.plan.lookupPersona ?? {});
    // Resolvers that cannot be used are the configuration's fault, not that of every single domain.
    const all = [...batch.items];
    const items = all.filter(({ isSuppressed }) => isSuppressed !== true);
    // What proxies visit is not looked up here. Plans of before the setting existed do not have it.
    const asksAnew = proxyPool === null && config.addresses === 'resolve';
    const knownOf = (prior: Evidence | null): string[] => (asksAnew ? [] : addressesOf(prior));
    const asksForNames =
      proxyPool === null &&
      items.some(({ prior, held }) => held === undefined && knownOf(prior).length === 0);
    if (asksForNames) ports.dns.resolver(lookupPersona);
    const fetcher = ports.http.fetcher(persona, addressLookup(lookupPersona, ports), proxyPool);
    const load = visitLoad(ports);
    const means = { fetcher, load, timeoutMs: persona.timeoutMs };
    const work = async (item: PhaseItem, leave: () => void, signal: AbortSignal): Promise<Visited> => {
      if (item.held !== undefined) return takenOver(item.ordinal, item.held);
      const request = { name: item.name, addresses: knownOf(item.prior) };
      const wantsMore = config.followContactPages > 0 || config.fetchFavicon;
      // The place is kept for what is fetched besides.
      const visit = await visitSite(request, means, wantsMore ? () => {} : leave, signal);
      const grounds = parkedGroundsOf(dnsFacts(item.prior), null);
      const { result, page } = visited(item.ordinal, visit, grounds);
      if (page === null) return { result, page };
      const address = visit.outcome.hops.at(-1)?.address ?? null;
      const isDoubtful = config.checkRandomPath && result.evidence['parked'] === undefined;
      const settled = isDoubtful
        ? await settleDoubt(page, grounds, { fetcher, random: ports.random, isPage, address }, signal)
        : {};
      const further = wantsMore
        ? await fetchFurther(page, request, config, fetcher, isPage, signal)
        : { page, evidence: {} };
      const evidence = { ...result.evidence, ...settled, ...further.evidence };
      return { result: { ...result, evidence }, page: further.page };
    };
    const limits = {
      admission: load.gate.admission(JSON.stringify(persona), persona.concurrency, persona.timeoutMs),
      maxResults: 200,
      maxWeight: 4_194_304,
      pace: (tick: () => void) => ports.clock.every(COMMIT_INTERVAL_MS, tick),
      onDrained: batch.onDrained,
    };
    const endUse = load.use();
    try {
      const suppressed = all.filter(({ isSuppressed }) => isSuppressed === true);
      if (suppressed.length > 0) yield { results: suppressed.map(suppressedResult) };
      for await (const chunk of runConcurrently(items, work, weightOf, limits, batch.signal)) {
        yield {
          results: chunk.map(({ result }) => result),
          pages: chunk.flatMap(({ result, page, fetchedAt }) =>
            page === null
              ? []
              : [{ ordinal: result.ordinal, page, ...(fetchedAt === undefined ? {} : { fetchedAt }) }],
          ),
        };
      }
    } finally {
      endUse();
    }
  },
};

/** The persona, with what the phase's configuration says of robots.txt. */
function personaFor({ persona, config }: PhasePlan<HttpConfig>): HttpPersona {
  const own = httpPersonaSchema.parse(persona ?? {});
  // Plans of phases that were started before the setting existed do not have it.
  if ((config.robots ?? null) === null) return own;
  return { ...own, robots: config.robots ?? own.robots, robotsOverrideReason: config.robotsOverrideReason };
}

/** What another campaign has found, as a result of this one. */
const takenOver = (ordinal: number, { campaignId, page, fetchedAt, code, evidence }: HeldPage): Visited => ({
  result: { ordinal, verdict: 'OK', code, evidence: { ...evidence, heldFrom: campaignId, fetchedAt } },
  page,
  fetchedAt,
});

/** Nothing is asked of a site that is suppressed. */
const suppressedResult = ({ ordinal }: PhaseItem): PhaseResult => ({
  ordinal,
  verdict: 'SUPPRESSED',
  code: null,
  evidence: {},
});

/** Rough size of what is kept of a visit, in UTF-16 units. */
const weightOf = ({ page }: Visited): number =>
  page === null
    ? 1_000
    : [page, ...(page.furtherPages ?? [])].reduce(
        (sum, { text, links }) => sum + 4_000 + text.length + links.length * 60,
        0,
      );

function visited(ordinal: number, { outcome, visits }: Visit, grounds: ParkedGrounds): Visited {
  const verdict = Object.hasOwn(HTTP_VERDICTS, outcome.verdict) ? outcome.verdict : 'ERROR';
  const { response } = outcome;
  const { page, found } =
    response !== null && verdict === 'OK' && isPage(response.headers['content-type'])
      ? readPage(response, grounds)
      : { page: null, found: {} };
  const rechecked = visits === 1 ? {} : { rechecked: true, attempts: visits };
  const evidence = httpEvidence(outcome, page?.title ?? null, { ...found, ...rechecked });
  const code = response?.statusCode ?? outcome.statusCode ?? null;
  return { result: { ordinal, verdict, code, evidence }, page };
}

/** The page, and what is told of it in the evidence. */
function readPage(
  response: SiteResponse,
  grounds: ParkedGrounds,
): { page: PageFeatures | null; found: Evidence } {
  try {
    const page = extractPage(response);
    return { page, found: parkedEvidence(page, grounds) };
  } catch (error) {
    // The site was reached all the same, and one page must not hold up the others of its batch.
    return { page: null, found: { pageError: storableText(String(error), 200) } };
  }
}

/** Addresses in the evidence of the DNS phase, `[]` where it has none. */
function addressesOf(prior: Evidence | null): string[] {
  const addresses = prior?.['addresses'];
  return Array.isArray(addresses) ? addresses.filter((address) => typeof address === 'string') : [];
}
