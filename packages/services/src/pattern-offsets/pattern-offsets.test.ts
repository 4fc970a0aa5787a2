import { invalidInput } from '@domainflow/domain/errors.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimBatch } from '../batch/claim-batch.ts';
import { withMaterials } from '../batch/plan-materials.ts';
import { WORKER_ID, workOn } from '../batch/testing/simulated-worker.ts';
import { failPhase } from '../campaigns/lifecycle/fail-phase.ts';
import { finishPhase } from '../campaigns/lifecycle/finish-phase.ts';
import { campaignOperations } from '../campaigns/operations.ts';
import type { CampaignView } from '../campaigns/reading/read-campaign.ts';
import {
  type CampaignFixture,
  expectRefusal,
  openCampaignFixture,
  shopPattern,
} from '../campaigns/testing/campaign-fixture.ts';
import { wordListOperations } from '../word-lists/operations.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

/** A pattern of its own for each test: `constantPart` is the test's. 18 offsets, all of them names. */
const patternOf = (constantPart: string, more: Record<string, unknown> = {}): Record<string, unknown> =>
  shopPattern({ constantPart, ...more });

const draft = (pattern: Record<string, unknown>): Promise<CampaignView> =>
  fixture.create({
    campaignType: 'generation',
    mode: 'step_by_step',
    input: { source: 'pattern', pattern },
  });
const start = (id: string): Promise<CampaignView> =>
  fixture.owner.call<CampaignView>(campaignOperations.start, { id });

interface OffsetView {
  readonly patternHash: string;
  readonly nextOffset: string;
  readonly movedBack: boolean;
}
const offsetOf = (
  pattern: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Promise<OffsetView> =>
  fixture.owner.call<OffsetView>(campaignOperations.patternOffset, { pattern, ...more });

/** Works through the campaign's generation, and gives the names that it has then. */
async function generate(id: string): Promise<string[]> {
  const open = await fixture.sql<{ no: number }[]>`
    SELECT batch_no AS no FROM batches WHERE campaign_id = ${id} AND phase = 'generation' AND status = 'pending'`;
  for (const { no } of open) {
    const key = { campaignId: id, phase: 'generation' as const, batchNo: no };
    const batch = await claimBatch(fixture.sql, key, WORKER_ID);
    if (batch === null) throw new Error('not claimed');
    await workOn(fixture.sql, await withMaterials(fixture.db, fixture.deps.secrets, batch), () => ({
      verdict: 'OK',
    }));
  }
  await finishPhase(fixture.deps, id, 'generation');
  return namesOf(id);
}
async function namesOf(id: string): Promise<string[]> {
  const rows = await fixture.sql<{ name: string }[]>`
    SELECT name FROM domains WHERE campaign_id = ${id} ORDER BY ordinal`;
  return rows.map(({ name }) => name);
}

test('an offset is read, set forward, and set back with a clear answer', async () => {
  const pattern = patternOf('read');
  expect(await offsetOf(pattern)).toMatchObject({
    nextOffset: '0',
    size: '18',
    available: '18',
    previousOffset: null,
    movedBack: false,
    message: null,
  });
  const forward = await offsetOf(pattern, { offset: '10' });
  expect(forward).toMatchObject({ nextOffset: '10', available: '8', previousOffset: '0', movedBack: false });
  // Another way of writing the same names.
  const same = patternOf(' READ', { charSet: 'CBAa', tlds: ['.de', 'COM'], startOffset: '3' });
  expect(await offsetOf(same)).toMatchObject({ patternHash: forward.patternHash, nextOffset: '10' });
  expect(await offsetOf(pattern, { offset: '4' })).toMatchObject({
    nextOffset: '4',
    previousOffset: '10',
    movedBack: true,
    message: expect.stringContaining('6 offsets'),
  });
  expect(await offsetOf(pattern, { offset: '18' })).toMatchObject({ available: '0' });
  for (const [input, field] of [
    [{ offset: '19' }, 'offset'],
    [{ offset: '-1' }, 'offset'],
    [{ offset: 3 }, 'offset'],
    [{ pattern: patternOf('read', { charSet: '' }) }, 'pattern.charSet'],
    [{ pattern: patternOf('read', { tlds: ['nosuchtld'] }) }, 'pattern.tlds.0'],
  ] as const) {
    await expectRefusal(fixture, () => offsetOf(pattern, input), { code: 'INVALID_INPUT', field });
  }
  const audits = await fixture.sql<{ details: Record<string, unknown> }[]>`
    SELECT details FROM audit_logs WHERE action = 'campaigns.patternOffset' AND user_id = ${fixture.owner.userId} ORDER BY id`;
  expect(audits.map(({ details }) => details)).toMatchObject([
    { previousOffset: '0', nextOffset: '10' },
    { previousOffset: '10', nextOffset: '4' },
    { previousOffset: '4', nextOffset: '18' },
  ]);
});

test('campaigns that start at the same time never share an offset, nor a name', async () => {
  const pattern = patternOf('race', {
    prefixVariableLength: 4,
    charSet: 'abcdefgh',
    resumeFlag: true,
    targetDomainsToGenerate: 500,
  });
  const drafts = await Promise.all(Array.from({ length: 10 }, () => draft(pattern)));
  expect(drafts[0]).toMatchObject({
    maxTheoreticalDomains: '8192',
    targetDomainsToGenerate: 500,
    generationStrategy: 'prefix',
    enforceUniqueness: true,
    resumeFlag: true,
    patternRange: { startOffset: null, endOffset: null },
  });
  expect(await offsetOf(pattern)).toMatchObject({ nextOffset: '0' });
  const started = await Promise.all(drafts.map(({ campaignId }) => start(campaignId)));
  const starts = started.map(({ patternRange }) => Number(patternRange?.startOffset)).sort((a, b) => a - b);
  expect(starts).toEqual(Array.from({ length: 10 }, (_, index) => index * 500));
  expect(await offsetOf(pattern)).toMatchObject({ nextOffset: '5000' });
  const names: string[] = [];
  for (const { campaignId, patternRange } of started) {
    const own = await generate(campaignId);
    expect(own).toHaveLength(500);
    expect(Number(patternRange?.endOffset) - Number(patternRange?.startOffset)).toBe(500);
    names.push(...own);
  }
  expect(new Set(names).size).toBe(5_000);
}, 30_000);

test('campaigns that do not say where to start go on; those that say so start again', async () => {
  const pattern = patternOf('unsaid', { startOffset: null, targetDomainsToGenerate: 4 });
  const drafts = await Promise.all([draft(pattern), draft(pattern), draft(pattern)]);
  expect(drafts[0]).toMatchObject({ resumeFlag: true, patternRange: { startOffset: null } });
  const started = await Promise.all(drafts.map(({ campaignId }) => start(campaignId)));
  const starts = started.map(({ patternRange }) => Number(patternRange?.startOffset));
  expect(starts.sort((a, b) => a - b)).toEqual([0, 4, 8]);
  const again = await draft({ ...pattern, resumeFlag: false });
  expect(again.resumeFlag).toBe(false);
  expect((await start(again.campaignId)).patternRange).toMatchObject({ startOffset: '0', endOffset: '4' });
  const there = await draft({ ...pattern, startOffset: '3' });
  expect(there.resumeFlag).toBe(false);
  expect((await start(there.campaignId)).patternRange).toMatchObject({ startOffset: '3', endOffset: '7' });
  expect(await offsetOf(pattern)).toMatchObject({ nextOffset: '12' });
});

test('without resumeFlag a campaign starts where it says, and the offset never moves back for it', async () => {
  const pattern = patternOf('given');
  const first = await draft({ ...pattern, startOffset: '6', targetDomainsToGenerate: 4 });
  const second = await draft({ ...pattern, startOffset: '2', targetDomainsToGenerate: 3 });
  await start(first.campaignId);
  expect(await offsetOf(pattern)).toMatchObject({ nextOffset: '10' });
  expect((await start(second.campaignId)).patternRange).toMatchObject({ startOffset: '2', endOffset: '5' });
  expect(await offsetOf(pattern)).toMatchObject({ nextOffset: '10' });
  const goesOn = await draft({ ...pattern, resumeFlag: true, startOffset: '2', targetDomainsToGenerate: 1 });
  expect((await start(goesOn.campaignId)).patternRange).toMatchObject({ startOffset: '10', endOffset: '11' });
});

test('what is left is taken where the target is more; then a start is refused, and burns nothing', async () => {
  const pattern = patternOf('end', { resumeFlag: true, targetDomainsToGenerate: 12 });
  const drafts = [await draft(pattern), await draft(pattern), await draft(pattern)] as const;
  expect(drafts.map((view) => view.initialNumberOfDomains)).toEqual([12, 12, 12]);
  await start(drafts[0].campaignId);
  const partial = await start(drafts[1].campaignId);
  expect(partial).toMatchObject({
    initialNumberOfDomains: 6,
    targetDomainsToGenerate: 12,
    patternRange: { startOffset: '12', endOffset: '18' },
    phases: [{ phase: 'generation', total: 6 }],
  });
  const names = [...(await generate(drafts[0].campaignId)), ...(await generate(drafts[1].campaignId))];
  expect(new Set(names).size).toBe(18);
  await expectRefusal(fixture, () => start(drafts[2].campaignId), {
    code: 'INVALID_INPUT',
    field: 'input.pattern.resumeFlag',
    details: { size: '18', nextOffset: '18', available: '0' },
  });
  // The same pattern can still be made a draft of, and starts once there is something left.
  const late = await draft(pattern);
  expect(late.initialNumberOfDomains).toBe(0);
  await offsetOf(pattern, { offset: '17' });
  expect((await start(late.campaignId)).patternRange).toMatchObject({ startOffset: '17', endOffset: '18' });
  await expectRefusal(fixture, () => draft(patternOf('end', { startOffset: '18' })), {
    code: 'INVALID_INPUT',
    field: 'input.pattern.startOffset',
  });
});

test('a campaign keeps its range when its generation fails and is retried', async () => {
  const pattern = patternOf('again', { resumeFlag: true, targetDomainsToGenerate: 5 });
  const { campaignId } = await draft(pattern);
  await start(campaignId);
  await failPhase(fixture.deps, campaignId, 'generation', invalidInput('Broken', null));
  await start((await draft(pattern)).campaignId);
  const retried = await fixture.owner.call<CampaignView>(campaignOperations.retry, { id: campaignId });
  expect(retried.patternRange).toMatchObject({ startOffset: '0', endOffset: '5' });
  expect(await offsetOf(pattern)).toMatchObject({ nextOffset: '10' });
  const whole = await draft(patternOf('again', { targetDomainsToGenerate: 5 }));
  await start(whole.campaignId);
  expect(await generate(campaignId)).toEqual(await generate(whole.campaignId));
});

const dictionary = (more: Record<string, unknown>): Record<string, unknown> => ({
  pattern: 'dictionary',
  lists: [{ words: ['a', 'ab', 'abc'] }, { words: ['c', 'bc', 'b'] }],
  tlds: ['com'],
  ...more,
});

test('names that a campaign would have twice are skipped and counted, across batches too', async () => {
  const words = Array.from(
    { length: 300 },
    (_, i) => 'x'.repeat((i % 20) + 1) + String.fromCharCode(97 + (i % 15)),
  );
  const lists = [{ words }, { words: [...words].reverse() }];
  const { campaignId } = await draft(dictionary({ lists }));
  await start(campaignId);
  const names = await generate(campaignId);
  const { phases, initialNumberOfDomains } = await fixture.view(campaignId);
  const distinct = new Set<string>();
  const unique = [...new Set(words)];
  for (const first of unique) for (const second of unique) distinct.add(`${first}${second}.com`);
  expect(new Set(names)).toEqual(distinct);
  expect(names).toHaveLength(distinct.size);
  expect(phases[0]?.counts).toEqual({
    GENERATED: distinct.size,
    ...(distinct.size < initialNumberOfDomains ? { DUPLICATE: initialNumberOfDomains - distinct.size } : {}),
  });
  const small = await draft(dictionary({}));
  await start(small.campaignId);
  expect(await generate(small.campaignId)).toEqual(
    ['ac', 'abc', 'ab', 'abbc', 'abb', 'abcc', 'abcbc', 'abcb'].map((label) => `${label}.com`),
  );
  expect((await fixture.view(small.campaignId)).phases[0]?.counts).toEqual({ GENERATED: 8, DUPLICATE: 1 });
  await expectRefusal(fixture, () => draft(dictionary({ enforceUniqueness: false })), {
    code: 'INVALID_INPUT',
    field: 'input.pattern.enforceUniqueness',
  });
});

test('a stored list means the same as its words, and stays while a campaign may generate from it', async () => {
  const words = ['red', 'grün', 'blue'];
  const { wordListId: id } = await fixture.owner.call<{ wordListId: string }>(wordListOperations.create, {
    name: 'Colours',
    words,
  });
  const stored = dictionary({
    lists: [{ wordListId: id.toUpperCase() }],
    constantPart: 'shop',
    separators: ['-'],
  });
  const inline = { ...stored, lists: [{ words }] };
  expect((await offsetOf(stored)).patternHash).toBe((await offsetOf(inline)).patternHash);
  const { campaignId } = await draft(stored);
  const remove = () => fixture.owner.call(wordListOperations.delete, { id });
  await expectRefusal(fixture, remove, { code: 'CONFLICT', details: { campaigns: 1 } });
  await start(campaignId);
  await expectRefusal(fixture, remove, { code: 'CONFLICT' });
  expect(await generate(campaignId)).toEqual([
    'shop-red.com',
    new URL('http://shop-grün.com').hostname,
    'shop-blue.com',
  ]);
  expect(await remove()).toEqual({ deleted: true });
  expect(await fixture.view(campaignId)).toMatchObject({ status: 'completed', maxTheoreticalDomains: '3' });
  for (const refused of [() => draft(stored), () => offsetOf(stored)]) {
    await expectRefusal(fixture, refused, {
      code: 'INVALID_INPUT',
      field: expect.stringContaining('pattern.lists.0.wordListId'),
    });
  }
});

test('typosquats are generated and counted like everything else, and go on across campaigns', async () => {
  const pattern = {
    pattern: 'typosquat',
    seeds: ['example.com', 'www.münchen.de'],
    tlds: ['com', 'de', 'co.uk'],
    resumeFlag: true,
  };
  const { size } = await fixture.owner.call<{ size: string }>(campaignOperations.previewPattern, { pattern });
  const half = Math.ceil(Number(size) / 2);
  const names: string[] = [];
  let counted = 0;
  for (const target of [half, half]) {
    const { campaignId } = await draft({ ...pattern, targetDomainsToGenerate: target });
    await start(campaignId);
    const own = await generate(campaignId);
    names.push(...own);
    const [phase] = (await fixture.view(campaignId)).phases;
    expect(phase?.counts['GENERATED']).toBe(own.length);
    counted += Object.values(phase?.counts ?? {}).reduce((sum, n) => sum + n, 0);
  }
  expect(counted).toBe(Number(size));
  expect(names.length).toBeGreaterThan(100);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain('example.com');
});

test('a preview shows offsets, what is skipped, and where a campaign would go on', async () => {
  const pattern = patternOf('look', { charSet: 'a-', resumeFlag: true });
  await offsetOf(pattern, { offset: '2' });
  const preview = await fixture.owner.call(campaignOperations.previewPattern, { pattern, samples: 10 });
  expect(preview).toMatchObject({ size: '8', available: '6', nextOffset: '2' });
  expect(preview.sampledOffsets).toEqual([
    { offset: '2', name: null, skipped: 'HYPHEN_EDGE' },
    { offset: '3', name: null, skipped: 'HYPHEN_EDGE' },
    { offset: '4', name: 'a-look.com', skipped: null },
    { offset: '5', name: 'a-look.de', skipped: null },
    { offset: '6', name: 'aalook.com', skipped: null },
    { offset: '7', name: 'aalook.de', skipped: null },
  ]);
  for (const typosquat of [{ pattern: 'typosquat', seeds: ['example.com'] }, dictionary({})]) {
    const other = await fixture.owner.call<{ size: string; sample: string[] }>(
      campaignOperations.previewPattern,
      { pattern: { ...typosquat, startOffset: '0' } },
    );
    expect(Number(other.size)).toBeGreaterThan(0);
    expect(other.sample.length).toBeGreaterThan(0);
  }
});
