import { SKIP_REASONS } from '@domainflow/domain/generation/candidate.ts';
import type { NameSpace } from '@domainflow/domain/generation/name-space.ts';
import { sampleOffsets } from '@domainflow/domain/generation/sample-offsets.ts';
import { z } from 'zod';

export const sampledOffsetSchema = z.object({
  /** A decimal string. */
  offset: z.string(),
  /** Null: the offset gives no name. */
  name: z.string().nullable(),
  /** Why it is skipped; null where it gives a name. */
  skipped: z.enum(SKIP_REASONS).nullable(),
});

/** Up to `n` offsets from across [start, start + length), as they are. */
export const sampleSpace = (
  space: NameSpace,
  start: bigint,
  length: bigint,
  n: number,
): z.output<typeof sampledOffsetSchema>[] =>
  sampleOffsets(length, n).map((from) => {
    const offset = start + from;
    const candidate = space.nameAt(offset);
    return candidate.ok
      ? { offset: String(offset), name: candidate.name, skipped: null }
      : { offset: String(offset), name: null, skipped: candidate.reason };
  });
