import { describe, expect, it } from 'vitest';
import {
  ALL_SELECTED,
  isSelected,
  isWholeListSelected,
  NO_SELECTION,
  selectRange,
  toggleLead,
  toggleLoaded,
} from './lead-selection.ts';

const LOADED = ['a', 'b', 'c', 'd'];

describe('a selection of leads', () => {
  it('marks and unmarks one', () => {
    const one = toggleLead(NO_SELECTION, 'b', LOADED);
    expect([...one.ids]).toEqual(['b']);
    expect(toggleLead(one, 'b', LOADED).ids.size).toBe(0);
  });

  it('marks a range in either direction, besides what is marked', () => {
    const marked = toggleLead(NO_SELECTION, 'a', LOADED);
    expect([...selectRange(marked, 3, 2, LOADED).ids]).toEqual(['a', 'c', 'd']);
    expect([...selectRange(NO_SELECTION, 0, 1, LOADED).ids]).toEqual(['a', 'b']);
  });

  it('marks what is loaded, and unmarks it when all of it is marked', () => {
    const loaded = toggleLoaded(NO_SELECTION, LOADED);
    expect(isWholeListSelected(loaded, LOADED)).toBe(true);
    expect(toggleLoaded(loaded, LOADED)).toEqual(NO_SELECTION);
    expect(isWholeListSelected(NO_SELECTION, [])).toBe(false);
  });

  it('of all that match, one less leaves what is loaded', () => {
    expect(isSelected(ALL_SELECTED, 'never loaded')).toBe(true);
    const rest = toggleLead(ALL_SELECTED, 'c', LOADED);
    expect(rest.isAll).toBe(false);
    expect([...rest.ids]).toEqual(['a', 'b', 'd']);
  });
});
