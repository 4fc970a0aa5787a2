import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { previewPattern as preview } from '@domainflow/domain/generation/preview-pattern.ts';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { atField, openSpace } from '../pattern-offsets/pattern-space.ts';
import { readNextOffset } from '../pattern-offsets/read-offset.ts';
import { sampledOffsetSchema, sampleSpace } from '../pattern-offsets/sample-space.ts';
import { startOf } from '../pattern-offsets/take-range.ts';
import { wordListsOf } from '../word-lists/word-list-cache.ts';

export const previewPattern = query({
  name: 'campaigns.previewPattern',
  summary: 'Size of a pattern’s space and a sample of its names',
  rest: { method: 'POST', path: '/campaigns/domain-generation/preview' },
  access: 'member',
  input: z.object({ pattern: patternSchema, samples: z.int().min(1).max(200).default(20) }),
  output: z.object({
    /** Offsets of the whole space, a decimal string. */
    size: z.string(),
    /** Offsets from where a campaign would start: the next one that is free, or the pattern's `startOffset`. */
    available: z.string(),
    /** Names from across what is available. */
    sample: z.array(z.string()),
    /** Offsets from across it, with their names, or why they give none and would be skipped. */
    sampledOffsets: z.array(sampledOffsetSchema),
    patternHash: z.string(),
    /** The next offset that no campaign has been given. */
    nextOffset: z.string(),
  }),
  async run({ db }, { pattern, samples }) {
    const lists = wordListsOf(db);
    const { space, patternHash } = await openSpace(lists, pattern, 'pattern');
    const nextOffset = await readNextOffset(db, patternHash);
    const start = startOf(pattern, nextOffset);
    const { size, available, sample } = await atField('pattern', async () =>
      preview({ ...pattern, startOffset: String(start) }, samples, await lists.load(pattern)),
    );
    return {
      size: String(size),
      available: String(available),
      sample: sample.map(({ name }) => name),
      sampledOffsets: sampleSpace(space, start, available, samples),
      patternHash,
      nextOffset: String(nextOffset),
    };
  },
});
