import type { Inputs, Outputs, UploadView, WordListView } from './contract.ts';
import { postFile, postJson } from './post-rest.ts';

/**
 * The calls that do not go by tRPC: files, and questions too large for an address, into which tRPC would put them. All of
 * them throw `RestError`.
 */

/** What a pattern would give; it may hold a thousand TLDs. */
export async function previewPattern(
  input: Inputs['campaigns']['previewPattern'],
  signal: AbortSignal,
): Promise<Outputs['campaigns']['previewPattern']> {
  const response = await postJson('campaigns/domain-generation/preview', input, { signal });
  return (await response.json()) as Outputs['campaigns']['previewPattern'];
}

/** How weights would rank the leads of a campaign; they may name a thousand technologies. */
export async function previewScoreProfile(
  input: Inputs['scoreProfiles']['preview'],
  signal: AbortSignal,
): Promise<Outputs['scoreProfiles']['preview']> {
  const response = await postJson('score-profiles/preview', input, { signal });
  return (await response.json()) as Outputs['scoreProfiles']['preview'];
}

/** Imports fingerprints; sets of the community are larger than what a tRPC call may carry. */
export async function importFingerprints(
  input: Inputs['technologies']['import'],
): Promise<Outputs['technologies']['import']> {
  const response = await postJson('technologies/import', input);
  return (await response.json()) as Outputs['technologies']['import'];
}

/** Sends a list of names to a draft; the answer says what was taken and what was not. */
export async function uploadNames(campaignId: string, file: File): Promise<UploadView> {
  const response = await postFile(`campaigns/${encodeURIComponent(campaignId)}/upload`, file);
  return (await response.json()) as UploadView;
}

/** Stores a file of words as a list; the answer says what was taken and what was not. */
export async function uploadWords(name: string, file: File): Promise<WordListView> {
  const response = await postFile('word-lists/upload', file, { name });
  return (await response.json()) as WordListView;
}

/** What became of a file of suppressions. */
export interface SuppressionUpload {
  readonly lines: number;
  readonly added: number;
  /** Entries that were suppressed before, or stand in the file twice. */
  readonly known: number;
  readonly rejected: number;
  readonly rejections: {
    readonly byReason: Readonly<Record<string, number>>;
    readonly first: readonly { readonly line: number; readonly text: string; readonly reason: string }[];
  };
}

/** Suppresses what a text file lists, one entry a line. */
export async function uploadSuppressions(reason: string, file: File): Promise<SuppressionUpload> {
  const response = await postFile('suppressions/upload', file, { reason });
  return (await response.json()) as SuppressionUpload;
}
