import { describe, expect, it } from 'vitest';
import { domainExportUrl, leadExportUrl } from './export-url.ts';

const read = (url: string): { path: string; query: object } => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  return { path: pathname, query: Object.fromEntries(searchParams) };
};

describe('addresses of exports', () => {
  it('have the filters of domains that are set', () => {
    const filters = { dnsStatus: 'ok', search: 'a & b', httpStatus: undefined } as const;
    expect(read(domainExportUrl('c/1', 'ndjson', filters))).toEqual({
      path: '/api/v2/campaigns/c%2F1/results',
      query: { format: 'ndjson', dnsStatus: 'ok', search: 'a & b' },
    });
  });

  it('have the columns of leads in their order', () => {
    const filters = { campaignId: 'c', hasEmail: false, minScore: 0, tag: 'a & b', search: undefined };
    expect(read(leadExportUrl('xlsx', ['score', 'domain'], filters))).toEqual({
      path: '/api/v2/leads/export',
      query: {
        format: 'xlsx',
        columns: 'score,domain',
        campaignId: 'c',
        hasEmail: 'false',
        minScore: '0',
        tag: 'a & b',
      },
    });
  });
});
