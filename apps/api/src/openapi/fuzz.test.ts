import { allOperations } from '@domainflow/services/operation/catalogue.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';
import {
  type ApiDocument,
  checkReplies,
  type DocumentedOperation,
  type ReplyChecker,
} from '../testing/documented-replies.ts';
import { type Ids, MISSING_ID, makeEntities, pathId } from '../testing/entities.ts';
import { type Draw, drawFrom } from '../testing/fuzz/draw.ts';
import { mutate } from '../testing/fuzz/mutate.ts';
import { type Known, valueOf } from '../testing/fuzz/schema-values.ts';
import { type TableMarks, writesWatch } from '../testing/table-marks.ts';

/** Another seed tries other values; what it finds goes into a test of its own. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_251_122);
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 12);

let api: ApiFixture;
let admin: ApiUser;
let document: ApiDocument;
let replies: ReplyChecker;
let own: Ids;
let foreign: Ids;
beforeAll(async () => {
  api = await openApiFixture();
  admin = await api.signIn('fuzz-admin', 'admin');
  const stranger = await api.signIn('fuzz-stranger', 'admin');
  own = await makeEntities(api, admin, 'own');
  foreign = await makeEntities(api, stranger, 'foreign');
  await api.sql`UPDATE users SET role = 'member' WHERE id = ${stranger.userId}`;
  document = (await (await api.fetch('/api/v2/openapi.json')).json()) as ApiDocument;
  replies = checkReplies(document);
});
afterAll(() => api.close());

interface Target {
  readonly path: string;
  readonly method: string;
  readonly operation: DocumentedOperation;
}

/** Signing out ends the session that all others use; streams never end. */
const isFuzzed = ({ operation: { operationId } }: Target): boolean =>
  operationId !== 'auth.logout' && !operationId.startsWith('events.');

const targets = (): Target[] =>
  Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .filter(isFuzzed);

/** Ids for fields that name one, and addresses that lead nowhere: nothing leaves this machine. */
const knownValues =
  (draw: Draw): Known =>
  (field) => {
    if (field === 'url') return ['http://127.0.0.1:9/', 'http://127.1:9/x', 'ftp://127.0.0.1/', 'nonsense'];
    if (field === 'resolver' || field === 'trustedResolver') return ['127.0.0.1:9', '[::1]:9', '127.0.0.1'];
    if (field === 'host') return ['127.0.0.1', '127.1', 'localhost', '[::1]'];
    if (field === 'constantPart') return ['shop', `s${draw.int(1e6)}`];
    if (field === 'domain' || field === 'names') return ['own-two.com', 'a.example.com'];
    if (field === 'version') return [1, 2, 3, 4];
    if (field === 'email') return ['a@b.example'];
    if (field === 'fingerprints')
      return [{ [`Fuzzed ${draw.int(1e6)}`]: { html: 'fuzzed', headers: { x: '(' } } }];
    if (field === 'html') return ['<p>shop</p>', '<'.repeat(5_000)];
    if (field === 'tld') return ['com', 'de', 'co.uk'];
    if (field === 'seed') return ['example.com', 'a.co.uk'];
    if (field === 'entrie') return ['a.example', 'b@a.example', 'ab'.repeat(32)];
    if (field === 'timeoutMs') return [50, 100];
    if (field === 'attempts') return [1];
    if (field === 'samples' || field === 'sampleYield') return [0, 1, 3];
    if (field === 'timeZone') return ['UTC', 'Europe/Berlin', 'No/Where'];
    const ids = field === 'personaId' ? ['dnsPersonaId', 'httpPersonaId'] : [field];
    if (!ids.every((name) => name in own || name === 'scoreProfileId')) return [];
    return ids.flatMap((name) => [own[name], own[name], own[name], foreign[name], MISSING_ID]);
  };

interface Shot {
  readonly url: string;
  readonly init: RequestInit;
  readonly json?: object;
}

function fieldsOf({ operation }: Target): string[] {
  const body = operation.requestBody?.content['application/json']?.schema;
  return Object.keys(body?.properties ?? {});
}

function shotAt(target: Target, draw: Draw, isValid: boolean): Shot {
  const { path, method, operation } = target;
  const known = knownValues(draw);
  const parameters = operation.parameters ?? [];
  const id = draw.once(6) ? pathId(path.includes('{id}') ? path : '/users', foreign) : null;
  const url = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    if (!isValid && draw.once(5))
      return draw.of(['nonsense', MISSING_ID, '%00', '%ff', '..', "'", '%f0%9f%98%80']);
    if (name === 'id') return id ?? pathId(path, own);
    return name === 'phase' ? draw.of(['dns', 'http', 'analysis', 'generation']) : 'own-one.com';
  });
  const query = new URLSearchParams();
  for (const { name, in: place, required, schema } of parameters) {
    if (place !== 'query' || (required !== true && !draw.once(3))) continue;
    const given = { [name]: valueOf(schema, draw, known, name) };
    const value = (isValid || draw.once(2) ? given : mutate(given, [], draw))[name];
    query.append(name, typeof value === 'string' ? value : JSON.stringify(value ?? null));
    if (!isValid && draw.once(9)) query.append(name, 'again');
  }
  const init: RequestInit = { method: method.toUpperCase() };
  const full = `/api/v2${url}${query.size === 0 ? '' : `?${query}`}`;
  const { 'application/json': json, 'multipart/form-data': form } = operation.requestBody?.content ?? {};
  if (json !== undefined) {
    const valid = valueOf(json.schema, draw, known) as object;
    const value = isValid ? valid : mutate(valid, fieldsOf(target), draw);
    const body = JSON.stringify(value);
    return {
      url: full,
      json: value,
      init: { ...init, body, headers: { 'content-type': 'application/json' } },
    };
  }
  if (form !== undefined) {
    const body = new FormData();
    for (const [name, schema] of Object.entries(form.schema.properties ?? {}))
      if (name !== 'file') body.set(name, `${String(valueOf(schema, draw, known, name))} ${draw.int(1e6)}`);
    const lines = operation.operationId === 'wordLists.upload' ? 'red\nblue\n' : 'a.com\nb.com\n';
    const content = isValid ? lines : draw.of(['', '\0\0', '\ufeffa.com\r\n', '\ud800', 'x'.repeat(9_000)]);
    const name = isValid ? 'names.txt' : draw.of(['../names.txt', 'names.txt', 'a.zip', '']);
    body.set(isValid || draw.once(2) ? 'file' : 'files', new File([content], name));
    return { url: full, init: { ...init, body } };
  }
  return { url: full, init };
}

const tellShot = ({ url, init }: Shot): string =>
  `${init.method} ${url.slice(0, 300)} ${typeof init.body === 'string' ? init.body.slice(0, 400) : ''}`;

/** Refusals that are recorded on purpose: failed sign-ins count towards a lockout. */
const recordsFailures = (operationId: string): boolean => operationId.startsWith('auth.');

async function problemsAt(target: Target, shot: Shot, watch: TableMarks, statuses: Set<number>) {
  const { path, method, operation } = target;
  const response = await admin.fetch(shot.url, shot.init);
  statuses.add(response.status);
  const problems = [await replies.problemOf(response, path, method)];
  if (method !== 'get') {
    const written = await watch.changed();
    if (response.status >= 400 && written.length > 0 && !recordsFailures(operation.operationId))
      problems.push(`refused with ${response.status}, but wrote ${written.join(', ')}`);
  }
  return problems.filter((problem) => problem !== null).map((problem) => `${tellShot(shot)}\n  ${problem}`);
}

/** Each operation draws for itself: a new one changes nothing for the others. */
const seedOf = (name: string): number =>
  [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7) >>> 0;

/** What takes things away comes last, so that the others find them. */
const turnOf = ({ method, path }: Target): number => {
  if (method === 'get') return 0;
  if (method === 'delete' || path.endsWith('/erase') || path === '/erasures') return 4;
  if (method === 'put') return 2;
  return path.includes('{') ? 3 : 1;
};

const JSON_INIT = { method: 'POST', headers: { 'content-type': 'application/json' } } as const;

const RAW_BODIES: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>])[] = [
  ['cut short', '{"name":"a","rules":[', {}],
  ['a list', '[{}]', {}],
  ['null', 'null', {}],
  ['NaN', '{"version":NaN}', {}],
  ['of two values', '{}{}', {}],
  ['a lone surrogate', '{"name":"\\ud800","campaignName":"\\ud800","id":"\\ud800","url":"\\ud800"}', {}],
  ['nested deep', '['.repeat(300_000), {}],
  ['nested in objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, {}],
  ['12 MiB long', `{"name":"${'x'.repeat(12 << 20)}"}`, {}],
  ['compressed', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3), { 'content-encoding': 'gzip' }],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0), {}],
  ['a form', 'name=a', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['of a type that is none', '{}', { 'content-type': 'application' }],
];

describe('every operation, with what its schema allows and what it does not', () => {
  test('answers as documented, and writes nothing when it refuses', { timeout: 3_000_000 }, async () => {
    const watch = await writesWatch(api.sql);
    const problems: string[] = [];
    const answers = new Map<string, Set<number>>();
    for (const target of targets().sort((a, b) => turnOf(a) - turnOf(b))) {
      await watch.changed();
      const draw = drawFrom(SEED + seedOf(target.operation.operationId));
      const statuses = new Set<number>();
      answers.set(target.operation.operationId, statuses);
      for (let round = 0; round < ROUNDS; round += 1) {
        const shot = shotAt(target, draw, round % 2 === 0);
        problems.push(...(await problemsAt(target, shot, watch, statuses)));
      }
    }
    expect(problems.slice(0, 20)).toEqual([]);
    const unreached = [...answers].filter(([, statuses]) => ![...statuses].some((status) => status < 300));
    // Some need a state that a single call does not make, or a password; if most were refused, little was tried.
    const names = unreached.map(([name]) => name);
    expect(names.length, names.join()).toBeLessThan(answers.size / 6);
  });

  test.each(RAW_BODIES)('a body that is %s is refused as documented', async (_name, body, headers) => {
    const watch = await writesWatch(api.sql);
    const problems: string[] = [];
    for (const { path, method, operation } of targets()) {
      if (operation.requestBody?.content['application/json'] === undefined) continue;
      const url = `/api/v2${path.replace('{id}', path.includes('{id}') ? pathId(path, own) : '').replace('{phase}', 'dns')}`;
      const type = { 'content-type': 'application/json' };
      const init = { method: method.toUpperCase(), body, headers: { ...type, ...headers } };
      const response = await admin.fetch(url, init);
      if (![400, 413, 415, 422].includes(response.status))
        problems.push(`${method} ${url}: ${response.status}`);
      const problem = await replies.problemOf(response, path, method);
      if (problem !== null) problems.push(`${method} ${url}: ${problem}`);
    }
    expect(problems).toEqual([]);
    expect(await watch.changed()).toEqual([]);
  });

  test('tRPC answers the same inputs without a failure of its own', async () => {
    const draw = drawFrom(SEED + 1);
    const problems: string[] = [];
    for (const { name, kind, rest } of allOperations) {
      const method = rest.method.toLowerCase();
      const operation = document.paths[rest.path]?.[method];
      if (operation === undefined || name === 'auth.logout') continue;
      for (let round = 0; round < 4; round += 1) {
        const { json = {} } = shotAt({ path: rest.path, method, operation }, draw, false);
        const input = JSON.stringify(round === 3 ? { meta: json } : { json });
        const response =
          kind === 'query'
            ? await admin.fetch(`/trpc/${name}?input=${encodeURIComponent(input.slice(0, 20_000))}`)
            : await admin.fetch(`/trpc/${name}`, { ...JSON_INIT, body: input });
        const text = await response.text();
        const { error } = JSON.parse(text) as { error?: { json: { data: Record<string, unknown> } } };
        const isShaped = error === undefined || ('field' in error.json.data && 'code' in error.json.data);
        if (response.status >= 500 || !isShaped) problems.push(`${name} ${input.slice(0, 300)}: ${text}`);
      }
    }
    expect(problems).toEqual([]);
  });
});

describe('what looks for problems finds them', () => {
  const path = '/keyword-sets';
  const answer = (status: number, body: unknown, type = 'application/json') =>
    replies.problemOf(
      new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }),
      path,
      'get',
    );
  const page = { items: [], total: 0, nextOffset: null, nextCursor: null };

  test('in an answer', async () => {
    const error = { code: 'NOT_FOUND', message: 'x', field: null };
    expect(await answer(500, { ...error, code: 'INTERNAL' })).toContain('answered 500');
    expect(await answer(404, error)).toContain('not in the document');
    expect(await answer(422, { ...error, code: 'NEW' })).toContain('allowed values');
    expect(await answer(422, { message: 'x', code: 'NOT_FOUND' })).toContain('field');
    expect(await answer(200, { ...page, items: [{ name: 7 }] })).toContain('items/0');
    expect(await answer(200, page, 'text/html')).toContain('text/html');
    expect(await replies.problemOf(await admin.fetch(`/api/v2${path}`), path, 'get')).toBeNull();
  });

  test('in the tables', async () => {
    const watch = await writesWatch(api.sql);
    expect(await watch.changed()).toEqual([]);
    await api.sql`UPDATE users SET username = username WHERE id = ${admin.userId}`;
    expect(await watch.changed()).toEqual(['users']);
    await api.sql`UPDATE domains SET name = name`;
    expect(await watch.changed()).toEqual(['domains']);
    expect(await watch.changed()).toEqual([]);
  });
});
