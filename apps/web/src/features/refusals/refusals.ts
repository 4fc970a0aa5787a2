import { DOMAIN_NAME_REASONS } from '@domainflow/domain/domain-name/reasons.ts';
import { z } from 'zod';
import { toAppError } from '../../lib/app-error.ts';

/** A piece of a list that is no domain name, with the line that it stands on, from 1. */
export interface RefusedLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** Reasons that belong to files alone. */
const FILE_REASONS: Readonly<Record<string, string>> = {
  LINE_TOO_LONG: 'The line is far longer than a domain name',
};

/** Why a piece of a list was refused, in words; a reason that is not known here in its own, readable. */
export function refusalLabel(reason: string): string {
  const known = { ...DOMAIN_NAME_REASONS, ...FILE_REASONS }[reason];
  if (known !== undefined) return known;
  const words = reason.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a line of a word list was refused for: a word is one label, without dots. */
const WORD_REASONS: Readonly<Record<string, string>> = {
  BAD_CHARACTER: 'A word has letters, digits and hyphens alone',
  LABEL_TOO_LONG: 'A word has at most 63 characters',
  BAD_IDN: 'Not a valid internationalised word',
};

/** The same for a word of a word list. */
export const wordRefusalLabel = (reason: string): string => WORD_REASONS[reason] ?? refusalLabel(reason);

const SEPARATORS = /[\s,;]+/;

/** The names of a typed list, one a line, or separated by commas or spaces; empty lines are nothing. */
export const namesOf = (list: string): string[] => list.split(SEPARATORS).filter((name) => name !== '');

/** The line of each of `namesOf(list)`, from 1. */
export const linesOf = (list: string): number[] =>
  list.split('\n').flatMap((text, index) => namesOf(text).map(() => index + 1));

const listDetails = z.object({
  rejected: z.number(),
  first: z.array(z.object({ index: z.number(), text: z.string(), reason: z.string() })),
});
const fileDetails = z.object({
  byReason: z.record(z.string(), z.number()),
  first: z.array(z.object({ line: z.number(), text: z.string(), reason: z.string() })),
});

export interface Refusal {
  /** Number of pieces that were refused, those that are not shown included. */
  readonly rejected: number;
  readonly first: readonly RefusedLine[];
}

/** What the API refused of a typed list or of a file; null where the error is another. */
export function readRefusal(error: unknown, list: string): Refusal | null {
  const { details } = toAppError(error);
  const typed = listDetails.safeParse(details).data;
  if (typed !== undefined) {
    const lines = linesOf(list);
    const first = typed.first.map(({ index, text, reason }) => ({ line: lines[index] ?? 0, text, reason }));
    return { rejected: typed.rejected, first };
  }
  const file = fileDetails.safeParse(details).data;
  if (file === undefined) return null;
  const rejected = Object.values(file.byReason).reduce((sum, count) => sum + count, 0);
  return { rejected, first: file.first };
}
