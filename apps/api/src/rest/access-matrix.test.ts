import { allOperations } from '@domainflow/services/operation/catalogue.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';
import type { ApiDocument } from '../testing/documented-replies.ts';
import { type Ids, MISSING_ID, makeEntities, pathId } from '../testing/entities.ts';
import { writesWatch } from '../testing/table-marks.ts';

/**
 * Whom each route serves. `everybody`: who is not signed in, too. `signed-in`: nothing in it belongs to anybody.
 * `own`: what is somebody else's is as if it were not there. `read`: all members see it. `edit`: all see it, its maker
 * and administrators change it. `admin`: administrators.
 */
type Rule = 'everybody' | 'signed-in' | 'own' | 'read' | 'edit' | 'admin';

const RULES: Readonly<Record<Rule, readonly string[]>> = {
  everybody: ['auth.login', 'system.health', 'system.live', 'system.ready'],
  'signed-in': [
    ...[
      'auth.me',
      'auth.logout',
      'auth.changePassword',
      'events.all',
      'events.stats',
      'resolvers.health',
      'resolvers.test',
    ],
    ...['campaigns.create', 'campaigns.list', 'campaigns.previewPattern', 'campaigns.patternOffset'],
    ...['campaigns.forecast', 'keywordSets.list', 'keywordSets.create', 'keywordSets.try', 'leadJobs.list'],
    ...[
      'leads.list',
      'leads.facets',
      'leads.groups',
      'leads.findGroups',
      'leads.updateMany',
      'leads.rescore',
    ],
    ...['leads.export', 'leads.exportChosen', 'personas.list', 'personas.create', 'personas.testConfig'],
    ...['proxies.list', 'proxies.create', 'proxyPools.list', 'proxyPools.create', 'scoreProfiles.list'],
    ...['scoreProfiles.create', 'suppressions.list', 'suppressions.create', 'suppressions.upload'],
    ...['technologies.list', 'technologies.listImports', 'technologies.try'],
    ...['wordLists.list', 'wordLists.create', 'wordLists.upload'],
  ],
  own: [
    ...['campaigns.get', 'campaigns.update', 'campaigns.delete', 'campaigns.rescore', 'campaigns.start'],
    ...['campaigns.startPhase', 'campaigns.configurePhase', 'campaigns.pause', 'campaigns.resume'],
    ...['campaigns.cancel', 'campaigns.retry', 'campaigns.progress', 'campaigns.status', 'campaigns.history'],
    ...['campaigns.traffic', 'campaigns.events', 'campaigns.domains', 'campaigns.domain', 'campaigns.leads'],
    ...['campaigns.upload', 'campaigns.results', 'events.campaign', 'scoreProfiles.preview'],
    ...['leads.get', 'leads.update', 'leads.erase', 'leads.decideOnGroup'],
    ...['leadJobs.get', 'leadJobs.pause', 'leadJobs.resume', 'leadJobs.cancel'],
  ],
  read: [
    ...['keywordSets.get', 'personas.get', 'personas.test', 'proxies.get', 'proxies.healthCheck'],
    ...['proxyPools.get', 'proxyPools.healthCheck', 'scoreProfiles.get', 'wordLists.get'],
  ],
  edit: [
    ...['keywordSets.update', 'keywordSets.delete', 'personas.update', 'personas.delete'],
    ...['proxies.update', 'proxies.delete', 'proxyPools.update', 'proxyPools.delete'],
    ...[
      'scoreProfiles.update',
      'scoreProfiles.delete',
      'suppressions.delete',
      'wordLists.update',
      'wordLists.delete',
    ],
  ],
  admin: [
    ...['erasures.create', 'technologies.import', 'technologies.deleteImport'],
    ...['users.list', 'users.create', 'users.update', 'users.resetPassword'],
  ],
};

/** What a call needs besides the id, to be one that is carried out. */
const INPUTS: Readonly<Record<string, Record<string, unknown>>> = {
  'campaigns.update': { version: 1, notes: 'changed' },
  'campaigns.startPhase': { phase: 'dns' },
  'campaigns.configurePhase': { phase: 'dns', config: {} },
  'campaigns.domain': { domain: 'own-one.com' },
  'scoreProfiles.preview': { weights: {} },
  'leads.update': { version: 1, notes: 'changed' },
  'leads.decideOnGroup': { state: 'contacted' },
  'keywordSets.update': { version: 1, name: 'changed' },
  'personas.update': { version: 1, description: 'changed' },
  'personas.test': { names: ['a.example'] },
  'proxies.update': { version: 1, country: 'NL' },
  'proxies.healthCheck': { url: 'http://127.0.0.1:9/' },
  'proxyPools.update': { version: 1, name: 'changed' },
  'proxyPools.healthCheck': { url: 'http://127.0.0.1:9/' },
  'scoreProfiles.update': { version: 1, name: 'changed' },
  'wordLists.update': { version: 1, name: 'changed' },
};

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

let api: ApiFixture;
let admin: ApiUser;
let member: ApiUser;
let gone: ApiUser;
let own: Ids;
let foreign: Ids;
let routes: Route[];
beforeAll(async () => {
  api = await openApiFixture();
  admin = await api.signIn('matrix-admin', 'admin');
  member = await api.signIn('matrix-member', 'admin');
  own = await makeEntities(api, member, 'own');
  await api.sql`UPDATE users SET role = 'member' WHERE id = ${member.userId}`;
  foreign = await makeEntities(api, admin, 'foreign');
  gone = await api.signIn('matrix-gone', 'admin');
  await gone.fetch('/api/v2/auth/logout', { method: 'POST' });
  const document = (await (await api.fetch('/api/v2/openapi.json')).json()) as ApiDocument;
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ name: operationId, method, path })),
  );
});
afterAll(() => api.close());

const routesOf = (rule: Rule): Route[] => routes.filter(({ name }) => RULES[rule].includes(name));
type Caller = Pick<ApiUser, 'fetch'>;
interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The status and the text; of a stream that has begun, its status. */
async function answerOf(response: Response, id: string): Promise<Answer> {
  const { status } = response;
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    await response.body?.cancel();
    return { status, text: '' };
  }
  return { status, text: (await response.text()).replaceAll(id, '<id>') };
}

async function rest(caller: Caller, { name, method, path }: Route, id: string): Promise<Answer> {
  const input = INPUTS[name] ?? {};
  const url = path
    .replace('{id}', id)
    .replaceAll(/\{(\w+)\}/g, (_all, field: string) =>
      JSON.stringify(input[field] ?? '').replaceAll('"', ''),
    );
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field);
  const body = Object.fromEntries(Object.entries(input).filter(([field]) => !inPath.includes(field)));
  if (name === 'scoreProfiles.preview') Object.assign(body, { campaignId: id });
  const form = new FormData();
  form.set('file', new File(['red\n'], 'names.txt'));
  const sent = path.endsWith('/upload') ? { body: form } : method === 'get' ? {} : { json: body };
  const response = await caller.fetch(`/api/v2${url}`, { ...sent, method: method.toUpperCase() });
  return answerOf(response, id);
}

async function trpc(caller: Caller, { name }: Route, id: string): Promise<Answer | null> {
  const operation = allOperations.find((candidate) => candidate.name === name);
  if (operation === undefined) return null;
  const field = name === 'scoreProfiles.preview' ? 'campaignId' : 'id';
  const input = { ...INPUTS[name], [field]: id };
  const response =
    operation.kind === 'query'
      ? await caller.fetch(`/trpc/${name}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`)
      : await caller.fetch(`/trpc/${name}`, { json: { json: input } });
  return answerOf(response, id);
}

/** The same question through each interface that has it. */
const ask = async (caller: Caller, route: Route, id: string): Promise<Answer[]> =>
  [await rest(caller, route, id), await trpc(caller, route, id)].filter((answer) => answer !== null);

const idIn = (route: Route, ids: Ids): string =>
  route.name === 'scoreProfiles.preview'
    ? (ids.inputCampaignId ?? '')
    : route.path.includes('{id}')
      ? pathId(route.path, ids)
      : MISSING_ID;

const statuses = (answers: readonly Answer[]): number[] => [...new Set(answers.map(({ status }) => status))];

test('every route and procedure has a row, and no row is without one', () => {
  const rows = Object.values(RULES).flat();
  expect([...rows].sort()).toEqual(routes.map(({ name }) => name).sort());
  for (const { name } of allOperations) expect(rows).toContain(name);
  // What the catalogue says of who may call it is what the rows say.
  for (const { name, access } of allOperations) {
    expect([name, access === 'admin'], name).toEqual([name, RULES.admin.includes(name)]);
    expect([name, access === 'public'], name).toEqual([name, RULES.everybody.includes(name)]);
  }
});

describe('who is refused learns nothing and changes nothing', () => {
  test.each([
    ['who is not signed in', () => api],
    ['who has signed out', () => gone],
  ])('%s', async (_who, caller) => {
    const watch = await writesWatch(api.sql);
    for (const route of routes.filter(({ name }) => !RULES.everybody.includes(name))) {
      for (const id of [idIn(route, own), MISSING_ID])
        expect(statuses(await ask(caller(), route, id)), route.name).toEqual([401]);
    }
    expect(await watch.changed()).toEqual([]);
  });

  test('members, of what administrators do', async () => {
    const watch = await writesWatch(api.sql);
    for (const route of routesOf('admin')) {
      for (const id of [idIn(route, own), idIn(route, foreign), MISSING_ID])
        expect(statuses(await ask(member, route, id)), route.name).toEqual([403]);
    }
    expect(await watch.changed()).toEqual([]);
  });

  test('members, of what is somebody else’s: as if it were not there', async () => {
    const watch = await writesWatch(api.sql);
    for (const route of routesOf('own')) {
      const answers = await ask(member, route, idIn(route, foreign));
      expect(statuses(answers), `${route.name} ${answers[0]?.text}`).toEqual([404]);
      expect(answers, route.name).toEqual(await ask(member, route, MISSING_ID));
    }
    expect(await watch.changed()).toEqual([]);
  });

  test('members, who change what somebody else made', async () => {
    const watch = await writesWatch(api.sql);
    for (const route of routesOf('edit')) {
      const answers = await ask(member, route, idIn(route, foreign));
      expect(statuses(answers), `${route.name} ${answers[0]?.text}`).toEqual([403]);
      expect(statuses(await ask(member, route, MISSING_ID)), route.name).toEqual([404]);
    }
    expect(await watch.changed()).toEqual([]);
  });
});

test('members read what everybody may, and what is not there is not', async () => {
  for (const route of routesOf('read')) {
    expect(statuses(await ask(member, route, idIn(route, foreign))), route.name).toEqual([200]);
    expect(statuses(await ask(member, route, MISSING_ID)), route.name).toEqual([404]);
  }
});

test('lists of leads, jobs and campaigns hold nothing of others', async () => {
  const theirs = [
    foreign.inputCampaignId,
    foreign.leadId,
    foreign.leadJobId,
    foreign.groupId,
    'foreign-one.com',
  ];
  for (const path of [
    '/campaigns',
    '/leads',
    '/leads/groups',
    '/leads/facets',
    '/lead-jobs',
    '/leads/export',
  ]) {
    const text = await (await member.fetch(`/api/v2${path}`)).text();
    for (const trace of theirs) expect(text, path).not.toContain(trace);
  }
  const filtered = await member.fetch(`/api/v2/leads?campaignId=${foreign.inputCampaignId}`);
  expect(await filtered.json()).toMatchObject({ items: [] });
  const chosen = { leadIds: [foreign.leadId] };
  const bulk = await member.fetch('/api/v2/leads/bulk', { json: { ...chosen, state: 'rejected' } });
  expect(await bulk.json()).toEqual({ updated: 0 });
  const file = await member.fetch('/api/v2/leads/export', { json: { ...chosen, format: 'json' } });
  expect(await file.json()).toEqual([]);
});

test('with the right to it, each of these calls gets through', async () => {
  const last = (name: string): number => (/delete|erase/i.test(name) ? 2 : name.endsWith('cancel') ? 1 : 0);
  const mine = [...routesOf('own'), ...routesOf('edit')].sort((a, b) => last(a.name) - last(b.name));
  for (const route of mine) {
    const { status, text } = await rest(member, route, idIn(route, own));
    expect([401, 403, 404], `${route.name} ${text}`).not.toContain(status);
  }
  for (const route of routesOf('admin')) {
    const { status, text } = await rest(admin, route, idIn(route, foreign));
    expect([401, 403, 404], `${route.name} ${text}`).not.toContain(status);
  }
});
