import { readWord } from '@domainflow/domain/generation/dictionary/read-word.ts';
import type { ParsedLine } from '../uploads/name-intake.ts';

/** A line of a file of words, as generation reads words. */
export function parseWord(line: string): ParsedLine {
  const read = readWord(line);
  switch (read.kind) {
    case 'word':
      return { ok: true, name: read.word };
    case 'blank':
      return { ok: false, reason: 'EMPTY' };
    case 'bad':
      return { ok: false, reason: read.reason };
  }
}
