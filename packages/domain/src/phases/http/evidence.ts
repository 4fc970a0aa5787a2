import { storableJson, storableText } from '../../content/storable-text.ts';
import type { HopFailure, HttpHop, RobotsDecision, SiteOutcome } from '../../http/http-port.ts';
import type { Evidence } from '../phase.ts';

/** Evidence of one visit: how it went, hop by hop, and what was at its end. `title` is null where no page was read. */
export function httpEvidence(
  outcome: SiteOutcome,
  title: string | null,
  classification: Evidence = {},
): Evidence {
  const { response, hops, robots } = outcome;
  const failure = decidingFailure(outcome);
  return {
    hops: hops.map(compactHop),
    elapsedMs: hops.reduce((sum, hop) => sum + hop.elapsedMs, 0),
    ...(failure === null ? {} : { detail: storableText(failure.detail, 300) }),
    ...(robots === undefined ? {} : { robots: compactRobots(robots) }),
    ...(response === null
      ? {}
      : {
          finalUrl: storableText(response.finalUrl, 2048),
          title,
          contentType: storableText(response.headers['content-type'] ?? '', 120) || null,
          server: storableText(response.headers['server'] ?? '', 120) || null,
          ...poweredBy(response.headers['x-powered-by']),
          bodyBytes: response.body.byteLength,
          bodySha256: response.bodySha256,
          truncated: response.truncated,
          tls: storableJson(response.tls),
          ...otherScheme(response.finalUrl, hops),
        }),
    ...classification,
  };
}

/** The header where there is one: most sites do not send it. */
const poweredBy = (header = ''): Evidence => (header === '' ? {} : { poweredBy: storableText(header, 120) });

/** The failure that the verdict is about; what failed on the way to a response that decided stands with its hop only. */
function decidingFailure({ verdict, hops, response }: SiteOutcome): HopFailure | null {
  if (verdict === 'OK' || response !== null) return null;
  const failed = hops.flatMap(({ failure }) => failure ?? []);
  return failed.findLast(({ reason }) => reason === verdict) ?? failed.at(-1) ?? null;
}

/** How the other scheme failed, beside a result that one of them gave. */
function otherScheme(finalUrl: string, hops: readonly HttpHop[]): Evidence {
  const scheme = finalUrl.startsWith('https:') ? 'http:' : 'https:';
  // What failed at one address, or over HTTP/2, and then went well did not fail.
  const failed = hops.find(
    ({ url, failure }, index) =>
      url.startsWith(scheme) &&
      failure !== null &&
      !hops.slice(index + 1).some((later) => later.url === url && later.failure === null),
  )?.failure;
  if (failed === undefined || failed === null) return {};
  const told = { reason: failed.reason, detail: storableText(failed.detail, 300) };
  return scheme === 'https:' ? { httpsFailure: told } : { httpFailure: told };
}

const compactRobots = ({ decision, because, rule, statusCode, fromCache }: RobotsDecision): Evidence => ({
  decision,
  because,
  ...(rule === null ? {} : { rule: storableText(rule, 200) }),
  ...(statusCode === null ? {} : { status: statusCode }),
  ...(fromCache ? { cached: true } : {}),
});

const compactHop = (hop: HttpHop): Evidence => ({
  url: storableText(hop.url, 512),
  address: hop.address,
  ...(hop.statusCode === null ? {} : { status: hop.statusCode }),
  ...(hop.failure === null
    ? {}
    : { reason: hop.failure.reason, detail: storableText(hop.failure.detail, 300) }),
  ms: hop.elapsedMs,
  ...(hop.connectMs === null ? {} : { connectMs: Math.round(hop.connectMs) }),
  ...(hop.firstByteMs === undefined ? {} : { firstByteMs: hop.firstByteMs }),
  ...(hop.protocol === undefined ? {} : { protocol: hop.protocol }),
  ...(hop.proxyId === undefined ? {} : { proxy: storableText(hop.proxyId, 64) }),
  ...(hop.refresh === undefined ? {} : { refresh: hop.refresh }),
});
