import { toAppError } from '../../lib/app-error.ts';
import { formatCount } from '../../lib/format.ts';
import { namesOf, type Refusal, readRefusal } from '../refusals/refusals.ts';
import { tooManyNames, type WizardValues } from './wizard-values.ts';

/** What is wrong with a campaign's names as a whole, and where the API named them the pieces at fault. */
export interface InputProblem {
  readonly message: string;
  readonly refusal: Refusal | null;
}

function messageBeforeSending(values: WizardValues, file: File | null): string | null {
  switch (values.source) {
    case 'pattern':
      return null;
    case 'list': {
      const count = namesOf(values.list).length;
      return count === 0 ? 'At least one name' : tooManyNames(count);
    }
    case 'upload':
      if (file === null) return 'Choose a file';
      return file.name.toLowerCase().endsWith('.txt') ? null : 'Only .txt files are taken.';
    case 'campaigns':
      return values.inputCampaignIds.length === 0 ? 'At least one campaign' : null;
  }
}

/** What keeps a person on the step of the names, besides the fields of a pattern. */
export function problemBeforeSending(values: WizardValues, file: File | null): InputProblem | null {
  const message = messageBeforeSending(values, file);
  return message === null ? null : { message, refusal: null };
}

/** What the API said of the names. */
export function problemOfAnswer(error: unknown, values: WizardValues): InputProblem {
  const refusal = readRefusal(error, values.list);
  if (refusal === null || values.source !== 'list') return { message: toAppError(error).message, refusal };
  const count = formatCount(namesOf(values.list).length);
  return { message: `${formatCount(refusal.rejected)} of ${count} are not domain names.`, refusal };
}
