import { domains } from '@domainflow/db/schema/domain.ts';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignOperations } from './operations.ts';
import type { CampaignView } from './reading/read-campaign.ts';
import {
  type CampaignFixture,
  expectRefusal,
  MISSING_ID,
  names,
  openCampaignFixture,
  shopPattern,
} from './testing/campaign-fixture.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

const pipeline = (pattern: Record<string, unknown> = {}) => ({
  campaignType: 'pipeline',
  input: { source: 'pattern', pattern: shopPattern(pattern) },
});

test('a pipeline over a pattern has four configured phases, a first event and an audit entry', async () => {
  const made = await fixture.create({
    ...pipeline(),
    campaignName: '  Shops ',
    tags: ['shop', 'eu'],
    phases: { analysis: { minScore: 40 } },
  });
  expect(made).toMatchObject({
    campaignName: 'Shops',
    status: 'pending',
    version: 1,
    tags: ['shop', 'eu'],
    domainInputSource: 'pattern',
    initialNumberOfDomains: 18,
    processedDomainsCount: 0,
    progress: 0,
    ownerId: fixture.owner.userId,
    createdBy: fixture.owner.userId,
    ownerName: 'owner',
    startedAt: null,
    completedAt: null,
    allowedCommands: ['start', 'cancel'],
  });
  expect(made.phases.map(({ phase, status, run, total }) => ({ phase, status, run, total }))).toEqual(
    ['generation', 'dns', 'http', 'analysis'].map((phase) => ({
      phase,
      status: 'configured',
      run: 0,
      total: 0,
    })),
  );
  expect(made.phases[3]?.config).toEqual({ keywordSetIds: [], minScore: 40, scoreProfileId: null });
  expect(await fixture.view(made.campaignId)).toEqual(made);

  const { items } = await fixture.owner.call<{ items: Record<string, unknown>[] }>(
    campaignOperations.events,
    { id: made.campaignId },
  );
  expect(items).toMatchObject([
    { seq: 1, type: 'campaign_changed', payload: { change: 'created', version: 1, status: 'pending' } },
  ]);
  const history = await fixture.owner.call<{ items: Record<string, unknown>[]; total: number }>(
    campaignOperations.history,
    { id: made.campaignId },
  );
  expect(history).toMatchObject({
    total: 1,
    items: [{ user: 'owner', action: 'campaigns.create', details: { source: 'pattern' } }],
  });
});

test('a list is read, de-duplicated, kept in order and not repeated in the input', async () => {
  const made = await fixture.create({
    input: { source: 'list', domains: ['B.com', 'a.com', 'https://b.com/', 'münchen.de', ' a.com. '] },
  });
  const rows = await fixture.db
    .select({ ordinal: domains.ordinal, name: domains.name })
    .from(domains)
    .where(eq(domains.campaignId, made.campaignId))
    .orderBy(asc(domains.ordinal));
  expect(rows.map((row) => row.ordinal)).toEqual(rows.map((_, index) => index));
  expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
  expect(rows.map((row) => row.name).slice(0, 2)).toEqual(['b.com', 'a.com']);
  expect(rows.map((row) => row.name)).toContain('xn--mnchen-3ya.de');
  expect(made).toMatchObject({ initialNumberOfDomains: rows.length, input: { source: 'list' } });
  expect(made.input).toEqual({ source: 'list' });
});

test('step_by_step leaves phases without configuration pending', async () => {
  const made = await fixture.create({ ...pipeline(), mode: 'step_by_step', phases: { http: {} } });
  expect(made.phases.map(({ phase, status, config }) => [phase, status, config === null])).toEqual([
    ['generation', 'configured', false],
    ['dns', 'pending', true],
    ['http', 'configured', false],
    ['analysis', 'pending', true],
  ]);
});

test('an Idempotency-Key makes one campaign of many requests', async () => {
  const input = {
    campaignName: 'Once',
    campaignType: 'dns',
    input: { source: 'list', domains: names(3) },
  };
  const made = await Promise.all(
    Array.from({ length: 5 }, () =>
      fixture.owner.call<CampaignView>(campaignOperations.create, input, { idempotencyKey: 'once-1' }),
    ),
  );
  expect(new Set(made.map(({ campaignId }) => campaignId)).size).toBe(1);
  await expectRefusal(
    fixture,
    () =>
      fixture.owner.call(
        campaignOperations.create,
        { ...input, campaignName: 'Twice' },
        { idempotencyKey: 'once-1' },
      ),
    { code: 'CONFLICT', field: 'Idempotency-Key' },
  );
});

describe('nothing is written of a campaign that is refused', () => {
  const pattern = (more: Record<string, unknown>) => pipeline(more);
  const list = (...given: string[]) => ({ input: { source: 'list', domains: given } });
  test.each<[string, Record<string, unknown>, string]>([
    ['unknown pattern mode', pattern({ pattern: 'infix' }), 'input.pattern.pattern'],
    ['empty charset', pattern({ charSet: '' }), 'input.pattern.charSet'],
    ['charset of no characters of names', pattern({ charSet: 'ab/' }), 'input.pattern.charSet'],
    ['charset that is only a hyphen', pattern({ charSet: '-' }), 'input.pattern.charSet'],
    [
      'more than 10^60 names',
      pattern({ prefixVariableLength: 55, charSet: 'abcdefghijklmnopqrstuvwxyz0123456789' }),
      'input.pattern.prefixVariableLength',
    ],
    [
      'more names than a campaign takes',
      pattern({ prefixVariableLength: 8, charSet: 'abcdefghijklmnopqrstuvwxyz' }),
      'input.pattern.targetDomainsToGenerate',
    ],
    ['start beyond the space', pattern({ startOffset: '18' }), 'input.pattern.startOffset'],
    ['offset that is no number', pattern({ startOffset: '-1' }), 'input.pattern.startOffset'],
    ['no variable character', pattern({ prefixVariableLength: 0 }), 'input.pattern.prefixVariableLength'],
    ['label too long', pattern({ constantPart: 'x'.repeat(62) }), 'input.pattern.prefixVariableLength'],
    ['constant part with a dot', pattern({ constantPart: 'a.b' }), 'input.pattern.constantPart'],
    ['TLD not on the list', pattern({ tlds: ['com', 'nosuchtld'] }), 'input.pattern.tlds.1'],
    ['TLD twice', pattern({ tlds: ['com', '.COM'] }), 'input.pattern.tlds.1'],
    ['no TLD', pattern({ tlds: [] }), 'input.pattern.tlds'],
    ['list with bad entries', list('a.com', 'no spaces.com', '127.0.0.1'), 'input.domains.1'],
    ['list with a public suffix', list('co.uk'), 'input.domains.0'],
    ['empty list', list(), 'input.domains'],
    ['list too long', { input: { source: 'list', domains: names(10_001) } }, 'input.domains'],
    ['unknown source', { input: { source: 'magic' } }, 'input.source'],
    ['no input', { input: undefined }, 'input'],
    ['source that the type does not take', { ...pipeline(), campaignType: 'dns' }, 'input.source'],
    ['unknown type', { campaignType: 'mail' }, 'campaignType'],
    ['unknown mode', { mode: 'all_at_once' }, 'mode'],
    ['blank name', { campaignName: '   ' }, 'campaignName'],
    ['NUL in the name', { campaignName: 'a\0b' }, 'campaignName'],
    ['half a surrogate pair in the notes', { notes: '\ud800' }, 'notes'],
    ['too many tags', { tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }, 'tags'],
    ['phase that the type does not have', { phases: { http: {} } }, 'phases.http'],
    ['configuration of generation', { ...pipeline(), phases: { generation: {} } }, 'phases.generation'],
    ['unknown persona', { phases: { dns: { personaId: MISSING_ID } } }, 'phases.dns.personaId'],
    ['persona id that is none', { phases: { dns: { personaId: 'x' } } }, 'phases.dns.personaId'],
    [
      'unknown keyword set',
      { ...pipeline(), phases: { analysis: { keywordSetIds: [MISSING_ID] } } },
      'phases.analysis.keywordSetIds.0',
    ],
    [
      'score out of range',
      { ...pipeline(), phases: { analysis: { minScore: 101 } } },
      'phases.analysis.minScore',
    ],
    [
      'unknown input campaign',
      { input: { source: 'campaigns', inputCampaignIds: [MISSING_ID] } },
      'input.inputCampaignIds.0',
    ],
  ])('%s', async (_, more, field) => {
    await expectRefusal(fixture, () => fixture.create(more), { code: 'INVALID_INPUT', field });
  });

  test('the campaign of somebody else is as unknown as one that does not exist', async () => {
    const { campaignId } = await fixture.create();
    const asInput = (id: string) => ({
      campaignName: 'Copy',
      campaignType: 'dns',
      input: { source: 'campaigns', inputCampaignIds: [id] },
    });
    const answers: string[] = [];
    for (const id of [campaignId, MISSING_ID]) {
      await expectRefusal(fixture, () => fixture.other.call(campaignOperations.create, asInput(id)), {
        code: 'INVALID_INPUT',
        field: 'input.inputCampaignIds.0',
      });
      await fixture.other
        .call(campaignOperations.create, asInput(id))
        .catch((error: Error) => answers.push(error.message.replace(id, '<id>')));
    }
    expect(answers[0]).toBe(answers[1]);
    await expect(fixture.admin.call(campaignOperations.create, asInput(campaignId))).resolves.toMatchObject({
      status: 'pending',
    });
  });

  test('a list names its bad entries', async () => {
    await expectRefusal(
      fixture,
      () => fixture.create({ input: { source: 'list', domains: ['-a.com', 'ok.com', 'localhost'] } }),
      {
        code: 'INVALID_INPUT',
        details: {
          rejected: 2,
          first: [
            { index: 0, text: '-a.com', reason: 'HYPHEN_EDGE' },
            { index: 2, text: 'localhost', reason: 'SINGLE_LABEL' },
          ],
        },
      },
    );
  });
});

describe('previewPattern', () => {
  const preview = (pattern: unknown, samples?: number) =>
    fixture.owner.call<{ size: string; available: string; sample: string[] }>(
      campaignOperations.previewPattern,
      { pattern, samples },
    );

  test('tells the size and names that the pattern has', async () => {
    const { size, available, sample } = await preview(shopPattern({ startOffset: '8' }), 200);
    expect({ size, available }).toEqual({ size: '18', available: '10' });
    expect(sample).toHaveLength(10);
    for (const name of sample) expect(name).toMatch(/^[abc]{2}shop\.(com|de)$/);
    const huge = await preview(shopPattern({ prefixVariableLength: 30, charSet: 'abcdefghij' }), 3);
    expect(huge.size).toBe(String(2n * 10n ** 30n));
  });

  test.each<[Record<string, unknown>, string]>([
    [{ pattern: 'infix' }, 'pattern.pattern'],
    [{ charSet: '' }, 'pattern.charSet'],
    [{ tlds: ['nosuchtld'] }, 'pattern.tlds.0'],
    [{ prefixVariableLength: 58, charSet: 'abcdefghijklmnopqrstuvwxyz' }, 'pattern.prefixVariableLength'],
  ])('refuses %j', async (more, field) => {
    await expectRefusal(fixture, () => preview(shopPattern(more)), { code: 'INVALID_INPUT', field });
  });
});
