import { storableJson, storableText } from '../../content/storable-text.ts';
import type { HttpHop, SiteOutcome } from '../../http/http-port.ts';
import type { Evidence } from '../phase.ts';

/** Evidence of one visit: how it went, hop by hop, and what was at its end. `title` is null where no page was read. */
export function httpEvidence(
  outcome: SiteOutcome,
  title: string | null,
  classification: Evidence = {},
): Evidence {
  const { response, hops } = outcome;
  const failure = hops.findLast((hop) => hop.failure !== null)?.failure ?? null;
  return {
    hops: hops.map(compactHop),
    elapsedMs: hops.reduce((sum, hop) => sum + hop.elapsedMs, 0),
    ...(failure === null ? {} : { detail: storableText(failure.detail, 300) }),
    ...(response === null
      ? {}
      : {
          finalUrl: storableText(response.finalUrl, 2048),
          title,
          contentType: storableText(response.headers['content-type'] ?? '', 120) || null,
          server: storableText(response.headers['server'] ?? '', 120) || null,
          bodyBytes: response.body.byteLength,
          bodySha256: response.bodySha256,
          truncated: response.truncated,
          tls: storableJson(response.tls),
        }),
    ...classification,
  };
}

const compactHop = (hop: HttpHop): Evidence => ({
  url: storableText(hop.url, 512),
  address: hop.address,
  ...(hop.statusCode === null ? {} : { status: hop.statusCode }),
  ...(hop.failure === null
    ? {}
    : { reason: hop.failure.reason, detail: storableText(hop.failure.detail, 300) }),
  ms: hop.elapsedMs,
});
