import { PRESET_VALUES, shapingSchema } from '@domainflow/domain/shaping/shaping-schema.ts';
import { describe, expect, it } from 'vitest';
import {
  choiceOf,
  SHAPING_CHOICES,
  shapingFacts,
  shapingFor,
  shapingProblems,
  valuesOf,
} from './shaping-choice.ts';

const night = { timeZone: 'Europe/Berlin', from: '22:00', to: '06:00', days: ['mon' as const] };

describe('the choice of a shaping', () => {
  it.each(SHAPING_CHOICES)('is what was chosen: %s', (choice) => {
    const shaping = shapingFor(choice, { preset: 'gentle', quietHours: night });
    expect(choiceOf(shaping)).toBe(choice);
    expect(shapingSchema.nullable().safeParse(shaping).success).toBe(true);
  });

  it('keeps quiet hours from one preset to the other', () => {
    expect(shapingFor('discreet', { preset: 'gentle', quietHours: night })).toEqual({
      preset: 'discreet',
      quietHours: night,
    });
  });

  it('begins own settings with what the preset meant', () => {
    expect(shapingFor('own', { preset: 'discreet' })).toEqual(PRESET_VALUES.discreet);
    expect(valuesOf(shapingFor('own', null)).order).toBe('sequential');
  });

  it('sees a preset that was changed as own settings, with what the preset means beside', () => {
    const changed = { preset: 'gentle' as const, order: 'sequential' as const };
    expect(choiceOf(changed)).toBe('own');
    expect(valuesOf(changed)).toEqual({ ...PRESET_VALUES.gentle, order: 'sequential' });
  });
});

describe('half-typed settings', () => {
  const jitter = { distribution: 'uniform' as const, meanMs: Number.NaN, spread: 2 };

  it('stay as they were typed', () => {
    expect(valuesOf({ ...valuesOf(null), jitter }).jitter).toEqual(jitter);
  });

  it('are complained of at their fields', () => {
    const problems = shapingProblems({ ...valuesOf(null), jitter });
    expect(problems.get('jitter.meanMs')).toBe('A number');
    expect(problems.get('jitter.spread')).toBe('At most 1');
    expect(problems.size).toBe(2);
    expect(shapingProblems({ quietHours: { ...night, to: '22:00' } }).get('quietHours.to')).toContain(
      'differ',
    );
    expect(shapingProblems(null).size).toBe(0);
  });
});

describe('what a shaping does', () => {
  it('is said for the phase that it belongs to', () => {
    expect(shapingFacts(PRESET_VALUES.discreet, 'dns')).toEqual([
      'Domains in a random order.',
      'Starts 200 ms apart on average (exponential), of all workers together.',
      'Resolvers take turns as the one that is asked first.',
      'At most 10 a second at each resolver.',
      'At most 5 a second at the name servers of each public suffix.',
      'At most 1 a second and 1 at once at each registrable domain.',
    ]);
    expect(shapingFacts({ ...PRESET_VALUES.gentle, quietHours: night }, 'http')).toEqual([
      'Domains in a random order.',
      'At most 5 a second and 4 at once at each address.',
      'At most 5 a second and 2 at once at each registrable domain.',
      'Nothing from 22:00 to 06:00 (Europe/Berlin).',
    ]);
  });
});
