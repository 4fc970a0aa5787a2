import { invalidInput } from '@domainflow/domain/errors.ts';

const MAX_LENGTH = 200;

/**
 * The name of an uploaded file as it is kept and shown: without folders (`../` included) and control characters. It is
 * never the name of anything on a disk. `INVALID_INPUT` unless it ends with `.txt`.
 */
export function uploadFilename(given: string): string {
  const base = given
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    // Control and format characters, such as those that turn the direction of the text round.
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  if (!/[^.\s].*\.txt$/i.test(base)) {
    throw invalidInput('Only .txt files are taken: plain text, one entry a line.', 'file');
  }
  if (base.length <= MAX_LENGTH) return base;
  return `${base.slice(0, MAX_LENGTH - 4).toWellFormed()}.txt`;
}
