import { KEYWORD_PLACES } from '@domainflow/domain/keyword/keyword-rule.ts';
import { describe, expect, it } from 'vitest';
import { placesText, togglePlace } from './places.ts';

describe('places of a rule', () => {
  it('are told in their order', () => {
    expect(placesText(undefined)).toBe('Anywhere');
    expect(placesText(['text', 'title'])).toBe('Title, Text');
  });

  it('are taken away and given back', () => {
    const without = togglePlace(undefined, 'url');
    expect(without).toEqual(['title', 'heading', 'meta', 'text', 'links']);
    expect(togglePlace(without, 'url')).toBeUndefined();
    expect(togglePlace(['text'], 'title')).toEqual(['title', 'text']);
  });

  it('none is anywhere', () => {
    for (const place of KEYWORD_PLACES) expect(togglePlace([place], place)).toBeUndefined();
  });
});
