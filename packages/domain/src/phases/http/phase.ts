import { classifyParked } from '../../content/classify-parked.ts';
import { extractPage } from '../../content/extract-page.ts';
import type { PageFeatures } from '../../content/page-features.ts';
import { storableText } from '../../content/storable-text.ts';
import { addressLookup } from '../../http/address-lookup.ts';
import type { SiteResponse } from '../../http/http-port.ts';
import { visitLoad } from '../../http/visit-load.ts';
import { dnsPersonaSchema } from '../../persona/dns-persona.ts';
import { httpPersonaSchema } from '../../persona/http-persona.ts';
import type { Evidence, PhaseDefinition, PhaseItem, PhaseResult } from '../phase.ts';
import { type HttpConfig, httpConfigSchema } from './config.ts';
import { httpEvidence } from './evidence.ts';
import { runConcurrently } from './run-concurrently.ts';
import { HTTP_VERDICTS } from './verdicts.ts';
import { type Visit, visitSite } from './visit-site.ts';

/** How long finished results may wait to be committed. */
const COMMIT_INTERVAL_MS = 500;

interface Visited {
  readonly result: PhaseResult;
  readonly page: PageFeatures | null;
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
    const persona = httpPersonaSchema.parse(batch.plan.persona ?? {});
    const lookupPersona = dnsPersonaSchema.parse(batch.plan.lookupPersona ?? {});
    // Resolvers that cannot be used are the configuration's fault, not that of every single domain.
    if (batch.items.some((item) => addressesOf(item.prior).length === 0)) ports.dns.resolver(lookupPersona);
    const fetcher = ports.http.fetcher(persona, addressLookup(lookupPersona, ports));
    const load = visitLoad(ports);
    const means = { fetcher, load, timeoutMs: persona.timeoutMs };
    const visit = async (item: PhaseItem, leave: () => void, signal: AbortSignal): Promise<Visited> => {
      const request = { name: item.name, addresses: addressesOf(item.prior) };
      return visited(item.ordinal, await visitSite(request, means, leave, signal));
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
      for await (const chunk of runConcurrently(batch.items, visit, weightOf, limits, batch.signal)) {
        yield {
          results: chunk.map(({ result }) => result),
          pages: chunk.flatMap(({ result, page }) =>
            page === null ? [] : [{ ordinal: result.ordinal, page }],
          ),
        };
      }
    } finally {
      endUse();
    }
  },
};

/** Rough size of what is kept of a visit, in UTF-16 units. */
const weightOf = ({ page }: Visited): number =>
  page === null ? 1_000 : 4_000 + page.text.length + page.links.length * 60;

function visited(ordinal: number, { outcome, visits }: Visit): Visited {
  const verdict = Object.hasOwn(HTTP_VERDICTS, outcome.verdict) ? outcome.verdict : 'ERROR';
  const { response } = outcome;
  const { page, found } =
    response !== null && verdict === 'OK' && isPage(response.headers['content-type'])
      ? readPage(response)
      : { page: null, found: {} };
  const rechecked = visits === 1 ? {} : { rechecked: true, attempts: visits };
  const evidence = httpEvidence(outcome, page?.title ?? null, { ...found, ...rechecked });
  return { result: { ordinal, verdict, code: response?.statusCode ?? null, evidence }, page };
}

/** The page, and what is told of it in the evidence. */
function readPage(response: SiteResponse): { page: PageFeatures | null; found: Evidence } {
  try {
    const page = extractPage(response);
    const { isParked, reasons } = classifyParked(page);
    return { page, found: isParked ? { parked: reasons.map((reason) => storableText(reason, 200)) } : {} };
  } catch (error) {
    // The site was reached all the same, and one page must not hold up the others of its batch.
    return { page: null, found: { pageError: storableText(String(error), 200) } };
  }
}

/** Whether a response can be read as a page; servers that say no type mostly mean HTML. */
const isPage = (contentType: string | undefined): boolean =>
  contentType === undefined ||
  contentType.trim() === '' ||
  /^\s*(?:text\/(?:html|plain|xml)|application\/(?:xhtml\+xml|xml))/i.test(contentType);

/** Addresses in the evidence of the DNS phase, `[]` where it has none. */
function addressesOf(prior: Evidence | null): string[] {
  const addresses = prior?.['addresses'];
  return Array.isArray(addresses) ? addresses.filter((address) => typeof address === 'string') : [];
}
