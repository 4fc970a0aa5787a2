import type { Database } from '@domainflow/db/client.ts';
import { domains } from '@domainflow/db/schema/domain.ts';
import { leads } from '@domainflow/db/schema/lead.ts';
import { pages } from '@domainflow/db/schema/page.ts';
import { results } from '@domainflow/db/schema/result.ts';
import { extractContacts } from '@domainflow/domain/content/extract-contacts.ts';
import { type PageFeatures, upgradeFeatures } from '@domainflow/domain/content/page-features.ts';
import { notFound } from '@domainflow/domain/errors.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { phaseNamed } from '@domainflow/domain/phases/registry.ts';
import type { Contact } from '@domainflow/domain/scoring/lead-findings.ts';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { leadView } from '../../leads/lead-views.ts';
import { query } from '../../operation/operation.ts';
import { findSuppressed } from '../../suppressions/find-suppressed.ts';
import { withoutValues } from '../../suppressions/without-values.ts';
import { requireVisible } from '../reading/read-campaign.ts';
import { instantSchema, leadViewSchema } from '../views.ts';

export const getDomain = query({
  name: 'campaigns.domain',
  summary: 'All that is known of one domain, with the evidence of each verdict',
  rest: { method: 'GET', path: '/campaigns/{id}/domains/{domain}' },
  access: 'member',
  input: z.object({ id: campaignIdSchema, domain: z.string().trim().toLowerCase().max(253) }),
  output: z.object({
    domain: z.string(),
    ordinal: z.int(),
    results: z.array(
      z.object({
        phase: z.enum(PHASE_NAMES),
        verdict: z.string(),
        status: z.enum(['ok', 'error', 'timeout']),
        label: z.string(),
        explanation: z.string(),
        code: z.int().nullable(),
        /** Whether the registrable domain can be registered (DNS); null where that is not known. */
        isAvailable: z.boolean().nullable(),
        run: z.int(),
        checkedAt: instantSchema,
        evidence: z.record(z.string(), z.unknown()),
      }),
    ),
    /** What was kept of the page; null where none was read. */
    page: z.custom<PageFeatures>().nullable(),
    lead: leadViewSchema.nullable(),
  }),
  async run({ db, actor }, { id, domain }) {
    await requireVisible(db, actor, id);
    const [found] = await db
      .select({ ordinal: domains.ordinal, name: domains.name })
      .from(domains)
      .where(and(eq(domains.campaignId, id), eq(domains.name, domain)));
    if (found === undefined) throw notFound('domain', domain);
    const rows = await db
      .select()
      .from(results)
      .where(and(eq(results.campaignId, id), eq(results.ordinal, found.ordinal)));
    const [page] = await db
      .select({ features: pages.features })
      .from(pages)
      .where(and(eq(pages.campaignId, id), eq(pages.ordinal, found.ordinal)));
    const [lead] = await db
      .select()
      .from(leads)
      .where(and(eq(leads.campaignId, id), eq(leads.ordinal, found.ordinal)));
    const { isSuppressed, hidden } = await hiddenOf(
      db,
      found.name,
      page?.features ?? null,
      lead?.contacts ?? [],
    );
    return {
      domain: found.name,
      ordinal: found.ordinal,
      results: rows
        .sort((a, b) => PHASE_NAMES.indexOf(a.phase) - PHASE_NAMES.indexOf(b.phase))
        .map(({ campaignId: _, ordinal: __, ...result }) => {
          const info = phaseNamed(result.phase).verdicts[result.verdict];
          return {
            ...result,
            // What was read of the page of a suppressed domain is not shown, nor are suppressed addresses.
            evidence:
              isSuppressed && result.phase === 'analysis' ? {} : withoutValues(result.evidence, hidden),
            status: info?.status ?? ('error' as const),
            label: info?.label ?? result.verdict,
            explanation: info?.explanation ?? '',
          };
        }),
      page: page === undefined || isSuppressed ? null : withoutValues(page.features, hidden),
      lead: lead === undefined ? null : await leadView(db, lead),
    };
  },
});

/** Whether the domain is suppressed, and which addresses of its page and its lead are. */
async function hiddenOf(
  db: Database,
  domain: string,
  page: PageFeatures | null,
  contacts: readonly Contact[],
): Promise<{ isSuppressed: boolean; hidden: string[] }> {
  const onPage = page === null ? [] : extractContacts(upgradeFeatures(page)).contacts;
  const emails = [...contacts, ...onPage].filter(({ kind }) => kind === 'email').map(({ value }) => value);
  const suppressed = await findSuppressed(db, [domain, ...emails]);
  return {
    isSuppressed: suppressed.has(domain),
    hidden: [...new Set(emails)].filter((each) => suppressed.has(each)),
  };
}
