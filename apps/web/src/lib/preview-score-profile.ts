import { RestError, readErrorResponse } from './app-error.ts';
import type { Inputs, Outputs } from './contract.ts';

/**
 * How weights would rank the leads of a campaign. Over REST: tRPC would put the weights, which may name a thousand
 * technologies, into the address. Throws `RestError`.
 */
export async function previewScoreProfile(
  input: Inputs['scoreProfiles']['preview'],
  signal: AbortSignal,
): Promise<Outputs['scoreProfiles']['preview']> {
  const response = await fetch('/api/v2/score-profiles/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal,
  });
  if (!response.ok) throw new RestError(await readErrorResponse(response));
  return (await response.json()) as Outputs['scoreProfiles']['preview'];
}
