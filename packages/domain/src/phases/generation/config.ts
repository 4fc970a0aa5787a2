import { z } from 'zod';
import { patternSchema } from '../../generation/pattern.ts';

/** Set from the campaign's input when it is created. */
export const generationConfigSchema = z.object({ pattern: patternSchema });
export type GenerationConfig = z.infer<typeof generationConfigSchema>;
