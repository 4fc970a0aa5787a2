import type { Database, Transaction } from '@domainflow/db/client.ts';
import { patternOffsets, patternReservations } from '@domainflow/db/schema/pattern-offset.ts';
import type { StoredInput } from '@domainflow/domain/campaign/input.ts';
import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { goesOn } from '../../pattern-offsets/take-range.ts';
import type { campaignViewSchema } from '../views.ts';

type GenerationView = Pick<
  z.output<typeof campaignViewSchema>,
  | 'maxTheoreticalDomains'
  | 'targetDomainsToGenerate'
  | 'generationStrategy'
  | 'enforceUniqueness'
  | 'resumeFlag'
  | 'patternRange'
>;

const NO_GENERATION: GenerationView = {
  maxTheoreticalDomains: null,
  targetDomainsToGenerate: null,
  generationStrategy: null,
  enforceUniqueness: null,
  resumeFlag: null,
  patternRange: null,
};

/** What a campaign generates, and from which part of its pattern's space. */
export async function readGeneration(
  db: Database | Transaction,
  campaignId: string,
  input: StoredInput,
): Promise<GenerationView> {
  if (input.source !== 'pattern') return NO_GENERATION;
  const [row] = await db
    .select({
      patternHash: patternReservations.patternHash,
      startOffset: patternReservations.startOffset,
      count: patternReservations.count,
      size: patternOffsets.size,
    })
    .from(patternReservations)
    .innerJoin(patternOffsets, eq(patternOffsets.patternHash, patternReservations.patternHash))
    .where(eq(patternReservations.campaignId, campaignId));
  // Campaigns that were made before some of its fields get their defaults.
  const pattern = patternSchema.parse(input.pattern);
  const { targetDomainsToGenerate, enforceUniqueness } = pattern;
  const given = row === undefined || row.startOffset === null || row.count === null ? null : row;
  return {
    maxTheoreticalDomains: row?.size ?? null,
    targetDomainsToGenerate,
    generationStrategy: pattern.pattern,
    enforceUniqueness,
    resumeFlag: goesOn(pattern),
    patternRange:
      row === undefined
        ? null
        : {
            patternHash: row.patternHash,
            startOffset: given?.startOffset ?? null,
            endOffset:
              given === null ? null : String(BigInt(given.startOffset ?? 0) + BigInt(given.count ?? 0)),
          },
  };
}
