import { technologyImports } from '@domainflow/db/schema/technology-import.ts';
import {
  type ImportedFingerprints,
  importFingerprints,
} from '@domainflow/domain/content/technology/import-fingerprints.ts';
import { OWN_FINGERPRINTS } from '@domainflow/domain/content/technology/own-fingerprints.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { z } from 'zod';
import { inSlices } from '../let-others-run.ts';
import { mutation } from '../operation/operation.ts';
import { nameFields, nameTaken } from '../rows/unique-name.ts';
import { technologyImportOf, technologyImportSchema } from './views.ts';

/** Sets that are kept at once: each is held in the memory of every worker that analyses. */
const MAX_IMPORTS = 5;

export const importTechnologies = mutation({
  name: 'technologies.import',
  summary: 'Import fingerprints in the community’s JSON format; analyses started from now on use them too',
  rest: { method: 'POST', path: '/technologies/import', status: 201, maxBodyBytes: 10 * 1024 * 1024 },
  access: 'admin',
  input: z.object({
    name: nameFields.name,
    /** The file's content: technologies by name, or `{technologies, categories}`. */
    fingerprints: z.record(z.string(), z.unknown()),
  }),
  output: technologyImportSchema,
  audit: ({ name }, { technologyImportId, imported }) => ({
    entity: 'technology_import',
    entityId: technologyImportId,
    details: { name, imported },
  }),

  /** Thousands of expressions are compiled to see whether they run: others get their turn in between. */
  async prepare(_ctx, { fingerprints }): Promise<ImportedFingerprints> {
    const imported = await inSlices(importFingerprints(fingerprints, Object.keys(OWN_FINGERPRINTS)));
    if (imported === null) {
      throw invalidInput(
        'This is not a set of fingerprints: an object of at most 10,000 technologies by name is needed, with at most 60,000 patterns.',
        'fingerprints',
      );
    }
    if (Object.keys(imported.set).length === 0) {
      throw invalidInput('No technology in it has a pattern that can be used.', 'fingerprints', {
        refused: imported.refused,
        patterns: imported.refusedPatterns,
      });
    }
    return imported;
  },

  async run({ tx, actor }, { name }, { set, patterns, refused, refusedPatterns, examples }) {
    const there = await tx.$count(technologyImports);
    if (there >= MAX_IMPORTS)
      throw new DomainFlowError('CONFLICT', `There are ${MAX_IMPORTS} imports already: delete one first.`);
    const [row] = await tx
      .insert(technologyImports)
      .values({
        name,
        technologies: Object.keys(set).length,
        patterns,
        refusals: { technologies: refused, patterns: refusedPatterns, examples: [...examples] },
        fingerprints: { ...set },
        createdBy: actor.userId,
      })
      .onConflictDoNothing({ target: technologyImports.name })
      .returning();
    if (row === undefined) throw nameTaken('technology import', name);
    return technologyImportOf(row);
  },
});
