import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { CampaignRow } from '../campaigns/lifecycle/lock-campaign.ts';

/** `CONFLICT` unless the campaign takes its names from uploads and has not been started. */
export function requireOpenForUpload(row: Pick<CampaignRow, 'input' | 'status'>): void {
  if (row.input.source !== 'upload') {
    throw new DomainFlowError('CONFLICT', 'This campaign does not take its names from an upload.');
  }
  if (row.status !== 'pending') {
    throw new DomainFlowError(
      'CONFLICT',
      `Names are uploaded before the start; this campaign is ${row.status}.`,
    );
  }
}
