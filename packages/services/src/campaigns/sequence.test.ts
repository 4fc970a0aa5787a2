import { invalidInput } from '@domainflow/domain/errors.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  claimAll,
  type Judge,
  ledger,
  recount,
  runPhase,
  workOn,
} from '../batch/testing/simulated-worker.ts';
import { personaOperations } from '../personas/operations.ts';
import { failPhase } from './lifecycle/fail-phase.ts';
import { finishPhase } from './lifecycle/finish-phase.ts';
import { campaignOperations } from './operations.ts';
import type { CampaignView } from './reading/read-campaign.ts';
import { type CampaignFixture, names, openCampaignFixture, shopPattern } from './testing/campaign-fixture.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

const call = (
  verb: 'start' | 'retry' | 'update' | 'configurePhase' | 'cancel',
  input: Record<string, unknown>,
): Promise<CampaignView> => fixture.owner.call<CampaignView>(campaignOperations[verb], input);

const standing = ({ phases }: CampaignView) =>
  phases.map(({ phase, status, run, total, processed, counts }) => ({
    phase,
    status,
    run,
    total,
    processed,
    counts,
  }));

interface Event {
  readonly seq: number;
  readonly type: string;
  readonly payload: { readonly phase?: PhaseName; readonly to?: string };
}
async function eventsOf(id: string): Promise<Event[]> {
  const { items } = await fixture.owner.call<{ items: Event[] }>(campaignOperations.events, {
    id,
    limit: 1_000,
  });
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
  return items;
}
const completions = async (id: string): Promise<(PhaseName | undefined)[]> =>
  (await eventsOf(id))
    .filter(({ type }) => type === 'validation_complete')
    .map(({ payload }) => payload.phase);

/** The ledger's counts are those of the rows, for every phase. */
async function expectRecounts(view: CampaignView): Promise<void> {
  for (const { phase, counts, total, processed } of view.phases) {
    if (phase !== 'generation') expect(counts).toEqual(await recount(fixture.sql, view.campaignId, phase));
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(processed);
    expect(processed).toBeLessThanOrEqual(total);
  }
}

test('full_sequence runs from a pattern to leads, each phase over what the one before lets in', async () => {
  // Of 3^2 labels, those with a hyphen at an edge are skipped.
  const { campaignId: id } = await fixture.create({
    campaignType: 'pipeline',
    input: { source: 'pattern', pattern: shopPattern({ charSet: 'ab-', tlds: ['com', 'de', 'fr'] }) },
  });
  const started = await call('start', { id });
  expect(started).toMatchObject({ status: 'active', initialNumberOfDomains: 27 });
  expect(await fixture.owner.call(campaignOperations.domains, { id })).toMatchObject({ items: [], total: 0 });
  await runPhase(fixture, id, 'generation');
  const generated = await fixture.sql<{ ordinal: number; name: string }[]>`
    SELECT ordinal::int, name FROM domains WHERE campaign_id = ${id} ORDER BY ordinal`;
  expect(generated).toHaveLength(18);
  expect(await fixture.owner.call(campaignOperations.domains, { id })).toMatchObject({
    total: 18,
    totalExact: true,
  });
  const { phases } = await fixture.view(id);
  expect(phases[0]).toMatchObject({ total: 27, processed: 27, counts: { GENERATED: 18 } });
  expect(phases[1]).toMatchObject({ status: 'running', total: 18, processed: 0 });

  const dns: Judge = ({ name }) => ({ verdict: name.endsWith('.fr') ? 'NXDOMAIN' : 'OK' });
  expect(await runPhase(fixture, id, 'dns', dns)).toHaveLength(18);
  const http: Judge = ({ name }) =>
    name.endsWith('.de') ? { verdict: 'TIMEOUT' } : { verdict: 'OK', code: 200 };
  const visited = await runPhase(fixture, id, 'http', http);
  expect(visited.map(({ name }) => name)).toEqual(
    generated.map(({ name }) => name).filter((name) => !name.endsWith('.fr')),
  );
  expect(visited[0]?.prior).toEqual({ of: visited[0]?.name });
  const analysed = await runPhase(fixture, id, 'analysis', ({ ordinal }) => ({
    verdict: ordinal % 2 === 0 ? 'OK' : 'NO_LEAD',
    code: 40 + ordinal,
  }));
  expect(analysed.map(({ name, page }) => [name, page?.title])).toEqual(
    generated.flatMap(({ name }) => (name.endsWith('.com') ? [[name, name]] : [])),
  );
  const done = await fixture.view(id);
  expect(done).toMatchObject({ status: 'completed', progress: 100, allowedCommands: ['retry'] });
  expect(done.completedAt).not.toBeNull();
  expect(standing(done).map(({ phase, status, total }) => [phase, status, total])).toEqual([
    ['generation', 'completed', 27],
    ['dns', 'completed', 18],
    ['http', 'completed', 12],
    ['analysis', 'completed', 6],
  ]);
  await expectRecounts(done);
  expect(await completions(id)).toEqual(['generation', 'dns', 'http', 'analysis']);
  const leads = await fixture.owner.call<{ total: number }>(campaignOperations.leads, { id });
  expect(leads.total).toBe(analysed.filter(({ ordinal }) => ordinal % 2 === 0).length);

  // What a retry lets in goes all the way through, and nothing else is touched.
  const untouched = async () => [
    ...(await fixture.sql`SELECT * FROM results WHERE campaign_id = ${id} AND run = 1 AND verdict <> 'TIMEOUT'
      ORDER BY phase, ordinal`),
  ];
  const before = await untouched();
  await call('retry', { id, scope: 'failed' });
  expect(
    (await runPhase(fixture, id, 'http', () => ({ verdict: 'OK', code: 200 }))).map(({ name }) => name),
  ).toEqual(generated.map(({ name }) => name).filter((name) => name.endsWith('.de')));
  expect(await runPhase(fixture, id, 'analysis', () => ({ verdict: 'OK', code: 90 }))).toHaveLength(6);
  const again = await fixture.view(id);
  expect(again).toMatchObject({ status: 'completed', progress: 100 });
  expect(standing(again).map(({ run, total, processed }) => [run, total, processed])).toEqual([
    [1, 27, 27],
    [1, 18, 18],
    [2, 12, 12],
    [2, 12, 12],
  ]);
  // A run is timed from its own beginning; those that were not run again keep their times.
  const beginnings = ({ phases }: CampaignView) => phases.map(({ startedAt }) => startedAt ?? '');
  expect(beginnings(again).slice(0, 2)).toEqual(beginnings(done).slice(0, 2));
  for (const startedAt of beginnings(again).slice(2))
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(Date.parse(done.completedAt ?? ''));
  await expectRecounts(again);
  expect(await untouched()).toEqual(before);
  expect((await completions(id)).slice(4)).toEqual(['http', 'analysis']);
});

test('phases with nothing to do complete at once, in the transaction of the one before', async () => {
  const { campaignId: id } = await fixture.create({
    campaignType: 'pipeline',
    input: { source: 'list', domains: names(3) },
  });
  await call('start', { id });
  await runPhase(fixture, id, 'dns', () => ({ verdict: 'NXDOMAIN' }));
  const done = await fixture.view(id);
  expect(done).toMatchObject({ status: 'completed', progress: 100 });
  expect(standing(done).map(({ phase, status, run, total }) => [phase, status, run, total])).toEqual([
    ['dns', 'completed', 1, 3],
    ['http', 'completed', 1, 0],
    ['analysis', 'completed', 1, 0],
  ]);
  expect(await completions(id)).toEqual(['dns', 'http', 'analysis']);
  expect(await ledger(fixture.sql, id, 'http')).toEqual([]);
});

test('step_by_step waits after each phase, and a change of mode goes on by itself', async () => {
  const { campaignId: id } = await fixture.create({
    campaignType: 'pipeline',
    mode: 'step_by_step',
    input: { source: 'list', domains: names(4) },
    phases: { dns: {} },
  });
  await call('start', { id });
  await runPhase(fixture, id, 'dns');
  let view = await fixture.view(id);
  expect(view).toMatchObject({ status: 'completed', allowedCommands: ['cancel', 'retry'] });
  expect(view.progress).toBeLessThan(100);
  view = await call('configurePhase', { id, phase: 'http', config: {} });
  expect(view.allowedCommands).toContain('start');
  await call('start', { id });
  await runPhase(fixture, id, 'http');
  view = await fixture.view(id);
  expect(view.status).toBe('completed');
  await call('configurePhase', { id, phase: 'analysis', config: { minScore: 0 } });
  view = await call('update', { id, version: view.version + 1, mode: 'full_sequence' });
  await call('start', { id, version: view.version });
  expect(await runPhase(fixture, id, 'analysis')).toHaveLength(4);
  expect(await fixture.view(id)).toMatchObject({ status: 'completed', progress: 100 });
});

test('retries of both scopes at once: ambiguous of dns, failed of http, one after the other', async () => {
  const { campaignId: id } = await fixture.create({
    campaignType: 'pipeline',
    input: { source: 'list', domains: names(9) },
  });
  await call('start', { id });
  await runPhase(fixture, id, 'dns', ({ ordinal }) => ({ verdict: ordinal < 3 ? 'SERVFAIL' : 'OK' }));
  await runPhase(fixture, id, 'http', ({ ordinal }) => ({ verdict: ordinal < 6 ? 'UPSTREAM_5XX' : 'OK' }));
  await runPhase(fixture, id, 'analysis');
  await call('retry', { id });
  expect((await runPhase(fixture, id, 'dns')).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
  // What has just been let in, and what the person chose.
  expect((await runPhase(fixture, id, 'http')).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5]);
  expect((await runPhase(fixture, id, 'analysis')).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5]);
  const done = await fixture.view(id);
  expect(standing(done).map(({ run, total, counts }) => [run, total, counts])).toEqual(
    Array(3).fill([2, 9, { OK: 9 }]),
  );
  await expectRecounts(done);
  const left =
    await fixture.sql`SELECT phase FROM phase_runs WHERE campaign_id = ${id} AND retry_verdicts IS NOT NULL`;
  expect([...left]).toEqual([]);
});

test('a retry of one phase, or in step_by_step, leaves the others alone', async () => {
  const { campaignId: id } = await fixture.create({
    campaignType: 'pipeline',
    mode: 'step_by_step',
    input: { source: 'list', domains: names(4) },
    phases: { dns: {}, http: {} },
  });
  await call('start', { id });
  await runPhase(fixture, id, 'dns', ({ ordinal }) => ({ verdict: ordinal === 0 ? 'TIMEOUT' : 'OK' }));
  await call('start', { id });
  await runPhase(fixture, id, 'http', () => ({ verdict: 'ERROR' }));
  await call('retry', { id });
  expect(await claimAll(fixture, id, 'http')).toEqual([]);
  expect(await runPhase(fixture, id, 'dns')).toHaveLength(1);
  expect(await fixture.view(id)).toMatchObject({
    status: 'completed',
    phases: [{ run: 2 }, { run: 1 }, { run: 0 }],
  });
  await call('retry', { id, phase: 'http', scope: 'failed' });
  expect(await runPhase(fixture, id, 'http')).toHaveLength(4);
  await expect(call('retry', { id, phase: 'http' })).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'scope',
  });
});

test('names of other campaigns are taken when it starts: those that resolve, once each', async () => {
  const sources: string[] = [];
  for (const domains of [names(4), [...names(2), 'other.com']]) {
    const { campaignId: id } = await fixture.create({ input: { source: 'list', domains } });
    await call('start', { id });
    await runPhase(fixture, id, 'dns', ({ name }) => ({
      verdict: name === 'site-3.com' ? 'NXDOMAIN' : 'OK',
    }));
    sources.push(id);
  }
  const { campaignId: unchecked } = await fixture.create({ input: { source: 'list', domains: ['raw.com'] } });
  const { campaignId: id } = await fixture.create({
    campaignType: 'http',
    input: { source: 'campaigns', inputCampaignIds: [...sources, unchecked] },
  });
  expect(await call('start', { id })).toMatchObject({ initialNumberOfDomains: 5, phases: [{ total: 5 }] });
  const rows = await fixture.sql<{ name: string }[]>`
    SELECT name FROM domains WHERE campaign_id = ${id} ORDER BY ordinal`;
  expect(rows.map(({ name }) => name)).toEqual([
    'other.com',
    'raw.com',
    'site-0.com',
    'site-1.com',
    'site-2.com',
  ]);
});

test('a phase that cannot follow, because what it names is gone, has failed with the reason', async () => {
  const [set] = await fixture.sql<{ id: string }[]>`
    INSERT INTO keyword_sets (name, rules) VALUES ('Short-lived', '[]') RETURNING id`;
  const { campaignId: id } = await fixture.create({
    campaignType: 'pipeline',
    input: { source: 'list', domains: names(3) },
    phases: { analysis: { keywordSetIds: [set?.id] } },
  });
  await call('start', { id });
  await runPhase(fixture, id, 'dns');
  await fixture.sql`DELETE FROM keyword_sets WHERE name = 'Short-lived'`;
  await runPhase(fixture, id, 'http');
  const failed = await fixture.view(id);
  expect(failed).toMatchObject({
    status: 'failed',
    errorDetails: { code: 'INVALID_INPUT', message: `No keyword set with id ${set?.id}.` },
    allowedCommands: ['cancel', 'retry'],
  });
  expect(failed.phases.map(({ status }) => status)).toEqual(['completed', 'completed', 'failed']);
  expect(failed.phases[2]?.errorDetails).toEqual(failed.errorDetails);
  expect(await finishPhase(fixture.deps, id, 'http')).toBe(false);
  // The person is told when they try again, mends it, and goes on.
  await expect(call('retry', { id })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await call('configurePhase', { id, phase: 'analysis', config: {} });
  expect(await call('retry', { id })).toMatchObject({ status: 'retrying', errorDetails: null });
  expect(await runPhase(fixture, id, 'analysis')).toHaveLength(3);
  expect(await fixture.view(id)).toMatchObject({ status: 'completed', progress: 100 });
});

test('a start is refused where a later phase names what is gone, and nothing of it happens', async () => {
  const { create, update, delete: remove } = personaOperations;
  const persona = { kind: 'http', name: 'Short-lived' };
  const { personaId } = await fixture.owner.call<{ personaId: string }>(create, persona);
  const { campaignId: id } = await fixture.create({
    campaignType: 'pipeline',
    input: { source: 'list', domains: names(3) },
    phases: { http: { personaId } },
  });
  await fixture.owner.call(update, { id: personaId, version: 1, name: 'Short “lived”' });
  await fixture.owner.call(remove, { id: personaId });
  await expect(call('start', { id })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'phases.http.personaId',
    message:
      'HTTP validation: The HTTP persona "Short “lived”" was deleted: choose another one. Configure the phase again.',
  });
  expect(await fixture.view(id)).toMatchObject({ status: 'pending', version: 1 });
  await call('configurePhase', { id, phase: 'http', config: {} });
  expect(await call('start', { id })).toMatchObject({ status: 'active' });
});

test('progress shows the batches of this campaign and no others', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 2; i += 1) {
    const { campaignId: id } = await fixture.create({
      campaignType: 'http',
      input: { source: 'list', domains: names(1_500) },
    });
    await call('start', { id });
    ids.push(id);
  }
  const [first, second] = ids;
  if (first === undefined || second === undefined) throw new Error('no campaigns');
  await runPhase(fixture, first, 'http');
  expect((await fixture.view(first)).phases[0]?.batches).toEqual({ pending: 0, leased: 0, done: 2 });
  expect((await fixture.view(second)).phases[0]?.batches).toEqual({ pending: 2, leased: 0, done: 0 });
});

test('generation that failed in the middle goes on with the offsets that are left', async () => {
  const { campaignId: id } = await fixture.create({
    campaignType: 'generation',
    input: {
      source: 'pattern',
      pattern: shopPattern({ prefixVariableLength: 3, charSet: 'abcdefghijklmnopqrstuvwxyz', tlds: ['com'] }),
    },
  });
  await call('start', { id });
  const [first, second] = await claimAll(fixture, id, 'generation');
  if (first === undefined || second === undefined) throw new Error('no batches');
  await workOn(fixture.sql, second, () => ({ verdict: 'OK' }));
  await failPhase(fixture.deps, id, 'generation', invalidInput('It cannot.', null));
  expect(await call('retry', { id })).toMatchObject({
    status: 'retrying',
    phases: [{ run: 2, total: 17_576 }],
  });
  await runPhase(fixture, id, 'generation');
  const done = await fixture.view(id);
  expect(done).toMatchObject({ status: 'completed', progress: 100 });
  expect(done.phases[0]).toMatchObject({ total: 17_576, processed: 17_576, counts: { GENERATED: 17_576 } });
  const [row] = await fixture.sql`
    SELECT count(*)::int AS n, max(ordinal)::int AS last FROM domains WHERE campaign_id = ${id}`;
  expect(row).toEqual({ n: 17_576, last: 17_575 });
});
