import type { CallApi } from './call-api.ts';

export interface ApiDomain {
  readonly domain: string;
  readonly dnsStatus: string | null;
  readonly httpStatus: string | null;
  readonly httpStatusCode: number | null;
  readonly leadStatus: string | null;
  readonly score: number | null;
}

/** All domains that match, page by page. */
export async function readDomains(
  api: CallApi,
  campaignId: string,
  filters: Readonly<Record<string, string>>,
): Promise<ApiDomain[]> {
  const found: ApiDomain[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ ...filters, limit: '1000', ...(cursor === null ? {} : { cursor }) });
    const page: { items: ApiDomain[]; nextCursor: string | null } = await api.get(
      `campaigns/${campaignId}/domains?${query}`,
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** Rows of a CSV file (RFC 4180) as records by the names in its first line. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g)) {
    const [whole, cell = '', end = ''] = match;
    if (whole === '' && row.length === 0) break;
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  const [header = [], ...body] = rows;
  return body.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}
