import type { PageFeatures } from '@domainflow/domain/content/page-features.ts';
import { pageFixture } from '@domainflow/domain/content/page-fixture.ts';
import { compileKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { keywordRuleSchema } from '@domainflow/domain/keyword/keyword-rule.ts';
import { analysePage } from '@domainflow/domain/phases/analysis/analyse-page.ts';
import { campaignOperations } from '../../campaigns/operations.ts';
import type { CampaignFixture, TestUser } from '../../campaigns/testing/campaign-fixture.ts';

export interface Site {
  readonly name: string;
  readonly page: Partial<PageFeatures>;
  /** Of its certificate. */
  readonly fingerprint?: string;
}

const matcher = compileKeywords([
  keywordRuleSchema.parse({ pattern: 'invoice', weight: 30, category: 'buy' }),
  keywordRuleSchema.parse({ pattern: 'shop', weight: 5 }),
]);

/** Who makes the campaign: a user of the services or of the API. */
type Maker = Pick<TestUser, 'call'>;

/** A campaign whose sites have all been analysed and are leads, with their pages and results. */
export async function plantLeads(
  fixture: Pick<CampaignFixture, 'sql'> & { readonly owner: Maker },
  sites: readonly Site[],
  user: Maker = fixture.owner,
): Promise<string> {
  const { campaignId } = await user.call<{ campaignId: string }>(campaignOperations.create, {
    campaignName: 'Leads',
    campaignType: 'http',
    input: { source: 'list', domains: sites.map(({ name }) => name) },
  });
  const { sql } = fixture;
  const domains = await sql<{ ordinal: string; name: string }[]>`
    SELECT ordinal, name FROM domains WHERE campaign_id = ${campaignId}`;
  for (const { name, page: given, fingerprint } of sites) {
    const ordinal = domains.find((domain) => domain.name === name)?.ordinal;
    if (ordinal === undefined) throw new Error(`${name} was not taken`);
    const page = pageFixture({ finalUrl: `https://${name}/`, ...given });
    const { lead, evidence } = analysePage(
      page,
      { matcher, minScore: 0 },
      { visit: { tls: { fingerprint } } },
    );
    if (lead === null) throw new Error(`${name} is no lead`);
    await sql`INSERT INTO pages (campaign_id, ordinal, features)
      VALUES (${campaignId}, ${ordinal}, ${sql.json(page as never)})`;
    await sql`INSERT INTO results (campaign_id, phase, ordinal, run, verdict, code, evidence)
      VALUES (${campaignId}, 'http', ${ordinal}, 1, 'OK', 200, ${sql.json({ finalUrl: page.finalUrl })}),
        (${campaignId}, 'analysis', ${ordinal}, 1, 'OK', ${lead.score}, ${sql.json(evidence as never)})`;
    const { marks, facts } = lead;
    await sql`
      INSERT INTO leads (campaign_id, ordinal, domain, url, title, organisation, score, score_parts, facts,
        keyword_matches, contacts, technologies, language, country, simhash, favicon_hash, certificate, trackers,
        body_sha256)
      VALUES (${campaignId}, ${ordinal}, ${name}, ${lead.url}, ${lead.title}, ${lead.organisation}, ${lead.score},
        ${sql.json(lead.scoreParts as never)}, ${sql.json(facts as never)}, ${sql.json(lead.keywordMatches as never)},
        ${sql.json(lead.contacts as never)}, ${sql.json(lead.technologies as never)}, ${facts.language},
        ${facts.country}, ${marks.simhash === null ? null : String(marks.simhash)}, ${marks.faviconHash},
        ${marks.certificate}, ${[...marks.trackers]}, ${marks.bodySha256})`;
    await sql`INSERT INTO lead_terms (campaign_id, ordinal, terms, domain)
      VALUES (${campaignId}, ${ordinal}, ${[...lead.terms]}, ${name})`;
  }
  return campaignId;
}
