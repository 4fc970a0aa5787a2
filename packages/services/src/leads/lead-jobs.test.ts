import { EVENT_PAYLOADS } from '@domainflow/domain/events/event.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignOperations } from '../campaigns/operations.ts';
import { type CampaignFixture, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import { scoreProfileOperations } from '../score-profiles/operations.ts';
import { groupStep } from './group-step.ts';
import { leadJobOperations, leadOperations } from './operations.ts';
import { rescoreStep } from './rescore-step.ts';
import { plantFiveLeads } from './testing/five-leads.ts';
import { leadsOf } from './testing/lead-views.ts';
import { plantLeads } from './testing/plant-leads.ts';

interface Job {
  leadJobId: string;
  status: string;
  total: number;
  done: number;
  changed: number;
  report: Record<string, unknown> | null;
}

let fixture: CampaignFixture;
let first: string;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  ({ first } = await plantFiveLeads(fixture));
});
afterAll(() => fixture.close());

const { list, names, lead } = leadsOf(() => fixture.owner);

test('near-duplicates are grouped across campaigns, and decided on together', async () => {
  const asked = await fixture.owner.call<Job>(leadOperations.findGroups);
  while (await groupStep(fixture.sql));
  const job = await fixture.owner.call<Job>(leadJobOperations.get, { id: asked.leadJobId });
  expect(job).toMatchObject({ status: 'completed', total: 5, changed: 4, report: { groups: 2, grouped: 4 } });
  const groups = await fixture.owner.call<{
    items: { groupId: string; domains: string[]; reasons: string[] }[];
  }>(leadOperations.groups);
  expect(groups.items.map(({ domains, reasons }) => [domains.toSorted(), reasons])).toEqual(
    expect.arrayContaining([
      [['copy.com', 'plain.com'], ['body']],
      [['rich.de', 'twin.com'], ['tracker']],
    ]),
  );
  const { groupId } = await lead('copy.com');
  const decided = await fixture.owner.call(leadOperations.decideOnGroup, { id: groupId, state: 'rejected' });
  expect(decided).toEqual({ updated: 2 });
  expect(await names({ state: 'rejected' })).toEqual(['copy.com', 'plain.com']);
  const missing = fixture.other.call(leadOperations.decideOnGroup, { id: groupId, state: 'new' });
  await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { leadId } = await lead('copy.com');
  const full = await fixture.owner.call<{ groupMembers: { domain: string }[] }>(leadOperations.get, {
    id: leadId,
  });
  expect(full.groupMembers.map(({ domain }) => domain)).toEqual(['plain.com']);
});

test('what too many share groups nothing, and the job says so', async () => {
  const shared = Array.from({ length: 120 }, (_, index) => ({
    name: `cdn-${index}.com`,
    page: { text: 'invoice', bodySha256: String(index).padStart(64, 'a') },
    fingerprint: 'cdn',
  }));
  const id = await plantLeads(fixture, shared);
  const asked = await fixture.owner.call<Job>(leadOperations.findGroups);
  while (await groupStep(fixture.sql));
  const { report } = await fixture.owner.call<Job>(leadJobOperations.get, { id: asked.leadJobId });
  expect(report).toMatchObject({ ignored: [{ reason: 'certificate', key: 'cdn', leads: 120 }], grouped: 4 });
  await fixture.owner.call(campaignOperations.delete, { id });
});

test('leads are scored again from what is stored, piece by piece, with their history', async () => {
  const profile = await fixture.owner.call<{ scoreProfileId: string; version: number }>(
    scoreProfileOperations.create,
    { name: 'Invoices only', weights: { keywords: { categoryFactor: { buy: 2 } }, contacts: { email: 40 } } },
  );
  const preview = await fixture.owner.call<{
    items: { domain: string; scoreAfter: number }[];
    changed: number;
  }>(scoreProfileOperations.preview, {
    campaignId: first,
    weights: { keywords: { categoryFactor: { buy: 2 } }, contacts: { email: 40 } },
  });
  const before = await lead('rich.de');
  const asked = await fixture.owner.call<Job>(campaignOperations.rescore, {
    id: first,
    scoreProfileId: profile.scoreProfileId,
  });
  expect(asked).toMatchObject({ status: 'running', total: 3, done: 0 });
  const command = (verb: 'pause' | 'resume' | 'cancel') =>
    fixture.owner.call<Job>(leadJobOperations[verb], { id: asked.leadJobId });
  expect(await rescoreStep(fixture.sql, 2)).toBe(true);
  expect(await command('pause')).toMatchObject({ status: 'paused', done: 2 });
  expect(await rescoreStep(fixture.sql, 2)).toBe(false);
  await expect(command('pause')).rejects.toMatchObject({ code: 'CONFLICT' });
  await command('resume');
  while (await rescoreStep(fixture.sql, 2));
  const job = await fixture.owner.call<Job>(leadJobOperations.get, { id: asked.leadJobId });
  expect(job).toMatchObject({ status: 'completed', total: 3, done: 3 });
  const after = (await list({ campaignId: first })).items;
  expect(after.map(({ domain, score }) => [domain, score]).toSorted()).toEqual(
    preview.items.map(({ domain, scoreAfter }) => [domain, scoreAfter]).toSorted(),
  );
  for (const { scoreParts, score } of after)
    expect(scoreParts.reduce((sum, { points }) => sum + points, 0)).toBe(score);
  expect(job.changed).toBe(preview.changed);
  const full = await fixture.owner.call<{ scoreHistory: object[] }>(leadOperations.get, {
    id: before.leadId,
  });
  expect(full.scoreHistory).toMatchObject([
    {
      score: after.find(({ domain }) => domain === 'rich.de')?.score,
      scoreProfileId: profile.scoreProfileId,
    },
    { score: before.score, scoreProfileId: null },
  ]);
  // A profile that is gone still tells its parts.
  await fixture.owner.call(scoreProfileOperations.delete, { id: profile.scoreProfileId });
  expect((await lead('rich.de')).scoreParts.find(({ part }) => part === 'email')?.points).toBe(40);
  await expect(fixture.other.call(campaignOperations.rescore, { id: first })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a job that always fails ends with its error, and others are done meanwhile', async () => {
  const { scoreProfileId } = await fixture.owner.call<{ scoreProfileId: string }>(
    scoreProfileOperations.create,
    { name: 'Broken', weights: {} },
  );
  const { leadJobId } = await fixture.owner.call<Job>(campaignOperations.rescore, {
    id: first,
    scoreProfileId,
  });
  await fixture.sql`
    UPDATE score_profile_versions SET weights = '{"contacts": "none"}' WHERE profile_id = ${scoreProfileId}`;
  const job = () => fixture.owner.call<Job>(leadJobOperations.get, { id: leadJobId });
  for (let attempt = 1; attempt < 5; attempt++) {
    await expect(rescoreStep(fixture.sql)).rejects.toThrow();
    expect(await job()).toMatchObject({ status: 'running', done: 0 });
  }
  await expect(rescoreStep(fixture.sql)).rejects.toThrow();
  expect(await job()).toMatchObject({
    status: 'failed',
    done: 0,
    error: expect.stringContaining('contacts'),
  });
  expect(await rescoreStep(fixture.sql)).toBe(false);
});

test('work over leads tells its followers how far it is, each step and status once', async () => {
  const { leadJobId } = await fixture.owner.call<Job>(campaignOperations.rescore, { id: first });
  await rescoreStep(fixture.sql, 2);
  await fixture.owner.call(leadJobOperations.pause, { id: leadJobId });
  await fixture.owner.call(leadJobOperations.resume, { id: leadJobId });
  while (await rescoreStep(fixture.sql, 2));
  const events = await fixture.sql`
    SELECT seq::int, owner_id, type, payload FROM events WHERE stream = ${leadJobId} ORDER BY seq`;
  expect(events.map(({ seq }) => Number(seq))).toEqual([1, 2, 3, 4, 5]);
  expect(events.map(({ payload }) => [payload.status, payload.done])).toEqual([
    ['running', 0],
    ['running', 2],
    ['paused', 2],
    ['running', 2],
    ['completed', 3],
  ]);
  const schema = EVENT_PAYLOADS.bulk_operation_update;
  for (const { type, payload, owner_id } of events) {
    expect(type).toBe('bulk_operation_update');
    expect(schema.parse(payload)).toMatchObject({ operationId: leadJobId, campaignId: first, total: 3 });
    expect(owner_id).toBe(fixture.owner.userId);
  }
});
