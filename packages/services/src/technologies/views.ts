import type { technologyImports } from '@domainflow/db/schema/technology-import.ts';
import { z } from 'zod';

export const technologyImportSchema = z.object({
  technologyImportId: z.string(),
  name: z.string(),
  /** Technologies that were taken, and patterns of theirs. */
  imported: z.int(),
  patterns: z.int(),
  refused: z.object({
    /** Technologies of which nothing could be used, by reason. */
    technologies: z.record(z.string(), z.int()),
    /** Single patterns that could not be used, by reason; other patterns of the same technology may have been. */
    patterns: z.record(z.string(), z.int()),
    /** The first of both. */
    examples: z.array(z.object({ technology: z.string(), where: z.string(), reason: z.string() })),
  }),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
});

type Row = Omit<typeof technologyImports.$inferSelect, 'fingerprints'>;

export const technologyImportOf = (row: Row): z.input<typeof technologyImportSchema> => ({
  technologyImportId: row.id,
  name: row.name,
  imported: row.technologies,
  patterns: row.patterns,
  refused: row.refusals,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
});
