import { RestError, readErrorResponse } from './app-error.ts';
import type { Inputs, Outputs } from './contract.ts';

/**
 * What a pattern would give. Over REST: tRPC would put the input, which may hold a thousand TLDs, into the address.
 * Throws `RestError`.
 */
export async function previewPattern(
  input: Inputs['campaigns']['previewPattern'],
  signal: AbortSignal,
): Promise<Outputs['campaigns']['previewPattern']> {
  const response = await fetch('/api/v2/campaigns/domain-generation/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal,
  });
  if (!response.ok) throw new RestError(await readErrorResponse(response));
  return (await response.json()) as Outputs['campaigns']['previewPattern'];
}
