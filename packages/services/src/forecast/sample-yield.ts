import { DNS_VERDICTS, type DnsVerdict } from '@domainflow/domain/dns/verdicts.ts';
import { wilsonInterval } from '@domainflow/domain/generation/wilson-interval.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { VerdictInfo } from '@domainflow/domain/phases/phase.ts';
import type { Probes } from '@domainflow/domain/probe/probes.ts';
import { z } from 'zod';

export const MAX_YIELD_SAMPLE = 500;

const shareSchema = z.object({ share: z.number(), low: z.number(), high: z.number() });

export const sampledYieldSchema = z.object({
  /** Random names of the range that were really resolved. */
  sampled: z.int(),
  live: z.int(),
  /** Of these nothing could be found out (timeouts, failures): the share is that of the others. */
  undecided: z.int(),
  byVerdict: z.record(z.string(), z.int()),
  /** Of the names, those that are live, with the 95% interval by Wilson; null where no answer decided anything. */
  yield: shareSchema.nullable(),
  /** The same for the campaign. */
  liveNames: z.object({ expected: z.int(), low: z.int(), high: z.int() }).nullable(),
  /** Names of the sample that resolve. */
  examples: z.array(z.string()),
});
export type SampledYield = z.output<typeof sampledYieldSchema>;

const MAX_EXAMPLES = 10;

/** Asks for `names`, a random sample of a campaign of `total` names, as its DNS phase would. */
export async function sampleYield(
  probes: Pick<Probes, 'resolveSample'>,
  persona: DnsPersona,
  names: readonly string[],
  total: number,
  signal: AbortSignal,
): Promise<SampledYield> {
  const answers = names.length === 0 ? [] : await probes.resolveSample(persona, names, signal);
  const byVerdict: Partial<Record<DnsVerdict, number>> = {};
  const live: string[] = [];
  let undecided = 0;
  for (const { name, verdict } of answers) {
    byVerdict[verdict] = (byVerdict[verdict] ?? 0) + 1;
    const { status, retry }: VerdictInfo = DNS_VERDICTS[verdict];
    if (status === 'ok') live.push(name);
    else if (retry !== 'no') undecided++;
  }
  const estimate = wilsonInterval(live.length, answers.length - undecided);
  return {
    sampled: answers.length,
    live: live.length,
    undecided,
    byVerdict: Object.fromEntries(Object.entries(byVerdict)),
    yield: estimate,
    liveNames:
      estimate === null
        ? null
        : {
            expected: Math.round(estimate.share * total),
            low: Math.floor(estimate.low * total),
            high: Math.ceil(estimate.high * total),
          },
    examples: live.slice(0, MAX_EXAMPLES),
  };
}
