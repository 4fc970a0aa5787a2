import type { AppError } from '../../lib/app-error.ts';

/** Why the name of a list is refused, null where something else is; a conflict is a name that is taken. */
export const nameFault = (problem: AppError | null): string | null =>
  problem !== null && (problem.field === 'name' || problem.code === 'CONFLICT') ? problem.message : null;
