import type { Transaction } from '@domainflow/db/client.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { eq, sql } from 'drizzle-orm';
import type { CampaignRow } from './lock-campaign.ts';

/**
 * Makes sure that a campaign has its names before its first phase: those of other campaigns are copied now (where they
 * ran a DNS phase, the names that resolve), an upload must have been made. Gives how many there are.
 */
export async function takeInput(tx: Transaction, row: CampaignRow): Promise<number> {
  switch (row.input.source) {
    case 'pattern':
    case 'list':
      return row.initialDomains;
    case 'upload':
      if (row.initialDomains > 0) return row.initialDomains;
      throw new DomainFlowError('CONFLICT', 'Upload a list of domains before starting this campaign.');
    case 'campaigns': {
      const count = await copyNames(tx, row.id, row.input.inputCampaignIds);
      if (count === 0)
        throw invalidInput('The input campaigns hold no domains yet.', 'input.inputCampaignIds');
      await tx.update(campaigns).set({ initialDomains: count }).where(eq(campaigns.id, row.id));
      return count;
    }
  }
}

async function copyNames(tx: Transaction, campaignId: string, sources: readonly string[]): Promise<number> {
  const copied = await tx.execute(sql`
    INSERT INTO domains (campaign_id, ordinal, name)
    SELECT ${campaignId}, row_number() OVER (ORDER BY name COLLATE "C") - 1, name
    FROM (
      SELECT DISTINCT d.name
      FROM domains d
      JOIN campaigns c ON c.id = d.campaign_id AND c.deleted_at IS NULL
      LEFT JOIN results r ON r.campaign_id = d.campaign_id AND r.phase = 'dns' AND r.ordinal = d.ordinal
      WHERE d.campaign_id = ANY(${sql.param([...sources])}::uuid[])
        AND (r.verdict = 'OK' OR NOT EXISTS (
          SELECT FROM phase_runs p WHERE p.campaign_id = d.campaign_id AND p.phase = 'dns' AND p.run > 0))
    ) AS names`);
  return copied.count;
}
