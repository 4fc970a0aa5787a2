import { invalidInput } from '@domainflow/domain/errors.ts';
import { z } from 'zod';
import { NameIntake } from '../uploads/name-intake.ts';
import { parseWord } from './parse-word.ts';

export const wordListFields = {
  name: z.string().trim().min(1, 'A name').max(200),
  description: z.string().trim().max(5_000),
};

export const wordIntake = (): NameIntake => new NameIntake(parseWord, 'words');

/** `INVALID_INPUT` on `field` where nothing that was read is a word. */
export function requireWords({ named, rejected, rejections }: NameIntake, field: string): void {
  if (named > 0) return;
  if (rejected === 0) throw invalidInput('The list holds no words.', field);
  throw invalidInput(
    `None of the ${rejected} lines is a word. Give one word a line, of letters, digits and hyphens.`,
    field,
    rejections,
  );
}
