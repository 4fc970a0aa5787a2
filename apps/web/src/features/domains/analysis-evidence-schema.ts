import { z } from 'zod';

/** Evidence of an analysis as pages lay it out; what is more is left to the raw view. */
export const analysisEvidenceSchema = z.object({
  score: z.number(),
  minScore: z.number(),
  scoreParts: z.array(z.object({ part: z.string(), points: z.number(), reason: z.string() })),
  keywords: z.array(z.string()),
  contacts: z.number(),
  technologies: z.array(z.string()),
  parked: z.array(z.string()).optional(),
});
export type AnalysisEvidence = z.output<typeof analysisEvidenceSchema>;
