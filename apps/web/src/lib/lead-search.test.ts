import { describe, expect, it } from 'vitest';
import { activeLeadFilters, leadFiltersOf, NO_LEAD_FILTERS, parseLeadsSearch } from './lead-search.ts';
import { present } from './search-params.ts';

const ID = '01a1ff6f-942e-783e-9c8e-2b6e9755f747';
const parse = (raw: Record<string, unknown>) => present(parseLeadsSearch(raw));

describe('parseLeadsSearch', () => {
  it('keeps what the API takes', () => {
    const raw = {
      search: 'bak',
      state: 'qualified',
      tag: 'call back',
      minScore: 0,
      maxScore: 100,
      hasEmail: true,
      hasPhone: false,
      keyword: 'shop',
      language: 'de',
      country: 'DE',
      groupId: ID,
      lead: ID,
      sort: 'updated',
      order: 'asc',
      campaignId: ID,
      view: 'groups',
    };
    expect(parse(raw)).toEqual(raw);
  });

  it('drops what it would refuse', () => {
    expect(
      parse({
        state: 'old',
        minScore: -1,
        maxScore: 100.5,
        hasEmail: 'maybe',
        language: 'x',
        country: 'DEU',
        groupId: 'x',
        lead: 7,
        sort: 'id',
        search: ' ',
        tag: 'x'.repeat(201),
      }),
    ).toEqual({});
    expect(parse({ search: 42 })).toEqual({ search: '42' });
  });
});

describe('filters', () => {
  it('are told from the rest of the address', () => {
    expect(
      leadFiltersOf(parseLeadsSearch({ minScore: 0, sort: 'score', lead: ID, hasPhone: false })),
    ).toEqual({ minScore: 0, hasPhone: false });
  });

  it('are counted as a person would', () => {
    expect(activeLeadFilters(NO_LEAD_FILTERS)).toBe(0);
    expect(activeLeadFilters({ minScore: 10, maxScore: 20, tag: 'a' })).toBe(2);
    expect(activeLeadFilters({ maxScore: 20, hasEmail: false })).toBe(2);
  });
});
