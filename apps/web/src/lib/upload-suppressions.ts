import { RestError, readErrorResponse } from './app-error.ts';

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

/** Suppresses what a text file lists, one entry a line. Throws `RestError`. */
export async function uploadSuppressions(reason: string, file: File): Promise<SuppressionUpload> {
  const body = new FormData();
  // Before the file: that is how the server reads it.
  body.set('reason', reason);
  body.set('file', file);
  const response = await fetch('/api/v2/suppressions/upload', { method: 'POST', body });
  if (!response.ok) throw new RestError(await readErrorResponse(response));
  return (await response.json()) as SuppressionUpload;
}
