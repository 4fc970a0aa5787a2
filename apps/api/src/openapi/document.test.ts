import { allOperations } from '@domainflow/services/operation/catalogue.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiFixture, type ApiInit, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

type Json = Record<string, unknown>;
interface DocumentedOperation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly responses: Record<string, Json>;
}
type Document = Json & { paths: Record<string, Record<string, DocumentedOperation>> };

let api: ApiFixture;
let admin: ApiUser;
let document: Document;
let ajv: Ajv2020;
beforeAll(async () => {
  api = await openApiFixture();
  admin = await api.signIn('openapi-admin', 'admin');
  document = (await (await api.fetch('/api/v2/openapi.json')).json()) as Document;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'doc');
});
afterAll(() => api.close());

const pointer = (path: readonly string[]): string =>
  path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

/** Checks a reply against what the document says of its path, method and status. */
async function expectDocumented(response: Response, path: string, method: string): Promise<Json> {
  const status = String(response.status);
  const documented = document.paths[path]?.[method];
  expect(documented?.responses[status], `${method} ${path} answered ${status}`).toBeDefined();
  const body = (await response.json()) as Json;
  const inDocument =
    documented?.responses[status]?.$ref === undefined
      ? ['paths', path, method, 'responses', status]
      : ['components', 'responses', 'Error'];
  const validate = ajv.getSchema(`doc#/${pointer([...inDocument, 'content', 'application/json', 'schema'])}`);
  if (validate === undefined) throw new Error(`no schema for ${method} ${path} ${status}`);
  expect(
    validate(body),
    `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)} ${JSON.stringify(body)}`,
  ).toBe(true);
  return body;
}

const call = async (
  user: ApiUser | ApiFixture,
  method: string,
  path: string,
  parameters: Record<string, string> = {},
  init: ApiInit = {},
) => {
  const [bare = '', query = ''] = path.split('?');
  const url = bare.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const response = await user.fetch(`/api/v2${url}${query === '' ? '' : `?${query}`}`, {
    ...init,
    method: method.toUpperCase(),
  });
  return expectDocumented(response, bare, method);
};

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(document.openapi).toBe('3.1.0');
});

test('every route that is served is in the document, and every operation too', () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = api.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v2/'))
    .map(({ method, path }) => `${method} ${path.slice('/api/v2'.length).replaceAll(/:(\w+)/g, '{$1}')}`)
    .filter((route) => !/\/(openapi\.json|docs|docs\.css)$/.test(route));
  expect([...new Set(served)].sort()).toEqual(documented.sort());
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  for (const { name } of allOperations) expect(ids).toContain(name);
});

test('who is not signed in gets 401 from everything that is not public', async () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { security }] of Object.entries(methods)) {
      if (security !== undefined) continue;
      const response = await api.fetch(
        `/api/v2${path.replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-000000000000')}`,
        {
          method: method.toUpperCase(),
        },
      );
      expect(response.status, `${method} ${path}`).toBe(401);
      await expectDocumented(response, path, method);
    }
  }
});

const NONSENSE: readonly unknown[] = [
  {},
  { id: 7, version: 'x', campaignName: 5, input: null, config: [], rules: 'a', limit: {} },
  {
    id: 'x',
    phase: 'dns; drop table',
    version: -1,
    input: { source: 'pattern', pattern: {} },
    kind: '__proto__',
  },
  {
    version: 1e308,
    campaignName: 'n'.repeat(100_000),
    tags: Array.from({ length: 500 }, () => 't'),
    config: { a: { b: {} } },
  },
  JSON.parse(`{"input":${'{"input":'.repeat(200)}1${'}'.repeat(200)}}`),
];

test('nonsense is refused with a documented 4xx, never a 5xx', async () => {
  const ids = ['nonsense', '01900000-0000-7000-8000-000000000000', '%00', '%ff', '../..', "'"];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      if (path === '/auth/logout' || path.startsWith('/sse/events')) continue;
      const hasParameter = path.includes('{');
      for (const id of hasParameter ? ids : ['']) {
        for (const body of method === 'get' || method === 'delete' ? [undefined] : NONSENSE) {
          const url = `/api/v2${path.replaceAll(/\{\w+\}/g, id)}`;
          const response = await admin.fetch(url, {
            method: method.toUpperCase(),
            ...(body === undefined ? {} : { json: body }),
          });
          expect(response.status, `${method} ${url} ${JSON.stringify(body)}`).toBeLessThan(500);
          if (id === 'nonsense') await expectDocumented(response, path, method);
        }
      }
    }
  }
});

describe('replies match the document', () => {
  test('campaigns, from draft to deleted', async () => {
    const created = await call(
      admin,
      'post',
      '/campaigns',
      {},
      {
        json: {
          campaignName: 'documented',
          campaignType: 'pipeline',
          mode: 'full_sequence',
          tags: ['a'],
          input: {
            source: 'pattern',
            pattern: {
              pattern: 'prefix',
              constantPart: 'shop',
              prefixVariableLength: 2,
              charSet: 'abc',
              tlds: ['com'],
            },
          },
        },
      },
    );
    expect(created.code, JSON.stringify(created)).toBeUndefined();
    const id = String(created.campaignId);
    for (const path of [
      '/campaigns',
      '/campaigns?limit=1&sort=campaignName&order=desc',
      '/campaigns/{id}',
      '/campaigns/{id}/status',
      '/campaigns/{id}/progress',
      '/campaigns/{id}/history',
    ]) {
      const body = await call(admin, 'get', path, { id });
      expect(body.code, path).toBeUndefined();
    }
    const stale = await call(
      admin,
      'put',
      '/campaigns/{id}',
      { id },
      { json: { version: 99, campaignName: 'x' } },
    );
    expect(stale.code).toBe('STALE_VERSION');
    const illegal = await call(admin, 'post', '/campaigns/{id}/resume', { id });
    expect(illegal.code).toBe('ILLEGAL_TRANSITION');
    const started = await call(admin, 'post', '/campaigns/{id}/start', { id });
    expect(started.status).toBe('active');
    expect((await call(admin, 'post', '/campaigns/{id}/pause', { id })).status).toBe('paused');
    expect((await call(admin, 'post', '/campaigns/{id}/cancel', { id })).status).toBe('cancelled');
    expect(await call(admin, 'delete', '/campaigns/{id}', { id })).toEqual({ deleted: true });
    expect((await call(admin, 'get', '/campaigns/{id}', { id })).code).toBe('NOT_FOUND');
  });

  test('uploads', async () => {
    const { campaignId } = await call(
      admin,
      'post',
      '/campaigns',
      {},
      {
        json: {
          campaignName: 'uploaded',
          campaignType: 'dns',
          mode: 'step_by_step',
          input: { source: 'upload' },
        },
      },
    );
    const form = new FormData();
    form.set(
      'file',
      new File(['example.com\nexample.com\nnot a name\n'], 'names.txt', { type: 'text/plain' }),
    );
    const body = await call(
      admin,
      'post',
      '/campaigns/{id}/upload',
      { id: String(campaignId) },
      { body: form },
    );
    expect(body).toMatchObject({ filename: 'names.txt', accepted: 1, duplicates: 1, rejected: 1 });
    const bad = await call(
      admin,
      'post',
      '/campaigns/{id}/upload',
      { id: 'nonsense' },
      { body: new FormData() },
    );
    expect(bad.code).toBe('NOT_FOUND');
  });

  test('word lists, previews, forecasts and offsets of patterns', async () => {
    const form = new FormData();
    form.set('name', 'Uploaded words');
    form.set('file', new File(['red\r\nblue\r\nred\r\nno word\r\n'], 'words.txt'));
    const uploaded = await call(admin, 'post', '/word-lists/upload', {}, { body: form });
    expect(uploaded).toMatchObject({ wordCount: 2, duplicates: 1, rejected: 1, words: ['red', 'blue'] });
    const id = String(uploaded.wordListId);
    const words = { name: 'Words', words: ['green', 'red'] };
    expect(await call(admin, 'post', '/word-lists', {}, { json: words })).toMatchObject({ wordCount: 2 });
    expect((await call(admin, 'post', '/word-lists', {}, { json: words })).code).toBe('CONFLICT');
    expect(await call(admin, 'get', '/word-lists')).toMatchObject({ total: 2 });
    const page = await call(admin, 'get', '/word-lists/{id}?limit=1&offset=1', { id });
    expect(page).toMatchObject({ words: ['blue'], nextOffset: null });

    const pattern = {
      pattern: 'dictionary',
      lists: [{ wordListId: id }, { words: ['shop', 'store'] }],
      separators: ['', '-'],
      tlds: ['com'],
    };
    const at = (name: string, json: unknown) =>
      call(admin, 'post', `/campaigns/domain-generation/${name}`, {}, { json });
    expect(await at('preview', { pattern })).toMatchObject({ size: '8', available: '8', nextOffset: '0' });
    expect(await at('forecast', { pattern })).toMatchObject({ names: 8, sampledYield: null });
    expect(await at('pattern-offset', { pattern, offset: '5' })).toMatchObject({ available: '3' });
    expect(await at('pattern-offset', { pattern, offset: '4' })).toMatchObject({ movedBack: true });
    const resuming = { ...pattern, resumeFlag: true };
    const json = {
      campaignName: 'Words',
      campaignType: 'generation',
      input: { source: 'pattern', pattern: resuming },
    };
    const { campaignId } = await call(admin, 'post', '/campaigns', {}, { json });
    expect((await call(admin, 'delete', '/word-lists/{id}', { id })).code).toBe('CONFLICT');
    const started = await call(admin, 'post', '/campaigns/{id}/start', { id: String(campaignId) });
    expect(started).toMatchObject({
      maxTheoreticalDomains: '8',
      initialNumberOfDomains: 4,
      patternRange: { startOffset: '4', endOffset: '8' },
    });
    const late = await call(admin, 'post', '/campaigns', {}, { json });
    const refused = await call(admin, 'post', '/campaigns/{id}/start', { id: String(late.campaignId) });
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field: 'input.pattern.resumeFlag' });
  });

  test('proxies, pools, tests of personas and resolvers', async () => {
    const proxy = {
      name: 'Documented',
      kind: 'http',
      host: '127.0.0.1',
      port: 9,
      username: 'u',
      password: 'p',
    };
    const { proxyId } = await call(admin, 'post', '/proxies', {}, { json: proxy });
    const id = String(proxyId);
    expect((await call(admin, 'post', '/proxies', {}, { json: proxy })).code).toBe('CONFLICT');
    expect(await call(admin, 'get', '/proxies/{id}', { id })).toMatchObject({ hasPassword: true });
    const change = { json: { version: 1, country: 'nl' } };
    expect(await call(admin, 'put', '/proxies/{id}', { id }, change)).toMatchObject({ country: 'NL' });
    const json = { url: 'http://192.0.2.1/' };
    const checked = await call(admin, 'post', '/proxies/{id}/health-check', { id }, { json });
    expect(checked).toMatchObject({ lastCheck: { ok: false } });
    const pool = { name: 'Documented', proxyIds: [id], rotation: 'least_used' };
    const { proxyPoolId } = await call(admin, 'post', '/proxy-pools', {}, { json: pool });
    const of = { id: String(proxyPoolId) };
    expect(await call(admin, 'get', '/proxy-pools/{id}', of)).toMatchObject({ proxyIds: [id] });
    expect(await call(admin, 'post', '/proxy-pools/{id}/health-check', of, { json })).toMatchObject({
      working: 0,
    });
    expect((await call(admin, 'delete', '/proxies/{id}', { id })).code).toBe('CONFLICT');
    for (const path of ['/proxies', '/proxy-pools'])
      expect(await call(admin, 'get', path)).toMatchObject({ total: 1 });
    const renamed = { json: { version: 1, name: 'Renamed' } };
    expect(await call(admin, 'put', '/proxy-pools/{id}', of, renamed)).toMatchObject({ version: 2 });
    expect(await call(admin, 'delete', '/proxy-pools/{id}', of)).toEqual({ deleted: true });
    expect(await call(admin, 'delete', '/proxies/{id}', { id })).toEqual({ deleted: true });

    const config = { resolvers: ['127.0.0.1:9'], timeoutMs: 100 };
    const tested = await call(admin, 'post', '/personas/test', {}, { json: { kind: 'dns', config } });
    expect(tested).toMatchObject({ kind: 'dns', ok: false });
    const http = { kind: 'http', url: 'http://127.0.0.1:9/' };
    expect(await call(admin, 'post', '/personas/test', {}, { json: http })).toMatchObject({
      statusCode: null,
    });
    expect(await call(admin, 'post', '/resolvers/test', {}, { json: config })).toMatchObject({ ok: false });
    expect(await call(admin, 'get', '/resolvers/health')).toEqual({ items: [] });
    const personas = (await call(admin, 'get', '/personas')).items as { personaId: string; kind: string }[];
    const system = personas.find(({ kind }) => kind === 'dns')?.personaId ?? '';
    const unsure = await call(admin, 'post', '/personas/{id}/test', { id: system }, { json: {} });
    expect(unsure).toMatchObject({ ok: false, resolvers: [] });
  });

  test('personas, keyword sets, users, health, events', async () => {
    for (const path of [
      '/personas',
      '/keyword-sets',
      '/users',
      '/me',
      '/health',
      '/health/ready',
      '/health/live',
      '/sse/events/stats',
    ]) {
      const body = await call(admin, 'get', path);
      expect(body.code, path).toBeUndefined();
    }
    const user = await call(admin, 'post', '/users', {}, { json: { username: 'newcomer', role: 'member' } });
    expect(user.oneTimePassword).toEqual(expect.any(String));
    const set = await call(
      admin,
      'post',
      '/keyword-sets',
      {},
      {
        json: {
          name: 'Sales words',
          description: '',
          rules: [{ kind: 'literal', pattern: 'price', category: 'sales', weight: 5 }],
        },
      },
    );
    expect(set.code, JSON.stringify(set)).toBeUndefined();
  });
});

test('the reference page has every operation and no script', async () => {
  const page = await api.fetch('/api/v2/docs');
  const html = await page.text();
  for (const { name } of allOperations) expect(html).toContain(`id="${name}"`);
  expect(html).not.toMatch(/<script|style=|onclick/i);
  const styles = await api.fetch('/api/v2/docs.css');
  expect(styles.headers.get('content-type')).toContain('text/css');
});
