import { authorise } from '../operation/authorise.ts';
import type { Actor } from '../operation/operation.ts';
import type { UploadView } from './commit-upload.ts';
import { withFormFile } from './file-form.ts';
import { DEFAULT_UPLOAD_LIMITS, type UploadLimits } from './limits.ts';
import { receiveUpload } from './receive-upload.ts';
import type { UploadDeps } from './stage-file.ts';

/**
 * Takes the field `file` of a multipart/form-data request into a campaign, streamed from the socket to the database.
 * Throws what `receiveUpload` and `withFormFile` do.
 */
export async function uploadFromRequest(
  deps: UploadDeps,
  actor: Actor | null,
  target: { readonly campaignId: string; readonly request: Request; readonly ipAddress: string | null },
  limits: Partial<UploadLimits> = {},
): Promise<UploadView> {
  authorise('member', actor);
  const { request, campaignId, ipAddress } = target;
  const { idleTimeoutMs } = { ...DEFAULT_UPLOAD_LIMITS, ...limits };
  return withFormFile(request, idleTimeoutMs, (file) =>
    receiveUpload(deps, actor, { ...file, campaignId, ipAddress }, limits),
  );
}
