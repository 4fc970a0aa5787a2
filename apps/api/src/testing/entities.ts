import { shopPattern } from '@domainflow/services/campaigns/testing/campaign-fixture.ts';
import { plantLeads } from '@domainflow/services/leads/testing/plant-leads.ts';
import { expect } from 'vitest';
import type { ApiFixture, ApiUser } from './api-fixture.ts';

/** Ids by the names that fields of inputs have. */
export type Ids = Readonly<Record<string, string>>;

export const MISSING_ID = '01900000-0000-7000-8000-000000000000';

async function made(user: ApiUser, path: string, json: unknown): Promise<Record<string, unknown>> {
  const response = await user.fetch(`/api/v2${path}`, { json });
  const body = (await response.json()) as Record<string, unknown>;
  expect(response.status, `${path}: ${JSON.stringify(body)}`).toBeLessThan(300);
  return body;
}

/** One of each thing that has an id, made by this user: an administrator, or one who is until it stands. */
export async function makeEntities(api: ApiFixture, user: ApiUser, label: string): Promise<Ids> {
  const idOf = async (path: string, field: string, json: unknown): Promise<string> => {
    const { [field]: id } = await made(user, path, json);
    if (typeof id !== 'string') throw new Error(`${path} gave no ${field}`);
    return id;
  };
  const of = (name: string): string => `${label} ${name}`;
  const proxy = { kind: 'http', host: '127.0.0.1', port: 9, username: 'u', password: 'p' };
  const proxyId = await idOf('/proxies', 'proxyId', { name: of('proxy'), ...proxy });
  const draft = { campaignName: of('draft'), campaignType: 'pipeline' };
  const rules = [{ kind: 'literal', pattern: 'shop', weight: 5, category: 'buy' }];
  const owner = {
    call: async <T>(_operation: unknown, json?: unknown) => (await made(user, '/campaigns', json)) as T,
  };
  const planted = await plantLeads({ sql: api.services.sql, owner }, [
    { name: `${label}-one.com`, page: { title: 'Shop', text: 'invoice and shop' } },
    { name: `${label}-two.com`, page: { title: 'Shop', text: 'invoice' } },
  ]);
  const [lead] = await api.sql<{ id: string }[]>`
    UPDATE leads SET group_id = gen_random_uuid() WHERE campaign_id = ${planted} RETURNING id`;
  const [group] = await api.sql<
    { id: string }[]
  >`SELECT group_id AS id FROM leads WHERE id = ${lead?.id ?? ''}`;
  await made(user, '/suppressions', { entries: [`${label}-suppressed.com`] });
  const [suppression] = await api.sql<{ id: string }[]>`
    SELECT id FROM suppressions ORDER BY created_at DESC, id DESC LIMIT 1`;
  const handOver = await made(user, '/users', { username: `${label}-made`, role: 'member' });
  return {
    campaignId: await idOf('/campaigns', 'campaignId', {
      ...draft,
      input: { source: 'pattern', pattern: { ...shopPattern(), constantPart: label } },
    }),
    uploadCampaignId: await idOf('/campaigns', 'campaignId', { ...draft, input: { source: 'upload' } }),
    inputCampaignId: planted,
    keywordSetId: await idOf('/keyword-sets', 'keywordSetId', { name: of('words'), rules }),
    dnsPersonaId: await idOf('/personas', 'personaId', {
      ...{ name: of('dns'), kind: 'dns' },
      config: { resolvers: ['127.0.0.1:9'], timeoutMs: 100, attempts: 1 },
    }),
    httpPersonaId: await idOf('/personas', 'personaId', { name: of('http'), kind: 'http', config: {} }),
    proxyId,
    proxyPoolId: await idOf('/proxy-pools', 'proxyPoolId', { name: of('pool'), proxyIds: [proxyId] }),
    scoreProfileId: await idOf('/score-profiles', 'scoreProfileId', { name: of('profile') }),
    wordListId: await idOf('/word-lists', 'wordListId', { name: of('list'), words: ['red', 'blue'] }),
    leadId: lead?.id ?? '',
    groupId: group?.id ?? '',
    leadJobId: await idOf('/leads/groups/find', 'leadJobId', {}),
    suppressionId: suppression?.id ?? '',
    technologyImportId: await idOf('/technologies/import', 'technologyImportId', {
      name: of('import'),
      fingerprints: { [of('Thing')]: { html: 'thing' } },
    }),
    userId: (handOver.user as { userId: string }).userId,
  };
}

/** The fields whose ids the `{id}` of these paths takes, by the path's first part. */
const PATH_IDS: Readonly<Record<string, string>> = {
  campaigns: 'campaignId',
  'keyword-sets': 'keywordSetId',
  leads: 'leadId',
  'lead-jobs': 'leadJobId',
  personas: 'dnsPersonaId',
  proxies: 'proxyId',
  'proxy-pools': 'proxyPoolId',
  'score-profiles': 'scoreProfileId',
  suppressions: 'suppressionId',
  technologies: 'technologyImportId',
  users: 'userId',
  'word-lists': 'wordListId',
  sse: 'campaignId',
};

/** Paths that want a campaign with results. */
const PLANTED = /^\/campaigns\/\{id\}\/(domains|leads|results|rescore|progress)/;

/** Which of the ids `{id}` stands for in this path; throws for a path that nobody has thought of. */
export function pathId(path: string, ids: Ids): string {
  if (path.startsWith('/leads/groups/{')) return ids.groupId ?? '';
  if (PLANTED.test(path)) return ids.inputCampaignId ?? '';
  if (path === '/campaigns/{id}/upload') return ids.uploadCampaignId ?? '';
  const id = ids[PATH_IDS[path.split('/')[1] ?? ''] ?? ''];
  if (id === undefined) throw new Error(`What is the id in ${path}? Add it to PATH_IDS.`);
  return id;
}
