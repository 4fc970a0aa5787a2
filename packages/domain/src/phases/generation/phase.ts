import { SKIP_REASONS, skipReasonLabel } from '../../generation/candidate.ts';
import { type CampaignRange, campaignRange } from '../../generation/compile-pattern.ts';
import { generateRange } from '../../generation/generate-range.ts';
import type { PhaseDefinition, PhasePlan, VerdictInfo } from '../phase.ts';
import { type GenerationConfig, generationConfigSchema } from './config.ts';

const GENERATED: VerdictInfo = {
  status: 'ok',
  retry: 'no',
  label: 'Generated',
  explanation: 'The pattern gives this name at its offset; it is part of the campaign.',
};

const verdicts: Readonly<Record<string, VerdictInfo>> = {
  GENERATED,
  ...Object.fromEntries(
    SKIP_REASONS.map((reason): [string, VerdictInfo] => [
      reason,
      {
        status: 'error',
        retry: 'no',
        label: skipReasonLabel(reason),
        explanation:
          'The offset of the pattern gives no name for this campaign, so it was skipped and counted.',
      },
    ]),
  ),
};

/** The range that was compiled last: a worker's batches are mostly of one campaign, and each comes with a plan of its own. */
let latest: { readonly key: string; readonly range: CampaignRange } | null = null;

function rangeOf({ config, wordLists }: PhasePlan<GenerationConfig>): CampaignRange {
  const hashes = [...(wordLists?.values() ?? [])].map(({ contentHash }) => contentHash);
  const key = JSON.stringify([config.pattern, hashes]);
  if (latest?.key !== key) latest = { key, range: campaignRange(config.pattern, wordLists) };
  return latest.range;
}

/**
 * Writes the names of the campaign's part of its pattern's space. The ordinal of a name is its offset less the
 * pattern's `startOffset`; a skipped offset leaves its ordinal unused.
 */
export const generationPhase: PhaseDefinition<GenerationConfig> = {
  name: 'generation',
  label: 'Generation',
  description: 'Writes the names that the pattern means, in the order of their offsets.',
  requires: null,
  verdicts,
  configSchema: generationConfigSchema,
  persona: null,
  usesKeywordSets: false,
  loadsPages: false,
  looksUpNames: false,
  batchSize: 10_000,
  async *run({ plan, lo, hi, signal }) {
    if (signal.aborted) return;
    const { space, start } = rangeOf(plan);
    yield generateRange(space, start + BigInt(lo), start + BigInt(hi), lo);
  },
};
