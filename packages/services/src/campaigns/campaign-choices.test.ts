import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { personaOperations } from '../personas/operations.ts';
import { proxyOperations } from '../proxies/operations.ts';
import { proxyPoolOperations } from '../proxy-pools/operations.ts';
import { seedDefaults } from '../seed/seed-defaults.ts';
import { campaignOperations } from './operations.ts';
import type { CampaignView } from './reading/read-campaign.ts';

const MISSING = '01890000-0000-7000-8000-000000000000';

let fixture: ServiceFixture;
let member: TestClient;
let dns: string;
let http: string;
let pool: string;
let otherPool: string;
beforeAll(async () => {
  fixture = await openServiceFixture();
  member = await fixture.signedIn('member', 'member');
  await seedDefaults(fixture.db);
  const persona = async (kind: 'dns' | 'http', name: string): Promise<string> =>
    (await member.call<{ personaId: string }>(personaOperations.create, { kind, name, config: {} }))
      .personaId;
  dns = await persona('dns', 'DNS');
  http = await persona('http', 'HTTP');
  const proxy = { name: 'one', kind: 'http', host: 'proxy.example', port: 3128 };
  const { proxyId } = await member.call<{ proxyId: string }>(proxyOperations.create, proxy);
  const poolNamed = async (name: string): Promise<string> =>
    (await member.call<{ proxyPoolId: string }>(proxyPoolOperations.create, { name, proxyIds: [proxyId] }))
      .proxyPoolId;
  pool = await poolNamed('Pool');
  otherPool = await poolNamed('Other');
});
afterAll(() => fixture.close());

const create = (more: object): Promise<CampaignView> =>
  member.call<CampaignView>(campaignOperations.create, {
    campaignName: 'Choices',
    input: { source: 'list', domains: ['acme-choices.com'] },
    ...more,
  });
const configOf = (view: CampaignView, phase: string): Record<string, unknown> | null | undefined =>
  view.phases.find((one) => one.phase === phase)?.config;
const choices = ({ dnsPersonaId, httpPersonaId, proxyAssignmentId }: CampaignView) => [
  dnsPersonaId,
  httpPersonaId,
  proxyAssignmentId,
];

test('what is chosen of a campaign stands in its phases, and what its phases say in the campaign', async () => {
  const chosen = await create({ dnsPersonaId: dns, httpPersonaId: http, proxyAssignmentId: pool });
  expect(choices(chosen)).toEqual([dns, http, pool]);
  expect(configOf(chosen, 'dns')).toMatchObject({ personaId: dns });
  expect(configOf(chosen, 'http')).toMatchObject({
    personaId: http,
    dnsPersonaId: null,
    proxyAssignmentId: pool,
  });

  const configured = await create({
    phases: { dns: { personaId: dns }, http: { personaId: http, proxyAssignmentId: pool } },
  });
  expect(choices(configured)).toEqual([dns, http, pool]);
  expect(choices(await create({}))).toEqual([null, null, 'direct']);
  // Both, as long as they say the same.
  const both = { proxyAssignmentId: pool, phases: { http: { proxyAssignmentId: pool } } };
  expect(choices(await create(both))).toEqual([null, null, pool]);

  const alone = await create({ campaignType: 'http', dnsPersonaId: dns });
  expect(configOf(alone, 'http')).toMatchObject({ personaId: null, dnsPersonaId: dns });
  expect(choices(alone)).toEqual([dns, null, 'direct']);
});

test.each([
  [{ proxyAssignmentId: MISSING }, 'proxyAssignmentId'],
  [{ httpPersonaId: MISSING }, 'httpPersonaId'],
  [{ dnsPersonaId: MISSING }, 'dnsPersonaId'],
  [{ proxyAssignmentId: 'somewhere' }, 'proxyAssignmentId'],
  [{ dnsPersonaId: MISSING, mode: 'step_by_step' }, 'dnsPersonaId'],
  [{ phases: { http: { proxyAssignmentId: MISSING } } }, 'phases.http.proxyAssignmentId'],
  [{ phases: { http: { proxyAssignment: MISSING } } }, 'phases.http.proxyAssignment'],
])('what does not exist is refused where it was given: %#', async (more, field) => {
  await expect(create(more)).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
});

test('campaign and phase must not say different things, and a choice needs a phase', async () => {
  const different = { proxyAssignmentId: pool, phases: { http: { proxyAssignmentId: 'direct' } } };
  await expect(create(different)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'proxyAssignmentId',
  });
  await expect(create({ campaignType: 'dns', proxyAssignmentId: pool })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'proxyAssignmentId',
  });
  expect(choices(await create({ campaignType: 'dns', proxyAssignmentId: 'direct' }))).toEqual([
    null,
    null,
    'direct',
  ]);
});

test('a phase that is configured later takes what the campaign has, unless it says something itself', async () => {
  const draft = await create({ mode: 'step_by_step', httpPersonaId: http, proxyAssignmentId: pool });
  expect(configOf(draft, 'http')).toBeNull();
  expect(choices(draft)).toEqual([null, http, pool]);
  await expect(member.call(proxyPoolOperations.delete, { id: pool })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const configure = (config: object): Promise<CampaignView> =>
    member.call<CampaignView>(campaignOperations.configurePhase, {
      id: draft.campaignId,
      phase: 'http',
      config,
    });
  const taken = await configure({ followContactPages: 1 });
  expect(configOf(taken, 'http')).toMatchObject({
    followContactPages: 1,
    personaId: http,
    proxyAssignmentId: pool,
  });
  const own = await configure({ personaId: null, proxyAssignmentId: 'direct' });
  expect(choices(own)).toEqual([null, null, 'direct']);
});

test('choices change as long as their phase was not started', async () => {
  const draft = await create({ proxyAssignmentId: pool });
  const update = (input: object): Promise<CampaignView> =>
    member.call<CampaignView>(campaignOperations.update, { id: draft.campaignId, ...input });
  const changed = await update({ version: draft.version, proxyAssignmentId: otherPool, httpPersonaId: http });
  expect(choices(changed)).toEqual([null, http, otherPool]);
  expect(configOf(changed, 'http')).toMatchObject({ personaId: http, proxyAssignmentId: otherPool });
  await expect(update({ version: changed.version, proxyAssignmentId: MISSING })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'proxyAssignmentId',
  });
  await fixture.sql`
    UPDATE phase_runs SET status = 'running' WHERE campaign_id = ${draft.campaignId} AND phase = 'http'`;
  await expect(update({ version: changed.version, proxyAssignmentId: 'direct' })).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'proxyAssignmentId',
  });
  // What a client read it may send back.
  const renamed = await update({
    ...{ version: changed.version, campaignName: 'Renamed', dnsPersonaId: null, httpPersonaId: http },
    proxyAssignmentId: otherPool,
  });
  expect(renamed.campaignName).toBe('Renamed');
  expect(choices(renamed)).toEqual([null, http, otherPool]);
  const stepwise = await create({ mode: 'step_by_step' });
  const later = await member.call<CampaignView>(campaignOperations.update, {
    id: stepwise.campaignId,
    ...{ version: stepwise.version, proxyAssignmentId: pool },
  });
  expect([choices(later), configOf(later, 'http')]).toEqual([[null, null, pool], null]);
});
