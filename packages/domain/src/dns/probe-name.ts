import type { Randomness } from '../random.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LABEL_LENGTH = 16;

/** A label that nobody has registered: 16 random letters and digits, a letter first (82 bits). */
export function randomLabel(random: Randomness): string {
  let label = ALPHABET.charAt(random.below(26));
  while (label.length < LABEL_LENGTH) label += ALPHABET.charAt(random.below(ALPHABET.length));
  return label;
}

/** The zone above a name; null for a name of one label, whose parent is the root. */
export function parentOf(name: string): string | null {
  const dot = name.indexOf('.');
  return dot < 0 ? null : name.slice(dot + 1);
}
