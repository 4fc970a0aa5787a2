import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { previewPattern as preview } from '@domainflow/domain/generation/preview-pattern.ts';
import { z } from 'zod';
import { query } from '../operation.ts';

export const previewPattern = query({
  name: 'campaigns.previewPattern',
  summary: 'Size of a pattern’s space and a sample of its names',
  rest: { method: 'POST', path: '/campaigns/domain-generation/preview' },
  access: 'member',
  input: z.object({ pattern: patternSchema, samples: z.int().min(1).max(200).default(20) }),
  output: z.object({
    /** Offsets of the whole space, a decimal string. */
    size: z.string(),
    /** Offsets from `startOffset` on. */
    available: z.string(),
    sample: z.array(z.string()),
  }),
  async run(_, { pattern, samples }) {
    try {
      const { size, available, sample } = preview(pattern, samples);
      return { size: String(size), available: String(available), sample: sample.map(({ name }) => name) };
    } catch (error) {
      if (!(error instanceof DomainFlowError)) throw error;
      const field = error.field === null ? 'pattern' : `pattern.${error.field}`;
      throw new DomainFlowError(error.code, error.message, { field, details: error.details });
    }
  },
});
