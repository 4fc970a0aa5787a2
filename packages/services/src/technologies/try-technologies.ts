import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { detectTechnologies } from '@domainflow/domain/content/technology/detect-technologies.ts';
import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { fetchPage, isOneSource, pageOfHtml, pageSourceFields } from '../probes/read-page.ts';
import { currentImportIds, fingerprintsWith } from './technology-sets.ts';

export const tryTechnologies = mutation({
  name: 'technologies.try',
  summary: 'Technologies that a page shows, given as HTML or fetched from a URL',
  rest: { method: 'POST', path: '/technologies/try' },
  access: 'member',
  input: z
    .object({
      html: pageSourceFields.html,
      url: pageSourceFields.url,
      /** Response headers that came with the HTML. */
      headers: z.record(z.string().max(64), z.string().max(4_096)).optional(),
      /** Records of the domain, as in `{"mx": ["mx.example.net"]}`. */
      dns: z
        .partialRecord(z.enum(['mx', 'txt', 'ns', 'cname']), z.array(z.string().max(512)).max(50))
        .optional(),
    })
    .refine(isOneSource, { message: 'Give either html or url', path: ['html'] }),
  output: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        version: z.string().nullable(),
        evidence: z.string(),
        confidence: z.number(),
        categories: z.array(z.string()),
      }),
    ),
  }),
  audit: ({ url }) =>
    url === undefined ? null : { entity: 'technology', entityId: null, details: { tried: url } },

  prepare: async (ctx, { html, url, headers = {} }): Promise<PageFeatures> =>
    url === undefined
      ? pageOfHtml(
          html ?? '',
          Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        )
      : (await fetchPage(ctx, url)).page,

  async run({ db }, { dns }, page) {
    const known = await fingerprintsWith(db, await currentImportIds(db));
    return {
      items: detectTechnologies(page, dns ?? {}, known).map((technology) => ({
        ...technology,
        confidence: technology.confidence ?? 100,
        categories: [...(technology.categories ?? [])],
      })),
    };
  },
});
