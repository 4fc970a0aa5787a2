import type { CampaignFixture } from '../../campaigns/testing/campaign-fixture.ts';
import { plantLeads } from './plant-leads.ts';

/**
 * Five leads of the owner in two campaigns, of which two pairs are alike: by their body, and by their analytics account. A
 * sixth is another user's.
 */
export async function plantFiveLeads(fixture: CampaignFixture): Promise<{ first: string; second: string }> {
  const sha = (digit: string) => digit.repeat(64);
  const first = await plantLeads(fixture, [
    {
      name: 'rich.de',
      page: {
        title: 'invoice shop',
        text: 'Write to info@rich.de. © 2026 Rich',
        links: ['mailto:info@rich.de'],
        language: 'de',
        bodySha256: sha('1'),
        trackers: ['ga:G-1'],
      },
    },
    { name: 'plain.com', page: { text: 'invoice', language: 'en-US', bodySha256: sha('2') } },
    {
      name: 'twin.com',
      page: { text: 'shop', language: 'en', bodySha256: sha('3'), trackers: ['ga:G-1'] },
    },
  ]);
  const second = await plantLeads(fixture, [
    { name: 'copy.com', page: { text: 'invoice', language: 'en', bodySha256: sha('2') } },
    { name: 'alone.com', page: { text: 'shop shop shop shop', bodySha256: sha('4') }, fingerprint: 'f1' },
  ]);
  await plantLeads(
    fixture,
    [{ name: 'foreign.com', page: { text: 'invoice', bodySha256: sha('2') } }],
    fixture.other,
  );
  return { first, second };
}
