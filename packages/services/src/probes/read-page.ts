import { personas } from '@domainflow/db/schema/persona.ts';
import { extractPage } from '@domainflow/domain/content/extract-page.ts';
import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { invalidInput } from '@domainflow/domain/errors.ts';
import { isPage } from '@domainflow/domain/http/is-page.ts';
import { type PersonaId, personaIdSchema } from '@domainflow/domain/ids.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { QueryContext } from '../operation/operation.ts';
import { pageNotes, pageProblem } from './page-problem.ts';

/** UTF-16 units of text or HTML that a person may try something out on. */
const MAX_UNITS = 1_048_576;

/** What something is tried out on: one of the three. */
export const pageSourceFields = {
  text: z.string().max(MAX_UNITS).optional(),
  html: z.string().max(MAX_UNITS).optional(),
  url: z
    .url({ protocol: /^https?$/, error: 'Give an http or https address, such as https://example.com/' })
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

/** Through which personas a page is fetched; the default ones where they are left out. */
export const pagePersonaFields = {
  personaId: personaIdSchema.optional(),
  dnsPersonaId: personaIdSchema.optional(),
};

interface PagePersonas {
  readonly personaId?: PersonaId | undefined;
  readonly dnsPersonaId?: PersonaId | undefined;
}

export interface FetchedPage {
  readonly page: PageFeatures;
  readonly statusCode: number;
  /** What a person should know of the answer. */
  readonly notes: readonly string[];
}

/**
 * Fetches a page as a campaign with these personas would. `INVALID_INPUT` on `url` where nothing came that can be read,
 * with what to do about it.
 */
export async function fetchPage(
  { db, probes, request }: QueryContext,
  url: string,
  { personaId, dnsPersonaId }: PagePersonas = {},
): Promise<FetchedPage> {
  const configOf = async (
    kind: 'http' | 'dns',
    id: PersonaId | undefined,
    field: string,
  ): Promise<unknown> => {
    const chosen = id === undefined ? eq(personas.isDefault, true) : eq(personas.id, id);
    const [row] = await db
      .select({ config: personas.config })
      .from(personas)
      .where(and(eq(personas.kind, kind), chosen));
    if (row === undefined && id !== undefined)
      throw invalidInput(`No ${kind === 'http' ? 'HTTP' : 'DNS'} persona with id ${id}.`, field);
    return row?.config ?? {};
  };
  const used = {
    http: httpPersonaSchema.parse(await configOf('http', personaId, 'personaId')),
    dns: dnsPersonaSchema.parse(await configOf('dns', dnsPersonaId, 'dnsPersonaId')),
  };
  const { outcome } = await probes.fetchPage(used, url, request.signal);
  const { response, verdict } = outcome;
  if (response === null) throw invalidInput(pageProblem(outcome), 'url');
  const contentType = response.headers['content-type'];
  if (verdict === 'OK' && !isPage(contentType)) {
    throw invalidInput(
      `The server answers with ${JSON.stringify(contentType?.slice(0, 100))}, and only HTML, XML and plain text are read as pages. Give the address of a page.`,
      'url',
    );
  }
  const page = extractPage(response);
  return { page, statusCode: response.statusCode, notes: pageNotes(verdict, response, page) };
}
