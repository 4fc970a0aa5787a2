import type { Database, Transaction } from '@domainflow/db/client.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { uploads } from '@domainflow/db/schema/upload.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { announceChange } from '../campaigns/announce-change.ts';
import { type CampaignRow, lockCampaign } from '../campaigns/lifecycle/lock-campaign.ts';
import type { uploadViewSchema } from '../campaigns/views.ts';
import type { Actor } from '../operation/operation.ts';
import { writtenRow } from '../rows/written-row.ts';
import type { Rejections } from './name-intake.ts';
import { requireOpenForUpload } from './open-for-upload.ts';
import { adoptStagedNames, requireAllStaged } from './staged-names.ts';

export type UploadView = z.output<typeof uploadViewSchema>;

/** A file that has been read to its end and whose names are staged. */
export interface ReadUpload {
  readonly stagingId: string;
  /** Rows that were staged. */
  readonly staged: number;
  readonly campaignId: string;
  readonly filename: string;
  readonly ipAddress: string | null;
  readonly sizeBytes: number;
  readonly lines: number;
  /** Lines with a name. */
  readonly named: number;
  readonly rejected: number;
  readonly rejections: Rejections;
  readonly maxNames: number;
}

/** One transaction: the campaign gets the names, its next version, the upload's record, an audit entry and an event. */
export const commitUpload = (db: Database, actor: Actor, upload: ReadUpload): Promise<UploadView> =>
  db.transaction(async (tx) => {
    const { row } = await lockCampaign(tx, actor, upload.campaignId, undefined);
    // Asked again: it may have been started while the file came in.
    requireOpenForUpload(row);
    await requireAllStaged(tx, upload.stagingId, upload.staged);
    const accepted = await adoptStagedNames(tx, upload.stagingId, row.id, row.initialDomains);
    const total = row.initialDomains + accepted;
    if (total > upload.maxNames) {
      throw new DomainFlowError(
        'PAYLOAD_TOO_LARGE',
        `A campaign holds at most ${upload.maxNames} uploaded names; with this file it would be ${total}.`,
        { field: 'file' },
      );
    }
    return writeUpload(tx, actor, row, upload, accepted);
  });

async function writeUpload(
  tx: Transaction,
  actor: Actor,
  row: CampaignRow,
  upload: ReadUpload,
  accepted: number,
): Promise<UploadView> {
  const { filename, sizeBytes, lines, rejected, rejections } = upload;
  const counts = { lines, accepted, duplicates: upload.named - accepted, rejected };
  const inserted = await tx
    .insert(uploads)
    .values({ campaignId: row.id, filename, sizeBytes, ...counts, rejections, uploadedBy: actor.userId })
    .returning();
  const updated = await tx
    .update(campaigns)
    .set({
      initialDomains: row.initialDomains + accepted,
      version: row.version + 1,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(campaigns.id, row.id))
    .returning({ version: campaigns.version });
  const record = writtenRow(inserted);
  const { version } = writtenRow(updated);
  await tx.insert(auditLogs).values({
    userId: actor.userId,
    action: 'campaigns.upload',
    entity: 'campaign',
    entityId: row.id,
    ipAddress: upload.ipAddress,
    details: { fileId: record.id, filename, sizeBytes, ...counts },
  });
  await announceChange(tx, { ...row, version }, 'updated');
  return {
    fileId: record.id,
    filename,
    sizeBytes,
    ...counts,
    rejections,
    uploadedBy: actor.userId,
    uploadedAt: record.uploadedAt,
  };
}
