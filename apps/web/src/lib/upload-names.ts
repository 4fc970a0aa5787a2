import { RestError, readErrorResponse } from './app-error.ts';
import type { UploadView } from './contract.ts';

/** Sends a list of names to a draft; the answer says what was taken and what was not. Throws `RestError`. */
export async function uploadNames(campaignId: string, file: File): Promise<UploadView> {
  const body = new FormData();
  body.set('file', file);
  const response = await fetch(`/api/v2/campaigns/${encodeURIComponent(campaignId)}/upload`, {
    method: 'POST',
    body,
  });
  if (!response.ok) throw new RestError(await readErrorResponse(response));
  return (await response.json()) as UploadView;
}
