import { DEFAULT_SCORE_PROFILE } from '@domainflow/domain/scoring/score-profile.ts';
import { describe, expect, it } from 'vitest';
import { WEIGHT_SECTIONS } from './weight-sections.ts';
import { sameWeights, weightAt, weightErrors, withWeight } from './weights.ts';

const DEFAULT = DEFAULT_SCORE_PROFILE;

describe('weights by path', () => {
  it('are read and replaced, and the rest stays', () => {
    const changed = withWeight(DEFAULT, 'keywords.placeFactor.title', 3);
    expect(weightAt(changed, 'keywords.placeFactor.title')).toBe(3);
    expect(weightAt(DEFAULT, 'keywords.placeFactor.title')).toBe(1.5);
    expect(withWeight(changed, 'keywords.placeFactor.title', 1.5)).toEqual(DEFAULT);
    expect(weightAt(DEFAULT, 'keywords.nothing.here')).toBeUndefined();
  });

  it('keep what this version of the app does not know', () => {
    const later = { ...DEFAULT, keywords: { ...DEFAULT.keywords, later: 7 }, also: { x: 1 } };
    expect(withWeight(later, 'keywords.max', 5)).toMatchObject({ keywords: { later: 7 }, also: { x: 1 } });
  });

  it('every field of the editor is a number of the profile', () => {
    const paths = WEIGHT_SECTIONS.flatMap((section) => section.fields.map(({ path }) => path));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(typeof weightAt(DEFAULT, path), path).toBe('number');
  });
});

describe('errors of weights', () => {
  it('stand at their paths', () => {
    expect(weightErrors(DEFAULT).size).toBe(0);
    const wrong = withWeight(withWeight(DEFAULT, 'keywords.max', -1), 'contacts.email', Number.NaN);
    expect(Object.fromEntries(weightErrors(wrong))).toEqual({
      'keywords.max': 'At least 0',
      'contacts.email': 'A number is needed',
    });
  });
});

describe('sameWeights', () => {
  it('does not mind the order of names', () => {
    const one = withWeight(DEFAULT, 'technologies.byName', { a: 1, b: 2 });
    const other = withWeight(DEFAULT, 'technologies.byName', { b: 2, a: 1 });
    expect(sameWeights(one, other)).toBe(true);
    expect(sameWeights(one, DEFAULT)).toBe(false);
  });
});
