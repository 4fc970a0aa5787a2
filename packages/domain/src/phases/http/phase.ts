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
import type {
  Evidence,
  LoadedItem,
  PhaseDefinition,
  PhaseItem,
  PhasePlan,
  PhaseResult,
  ResultSink,
} from '../phase.ts';
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
/** What was found without a visit is handed over in chunks of this size, so that the event loop is free in between. */
const UNVISITED_OCTETS = 524_288;

const NO_BODY = new Uint8Array();

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
    const { sink, signal } = batch;
    const { config } = batch.plan;
    const persona = personaFor(batch.plan);
    const proxyPool = proxyPoolSchema.nullable().parse(batch.plan.proxyPool ?? null);
    const lookupPersona = dnsPersonaSchema.parse(batch.plan.lookupPersona ?? {});
    // What proxies visit is not looked up here. Plans of before the setting existed do not have it.
    const asksAnew = proxyPool === null && config.addresses === 'resolve';
    const knownOf = (prior: Evidence | null): string[] => (asksAnew ? [] : addressesOf(prior));
    const fetcher = ports.http.fetcher(persona, addressLookup(lookupPersona, ports), proxyPool);
    const load = visitLoad(ports);
    const means = { fetcher, load, timeoutMs: persona.timeoutMs };
    const work = async (item: PhaseItem, leave: () => void, until: AbortSignal): Promise<void> => {
      if (batch.suppressed?.has(item.ordinal) === true) return sink.add(suppressedResult(item.ordinal));
      const request = { name: item.name, addresses: knownOf(item.prior) };
      // Resolvers that cannot be used are the configuration's fault, not that of every single domain.
      if (proxyPool === null && request.addresses.length === 0) ports.dns.resolver(lookupPersona);
      const wantsMore = config.followContactPages > 0 || config.fetchFavicon;
      // The place is kept for what is fetched besides.
      const visit = await visitSite(request, means, wantsMore ? () => {} : leave, until);
      const grounds = parkedGroundsOf(dnsFacts(item.prior), null);
      const { result, page } = visited(item.ordinal, visit, grounds);
      if (page === null) return sink.add(result);
      const address = visit.outcome.hops.at(-1)?.address ?? null;
      const isDoubtful = config.checkRandomPath && result.evidence['parked'] === undefined;
      const settled = isDoubtful
        ? await settleDoubt(page, grounds, { fetcher, random: ports.random, isPage, address }, until)
        : {};
      const further = wantsMore
        ? await fetchFurther(page, request, config, fetcher, isPage, until)
        : { page, evidence: {} };
      const evidence = { ...result.evidence, ...settled, ...further.evidence };
      sink.add({ ...result, evidence }, { page: further.page });
    };
    const limits = {
      admission: load.gate.admission(JSON.stringify(persona), persona.concurrency, persona.timeoutMs),
      maxResults: 200,
      maxOctets: 2_097_152,
      pace: (tick: () => void) => ports.clock.every(COMMIT_INTERVAL_MS, tick),
      onDrained: batch.onDrained,
    };
    const endUse = load.use();
    try {
      const visits: PhaseItem[] = [];
      for await (const item of batch.loaded) {
        if (signal.aborted) break;
        if (!isAddedUnvisited(item, sink)) visits.push(item);
        if (sink.octets >= UNVISITED_OCTETS) yield { held: sink.take() };
      }
      for await (const _ of runConcurrently(visits, work, sink, limits, signal)) yield { held: sink.take() };
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

const suppressedResult = (ordinal: number): PhaseResult => ({
  ordinal,
  verdict: 'SUPPRESSED',
  code: null,
  evidence: {},
});

/** Adds what needs no visit: a suppressed domain, and what another campaign has found. */
function isAddedUnvisited({ ordinal, isSuppressed, held }: LoadedItem, sink: ResultSink): boolean {
  if (isSuppressed === true) {
    sink.add(suppressedResult(ordinal));
    return true;
  }
  if (held === undefined) return false;
  const { campaignId, page, fetchedAt, code, evidence } = held;
  const found = { ...evidence, heldFrom: campaignId, fetchedAt };
  sink.add({ ordinal, verdict: 'OK', code, evidence: found }, { page, fetchedAt });
  return true;
}

function visited(
  ordinal: number,
  { outcome, visits }: Visit,
  grounds: ParkedGrounds,
): { result: PhaseResult; page: PageFeatures | null } {
  const verdict = Object.hasOwn(HTTP_VERDICTS, outcome.verdict) ? outcome.verdict : 'ERROR';
  const { response } = outcome;
  const { page, found } =
    response !== null && verdict === 'OK' && isPage(response.headers['content-type'])
      ? readPage(response, grounds)
      : { page: null, found: {} };
  const rechecked = visits === 1 ? {} : { rechecked: true, attempts: visits };
  const evidence = httpEvidence(outcome, page?.title ?? null, { ...found, ...rechecked });
  if (response !== null) response.body = NO_BODY;
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
