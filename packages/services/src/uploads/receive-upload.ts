import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { invalidInput, notFound } from '@domainflow/domain/errors.ts';
import { and, eq } from 'drizzle-orm';
import { visibleTo } from '../campaigns/visible-campaigns.ts';
import { authorise } from '../operation/authorise.ts';
import type { Actor } from '../operation/operation.ts';
import { commitUpload, type UploadView } from './commit-upload.ts';
import { DEFAULT_UPLOAD_LIMITS, type UploadLimits } from './limits.ts';
import { NameIntake } from './name-intake.ts';
import { requireOpenForUpload } from './open-for-upload.ts';
import { type FileToStage, type UploadDeps, withStagedFile } from './stage-file.ts';
import { uploadFilename } from './upload-filename.ts';

export interface UploadRequest extends FileToStage {
  readonly campaignId: string;
  /** As the client gives it; folders are cut off. */
  readonly filename: string;
  readonly ipAddress?: string | null;
}

/**
 * Takes a file of domain names into a campaign that waits for it. The file is read as it comes, its names are put aside
 * in short transactions, and one transaction at the end gives them to the campaign: all of them or, after any failure,
 * none. Throws `NOT_FOUND`, `CONFLICT`, `PAYLOAD_TOO_LARGE`, or `INVALID_INPUT` on the field `file`.
 */
export async function receiveUpload(
  deps: UploadDeps,
  actor: Actor | null,
  request: UploadRequest,
  limits: Partial<UploadLimits> = {},
): Promise<UploadView> {
  const allLimits = { ...DEFAULT_UPLOAD_LIMITS, ...limits };
  const intake = new NameIntake();
  return withStagedFile(deps, request, intake, allLimits, {
    async check() {
      uploadFilename(request.filename);
      await requireOpenCampaign(deps, authorise('member', actor), request.campaignId);
    },
    async commit(file) {
      requireNames(intake);
      const { lines, named, rejected, rejections } = intake;
      const { campaignId, ipAddress = null } = request;
      return commitUpload(deps.db, authorise('member', actor), {
        ...file,
        ...{ campaignId, ipAddress, filename: uploadFilename(request.filename) },
        ...{ lines, named, rejected, rejections, maxNames: allLimits.maxNames },
      });
    },
  });
}

async function requireOpenCampaign({ db }: UploadDeps, actor: Actor, campaignId: string): Promise<void> {
  const [row] = await db
    .select({ input: campaigns.input, status: campaigns.status })
    .from(campaigns)
    .where(and(eq(campaigns.id, campaignId), visibleTo(actor)));
  if (row === undefined) throw notFound('campaign', campaignId);
  requireOpenForUpload(row);
}

function requireNames({ named, rejected, rejections }: NameIntake): void {
  if (named > 0) return;
  if (rejected === 0) throw invalidInput('The file holds no names.', 'file');
  throw invalidInput(
    `None of the ${rejected} lines is a domain name. Give one name a line, in plain text.`,
    'file',
    rejections,
  );
}
