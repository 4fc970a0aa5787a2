import { z } from 'zod';
import { keywordSetIdSchema, scoreProfileIdSchema } from '../../ids.ts';

export const analysisConfigSchema = z.object({
  keywordSetIds: z.array(keywordSetIdSchema).max(50).default([]),
  /** The profile that leads are scored with; null: the default one. */
  scoreProfileId: scoreProfileIdSchema.nullable().default(null),
  /** The least score with which a page becomes a lead. */
  minScore: z.int().min(0).max(100).default(20),
});
export type AnalysisConfig = z.infer<typeof analysisConfigSchema>;
