import { describe, expect, it } from 'vitest';
import { PHASE_NAMES } from '../phases/phase.ts';
import { CAMPAIGN_PRESETS, CAMPAIGN_TYPES, INPUT_SOURCES, phasesOf } from './types.ts';

describe.each(CAMPAIGN_TYPES)('a %s campaign', (type) => {
  it('runs its phases in the order of the registry, with at least one for each of its inputs', () => {
    const { phases, sources } = CAMPAIGN_PRESETS[type];
    expect([...phases]).toEqual(PHASE_NAMES.filter((name) => phases.includes(name)));
    for (const source of sources) expect(phasesOf(type, source).length).toBeGreaterThan(0);
  });

  it('generates exactly where its input is a pattern', () => {
    for (const source of INPUT_SOURCES) {
      const generates = phasesOf(type, source).includes('generation');
      expect(generates).toBe(source === 'pattern' && CAMPAIGN_PRESETS[type].phases.includes('generation'));
    }
  });
});
