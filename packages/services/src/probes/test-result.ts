import type { HttpHop } from '@domainflow/domain/http/http-port.ts';
import type { PageProbe } from '@domainflow/domain/probe/probes.ts';
import { type ResolverTest, resolverTestSchema } from '@domainflow/domain/probe/resolver-test.ts';
import { z } from 'zod';

const headerSchema = z.object({ name: z.string(), value: z.string() });

const verdictOnAll = {
  ok: z.boolean(),
  /** One sentence for a person. */
  summary: z.string(),
};

export const resolversTestSchema = z.object({ ...verdictOnAll, resolvers: z.array(resolverTestSchema) });
export type ResolversTest = z.infer<typeof resolversTestSchema>;

const pageTestSchema = z.object({
  ...verdictOnAll,
  url: z.string(),
  verdict: z.string(),
  statusCode: z.int().nullable(),
  finalUrl: z.string().nullable(),
  /** Each request on the way: redirects, and tries that failed. */
  hops: z.array(
    z.object({
      url: z.string(),
      address: z.string().nullable(),
      statusCode: z.int().nullable(),
      /** Null where no response came. */
      protocol: z.enum(['http/1.1', 'h2']).nullable(),
      failure: z.string().nullable(),
      elapsedMs: z.number(),
    }),
  ),
  /** The first request, in the order in which it went out. */
  requestHeaders: z.array(headerSchema),
  responseHeaders: z.array(headerSchema),
  /** Octets of the decoded body that were read. */
  bodyBytes: z.int(),
});

export const personaTestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dns'), ...resolversTestSchema.shape }),
  z.object({ kind: z.literal('http'), ...pageTestSchema.shape }),
]);
export type PersonaTest = z.infer<typeof personaTestSchema>;

/** All resolvers of a test in one sentence. */
export function resolversTestOf(resolvers: ResolverTest[]): ResolversTest {
  const bad = resolvers.filter(({ ok }) => !ok);
  const [first] = resolvers;
  const summary =
    first === undefined
      ? 'There is no resolver to test: this machine has none configured.'
      : resolvers.length === 1
        ? first.summary
        : bad.length === 0
          ? `All ${resolvers.length} resolvers work.`
          : `${bad.length} of ${resolvers.length} resolvers cannot be relied on: ${bad.map(({ resolver }) => resolver).join(', ')}.`;
  return { ok: resolvers.length > 0 && bad.length === 0, summary, resolvers };
}

const failureOf = ({ failure }: HttpHop): string | null =>
  failure === null ? null : `${failure.reason}: ${failure.detail}`;

/** A fetched page as the test of a persona shows it. */
export function pageTestOf(
  url: string,
  { outcome, requestHeaders }: PageProbe,
): z.infer<typeof pageTestSchema> {
  const { verdict, hops, response } = outcome;
  const elapsedMs = Math.round(hops.reduce((sum, hop) => sum + hop.elapsedMs, 0));
  const redirects = hops.filter(({ failure }) => failure === null).length - 1;
  const way = redirects < 1 ? '' : ` after ${redirects} redirect${redirects === 1 ? '' : 's'}`;
  const problem = hops.map(failureOf).findLast((failure) => failure !== null) ?? verdict;
  return {
    ok: verdict === 'OK',
    summary:
      response === null
        ? `The page could not be fetched: ${problem}.`
        : `${response.finalUrl} answered ${response.statusCode} in ${elapsedMs} ms${way}.`,
    url,
    verdict,
    statusCode: response?.statusCode ?? null,
    finalUrl: response?.finalUrl ?? null,
    hops: hops.map((hop) => ({
      url: hop.url,
      address: hop.address,
      statusCode: hop.statusCode,
      protocol: hop.protocol ?? null,
      failure: failureOf(hop),
      elapsedMs: hop.elapsedMs,
    })),
    requestHeaders: [...requestHeaders],
    responseHeaders: Object.entries(response?.headers ?? {}).map(([name, value]) => ({ name, value })),
    bodyBytes: response?.body.length ?? 0,
  };
}
