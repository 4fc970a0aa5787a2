import { describe, expect, it } from 'vitest';
import { parseCampaignSearch, parseCampaignsSearch, present } from './search-params.ts';

describe('search parameters', () => {
  it('drop what they do not know', () => {
    expect(
      present(parseCampaignsSearch({ status: 'active', type: 'nonsense', sort: 7, extra: 'x' })),
    ).toEqual({
      status: 'active',
    });
    expect(present(parseCampaignSearch({ tab: 'leads', dnsStatus: 'maybe', search: '' }))).toEqual({
      tab: 'leads',
    });
  });

  it('take numbers as the text that was typed', () => {
    expect(parseCampaignSearch({ search: 42 }).search).toBe('42');
  });
});
