import { z } from 'zod';

/** The columns of an export as people choose them: each once, in the order in which they are written; all where absent. */
export const chosenColumns = <const Columns extends readonly string[]>(columns: Columns) =>
  z
    .array(z.enum(columns))
    .min(1)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'A column can be chosen once only.')
    .default([...columns]);
