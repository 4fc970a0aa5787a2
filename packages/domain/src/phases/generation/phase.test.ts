import { describe, expect, it } from 'vitest';
import { SKIP_REASONS } from '../../generation/candidate.ts';
import type { PhaseChunk, PhasePorts } from '../phase.ts';
import { ResultList } from '../testing/result-list.ts';
import { generationPhase } from './phase.ts';

const plan = {
  config: generationPhase.configSchema.parse({
    pattern: {
      pattern: 'prefix',
      prefixVariableLength: 3,
      charSet: 'ab-',
      tlds: ['com', 'de'],
      startOffset: '5',
    },
  }),
  persona: null,
  lookupPersona: null,
  keywordRules: [],
};
/** Generation asks nothing of the outside world. */
const ports = {} as PhasePorts;

async function run(lo: number, hi: number, signal = new AbortController().signal): Promise<PhaseChunk[]> {
  const chunks: PhaseChunk[] = [];
  for await (const chunk of generationPhase.run(
    { plan, lo, hi, items: [], loaded: [], sink: new ResultList(), signal, onDrained: () => {} },
    ports,
  ))
    chunks.push(chunk);
  return chunks;
}

describe('the generation phase', () => {
  it('gives a batch as one chunk, names at their ordinals and the rest counted', async () => {
    const [chunk, ...more] = await run(0, 10);
    expect(more).toEqual([]);
    const ordinals = chunk?.domains?.map(({ ordinal }) => ordinal);
    const skipped = Object.values(chunk?.skipped ?? {}).reduce((sum, count) => sum + count, 0);
    expect((ordinals?.length ?? 0) + skipped).toBe(10);
  });

  it('gives the same names in whatever batches', async () => {
    const count = 3 ** 3 * 2 - 5;
    const whole = (await run(0, count)).flatMap(({ domains }) => domains ?? []);
    const parts = [...(await run(0, 17)), ...(await run(17, 18)), ...(await run(18, count))];
    expect(parts.flatMap(({ domains }) => domains ?? [])).toEqual(whole);
    // The first label without a hyphen at its ends, at offset 20 of the space.
    expect(whole[0]).toEqual({ ordinal: 15, name: 'a-a.com' });
  });

  it('begins nothing once it is told to stop', async () => {
    expect(await run(0, 10, AbortSignal.abort())).toEqual([]);
  });

  it('has a verdict for each reason to skip', () => {
    expect(Object.keys(generationPhase.verdicts)).toEqual(['GENERATED', ...SKIP_REASONS]);
  });
});
