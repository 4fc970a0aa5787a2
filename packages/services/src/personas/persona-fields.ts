import { z } from 'zod';

/** What a persona has besides its configuration. */
export const personaFields = {
  name: z.string().trim().min(1, 'A name is needed').max(100),
  description: z.string().trim().max(2_000),
};
