import { personas } from '@domainflow/db/schema/persona.ts';
import { extractPage } from '@domainflow/domain/content/extract-page.ts';
import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { QueryContext } from '../operation.ts';

/** UTF-16 units of text or HTML that a person may try something out on. */
const MAX_UNITS = 1_048_576;

/** What something is tried out on: one of the three. */
export const pageSourceFields = {
  text: z.string().max(MAX_UNITS).optional(),
  html: z.string().max(MAX_UNITS).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
};
export const isOneSource = (input: {
  text?: string | undefined;
  html?: string | undefined;
  url?: string | undefined;
}): boolean => [input.text, input.html, input.url].filter((given) => given !== undefined).length === 1;

/** A page given as HTML, as if it had been fetched. */
export const pageOfHtml = (html: string, headers: Readonly<Record<string, string>> = {}): PageFeatures =>
  extractPage({
    finalUrl: 'https://page.invalid/',
    statusCode: 200,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
    body: new TextEncoder().encode(html),
    bodySha256: '',
    truncated: false,
    tls: null,
  });

/** Fetches a page as the default personas would. `INVALID_INPUT` on `url` where nothing came that can be read. */
export async function fetchedPage({ db, probes, request }: QueryContext, url: string): Promise<PageFeatures> {
  const rows = await db
    .select({ kind: personas.kind, config: personas.config })
    .from(personas)
    .where(eq(personas.isDefault, true));
  const configOf = (kind: string): unknown => rows.find((row) => row.kind === kind)?.config ?? {};
  const used = {
    http: httpPersonaSchema.parse(configOf('http')),
    dns: dnsPersonaSchema.parse(configOf('dns')),
  };
  const { outcome } = await probes.fetchPage(used, url, request.signal);
  if (outcome.response === null) {
    const detail = outcome.hops.findLast((hop) => hop.failure !== null)?.failure?.detail ?? '';
    throw invalidInput(
      `No page could be read there: ${outcome.verdict}${detail === '' ? '' : `, ${detail}`}.`,
      'url',
    );
  }
  return extractPage(outcome.response);
}
