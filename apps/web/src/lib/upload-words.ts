import { RestError, readErrorResponse } from './app-error.ts';
import type { WordListView } from './contract.ts';

/** Stores a file of words as a list under `name`; the answer says what was taken and what was not. Throws `RestError`. */
export async function uploadWords(name: string, file: File): Promise<WordListView> {
  const body = new FormData();
  // Before the file, so that a name that is taken is refused before the file is read.
  body.set('name', name);
  body.set('file', file);
  const response = await fetch('/api/v2/word-lists/upload', { method: 'POST', body });
  if (!response.ok) throw new RestError(await readErrorResponse(response));
  return (await response.json()) as WordListView;
}
