import { describe, expect, it } from 'vitest';
import { leadExportUrl } from './lead-export-url.ts';

describe('leadExportUrl', () => {
  it('has format, columns in their order, and the filters that are set', () => {
    const url = leadExportUrl('xlsx', ['score', 'domain'], {
      campaignId: 'c',
      hasEmail: false,
      minScore: 0,
      tag: 'a & b',
      search: undefined,
    });
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    expect(pathname).toBe('/api/v2/leads/export');
    expect(Object.fromEntries(searchParams)).toEqual({
      format: 'xlsx',
      columns: 'score,domain',
      campaignId: 'c',
      hasEmail: 'false',
      minScore: '0',
      tag: 'a & b',
    });
  });
});
