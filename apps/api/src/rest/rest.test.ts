import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
let member: ApiUser;
let other: ApiUser;
let admin: ApiUser;
beforeAll(async () => {
  api = await openApiFixture();
  member = await api.signIn('rest-member', 'member');
  other = await api.signIn('rest-other', 'member');
  admin = await api.signIn('rest-admin', 'admin');
});
afterAll(() => api.close());

const read = (response: Response): Promise<Record<string, unknown>> => response.json() as never;

const draft = (campaignName: string) => ({
  campaignName,
  campaignType: 'dns',
  mode: 'step_by_step',
  input: { source: 'list', domains: ['example.com', 'example.org'] },
});

async function createCampaign(user: ApiUser, name: string): Promise<string> {
  const response = await user.fetch('/api/v2/campaigns', { json: draft(name) });
  expect(response.status).toBeLessThan(300);
  return (await read(response)).campaignId as string;
}

describe('bodies', () => {
  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['no type', { 'content-type': '' }, '{}', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['broken JSON', { 'content-type': 'application/json' }, '{"a":', 400, 'MALFORMED_REQUEST'],
    [
      'Latin-1',
      { 'content-type': 'application/json' },
      Uint8Array.of(0x7b, 0x22, 0xe4, 0x22, 0x3a, 0x31, 0x7d),
      400,
      'MALFORMED_REQUEST',
    ],
    ['an array', { 'content-type': 'application/json' }, '[]', 400, 'MALFORMED_REQUEST'],
    ['a text', { 'content-type': 'application/json; charset=utf-8' }, '"a"', 400, 'MALFORMED_REQUEST'],
  ])('%s is refused', async (_name, headers, body, status, code) => {
    const response = await member.fetch('/api/v2/campaigns', { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await read(response)).toMatchObject({ code, field: null, message: expect.any(String) });
  });

  test('more than 4 MiB is refused, announced or not', async () => {
    const body = JSON.stringify({ ...draft('big'), notes: 'x'.repeat(5 * 1024 * 1024) });
    const headers = { 'content-type': 'application/json' };
    const announced = await member.fetch('/api/v2/campaigns', {
      method: 'POST',
      headers: { ...headers, 'content-length': String(body.length) },
      body,
    });
    expect(announced.status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const streamed = await member.fetch('/api/v2/campaigns', {
      ...{ method: 'POST', headers, body: chunks, duplex: 'half' },
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(await read(streamed)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  test('names the field at fault, and lists the others', async () => {
    const response = await member.fetch('/api/v2/campaigns', {
      json: { ...draft(''), campaignType: 'nonsense' },
    });
    expect(response.status).toBe(422);
    const error = await read(response);
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    const { issues } = error.details as { issues: { field: string }[] };
    expect(issues.map(({ field }) => field).sort()).toEqual(['campaignName', 'campaignType']);
    expect(issues.map(({ field }) => field)).toContain(error.field);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', '\ud800'],
  ])('%s in a text is refused', async (_name, text) => {
    const response = await member.fetch('/api/v2/campaigns', { json: { ...draft('x'), notes: text } });
    expect(response.status).toBe(422);
    expect(await read(response)).toMatchObject({ code: 'INVALID_INPUT', field: 'notes' });
  });

  test.each([
    ['/campaigns', { ...draft('misspelt'), campainType: 'dns' }, 'campainType'],
    ['/leads/bulk', { filters: {}, state: 'rejected' }, 'filters'],
    ['/leads/bulk', { filter: { minscore: 60 }, state: 'rejected' }, 'filter.minscore'],
    ['/leads/export', { minscore: 60 }, 'minscore'],
    ['/personas/test', { kind: 'dns', conf: {} }, 'conf'],
  ])('%s refuses a field that it does not know: %j', async (path, json, field) => {
    const response = await member.fetch(`/api/v2${path}`, { json });
    expect(response.status).toBe(422);
    expect(await read(response)).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  test('an id that differs between path and body is refused', async () => {
    const id = await createCampaign(member, 'path and body');
    const response = await member.fetch(`/api/v2/campaigns/${id}`, {
      method: 'PUT',
      json: { id: '00000000-0000-4000-8000-000000000000', version: 1 },
    });
    expect(response.status).toBe(422);
    expect(await read(response)).toMatchObject({ field: 'id' });
  });
});

describe('query strings', () => {
  test('numbers are read by the schema, and a wrong one names its field', async () => {
    const good = await read(await member.fetch('/api/v2/campaigns?limit=1&offset=0'));
    expect(good.items).toBeInstanceOf(Array);
    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['cursor=nonsense', 'cursor'],
      ['order=sideways', 'order'],
      ['satus=active', 'satus'],
    ]) {
      const response = await member.fetch(`/api/v2/campaigns?${query}`);
      expect(response.status, query).toBe(422);
      expect(await read(response), query).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });
});

describe('paths and methods', () => {
  test('unknown paths answer 404 in the shape of all errors', async () => {
    for (const path of ['/api/v2/nothing', '/api/v3', '/api/v2/campaigns/a/b/c/d', '/nothing.html']) {
      const response = await member.fetch(path);
      expect(response.status, path).toBe(404);
      expect(await read(response)).toMatchObject({ code: 'NOT_FOUND', field: null });
    }
  });

  test('a wrong method answers 405 with those that are possible', async () => {
    const response = await member.fetch('/api/v2/campaigns', { method: 'PATCH' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
    expect(await read(response)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  test("somebody else's campaign looks like a missing one; an administrator sees it", async () => {
    const id = await createCampaign(member, 'mine');
    const missing = '01900000-0000-7000-8000-000000000000';
    const foreign = await read(await other.fetch(`/api/v2/campaigns/${id}`));
    const absent = await read(await other.fetch(`/api/v2/campaigns/${missing}`));
    expect(foreign.code).toBe('NOT_FOUND');
    expect((foreign.message as string).replace(id, '')).toBe((absent.message as string).replace(missing, ''));
    expect((await admin.fetch(`/api/v2/campaigns/${id}`)).status).toBe(200);
  });
});

describe('headers', () => {
  test('answers are not kept, carry an id, and allow no inline script', async () => {
    const response = await member.fetch('/api/v2/me', { headers: { 'x-request-id': 'abcdefgh' } });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toBe('abcdefgh');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  test('a request id that could forge a log line is replaced', async () => {
    const response = await member.fetch('/api/v2/me', { headers: { 'x-request-id': 'a b"c' } });
    expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  test.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://domainflow.test' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('changes from %s are refused, reads are not', async (_name, headers) => {
    for (const path of ['/api/v2/auth/logout', '/trpc/auth.logout']) {
      const response = await member.fetch(path, { method: 'POST', headers, json: {} });
      expect(response.status, path).toBe(403);
    }
    expect((await member.fetch('/api/v2/me', { headers })).status).toBe(200);
  });

  test('changes from our own pages pass', async () => {
    for (const headers of [
      { host: 'domainflow.test', origin: 'http://domainflow.test' },
      { 'sec-fetch-site': 'same-origin', origin: 'https://behind-a-proxy.example' },
    ]) {
      const response = await member.fetch('/api/v2/campaigns', { headers, json: draft('own page') });
      expect(response.status).toBeLessThan(300);
    }
  });
});

describe('results', () => {
  const open = () => api.sql`SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid() AND query LIKE '%ordinal%'`;

  test('come as files in each format, with the columns and filters asked for', async () => {
    const id = await createCampaign(member, 'results');
    await api.sql`INSERT INTO domains (campaign_id, ordinal, name)
      SELECT ${id}, n, 'name' || n || '.com' FROM generate_series(100, 20000) AS n`;
    const path = `/api/v2/campaigns/${id}/results`;
    const csv = await member.fetch(`${path}?columns=domain,dnsStatus`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.csv"$/);
    const lines = (await csv.text()).trim().split('\n');
    expect(lines[0]).toBe('domain,dnsStatus');
    expect(lines.length).toBe(19_901 + 1 + 2);
    const json = await member.fetch(`${path}?format=json&search=name2000&columns=domain`);
    expect(((await json.json()) as object[]).length).toBeGreaterThan(0);
    const ndjson = await (await member.fetch(`${path}?format=ndjson&columns=domain`)).text();
    expect(ndjson.split('\n').length).toBe(19_901 + 2 + 1);
    // A client that leaves, and one that asks for the head only, leave no cursor open.
    const partial = await member.fetch(path);
    const reader = partial.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const head = await member.fetch(path, { method: 'HEAD' });
    expect(head.status).toBe(200);
    await expect.poll(async () => (await open()).length, { timeout: 5_000 }).toBe(0);
  });

  test('are refused as everything else is', async () => {
    const id = await createCampaign(member, 'no results');
    expect((await other.fetch(`/api/v2/campaigns/${id}/results`)).status).toBe(404);
    expect((await api.fetch(`/api/v2/campaigns/${id}/results`)).status).toBe(401);
    for (const query of ['format=xls', 'columns=secrets', 'dnsStatus=maybe', 'unknown=1']) {
      expect((await member.fetch(`/api/v2/campaigns/${id}/results?${query}`)).status, query).toBe(422);
    }
    expect((await member.fetch('/api/v2/campaigns/nonsense/results')).status).toBe(422);
  });
});

describe('Idempotency-Key', () => {
  test('the same request twice makes one campaign', async () => {
    const headers = { 'idempotency-key': 'create-1' };
    const first = await read(await member.fetch('/api/v2/campaigns', { headers, json: draft('once') }));
    const second = await read(await member.fetch('/api/v2/campaigns', { headers, json: draft('once') }));
    expect(second).toEqual(first);
    const list = await read(await member.fetch('/api/v2/campaigns?search=once'));
    expect(list.total).toBe(1);
    const changed = await member.fetch('/api/v2/campaigns', { headers, json: draft('twice') });
    expect(changed.status).toBe(409);
    expect(await read(changed)).toMatchObject({ code: 'CONFLICT', field: 'Idempotency-Key' });
  });
});
