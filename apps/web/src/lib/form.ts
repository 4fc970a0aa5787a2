import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { type AppError, toAppError } from './app-error.ts';

export { zodResolver };

/**
 * Shows an error of the API at the field that it names. `prefix` is where the form stands in the call's input. Returns
 * the error where no field of the form is at fault, for the page to show.
 */
export function showFieldError<Values extends FieldValues>(
  error: unknown,
  fields: readonly Path<Values>[],
  setError: UseFormSetError<Values>,
  prefix = '',
): AppError | null {
  const problem = toAppError(error);
  const path =
    problem.field?.startsWith(prefix) === true ? problem.field.slice(prefix.length) : problem.field;
  const field = fields.find((each) => path === each || path?.startsWith(`${each}.`) === true);
  if (field === undefined) return problem;
  setError(field, { type: 'server', message: problem.message }, { shouldFocus: true });
  return null;
}

/** An empty field of numbers stands for `null`: no limit of its own. */
export const orNull = (value: unknown): number | null =>
  value === '' || value === null || value === undefined ? null : Number(value);
