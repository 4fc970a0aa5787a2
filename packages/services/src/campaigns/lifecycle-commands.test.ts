import { invalidInput } from '@domainflow/domain/errors.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPhase } from '../batch/testing/simulated-worker.ts';
import { failPhase } from './lifecycle/fail-phase.ts';
import { campaignOperations } from './operations.ts';
import { purgeDeleted } from './purge-deleted.ts';
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

type Verb = keyof typeof campaignOperations;
const call = <T = CampaignView>(verb: Verb, input: Record<string, unknown>): Promise<T> =>
  fixture.owner.call<T>(campaignOperations[verb], input);

const pipelineOf = (more: Record<string, unknown> = {}) =>
  fixture.create({ campaignType: 'pipeline', input: { source: 'list', domains: names(4) }, ...more });

/** A campaign in each state that a person can find one in. */
const STATES: Readonly<Record<string, () => Promise<string>>> = {
  pending: async () => (await pipelineOf()).campaignId,
  async active() {
    const { campaignId } = await pipelineOf();
    await call('start', { id: campaignId });
    return campaignId;
  },
  async paused() {
    const id = await STATES['active']!();
    await call('pause', { id });
    return id;
  },
  async cancelled() {
    const id = await STATES['active']!();
    await call('cancel', { id });
    return id;
  },
  async failed() {
    const id = await STATES['active']!();
    await failPhase(fixture.deps, id, 'dns', invalidInput('It cannot.', null));
    return id;
  },
  async completed() {
    const { campaignId } = await fixture.create();
    await call('start', { id: campaignId });
    await runPhase(fixture, campaignId, 'dns', () => ({ verdict: 'TIMEOUT' }));
    return campaignId;
  },
  async retrying() {
    const id = await STATES['completed']!();
    await call('retry', { id });
    return id;
  },
  /** A phase has completed, the next one waits for a person. */
  async between() {
    const { campaignId } = await pipelineOf({ mode: 'step_by_step', phases: { dns: {}, http: {} } });
    await call('start', { id: campaignId });
    await runPhase(fixture, campaignId, 'dns');
    return campaignId;
  },
};

/** What each state allows, from SPEC.md; everything else must be refused. */
const ALLOWED: Readonly<Record<string, { status?: string; commands: Readonly<Record<string, string>> }>> = {
  pending: { commands: { start: 'active', cancel: 'cancelled' } },
  active: { commands: { pause: 'paused', cancel: 'cancelled' } },
  paused: { commands: { resume: 'active', cancel: 'cancelled' } },
  cancelled: { commands: {} },
  failed: { commands: { cancel: 'cancelled', retry: 'retrying' } },
  completed: { commands: { retry: 'retrying' } },
  retrying: { commands: { pause: 'paused', cancel: 'cancelled' } },
  between: { status: 'completed', commands: { start: 'active', cancel: 'cancelled' } },
};

describe.each(Object.entries(ALLOWED))('a campaign that is %s', (state, { status, commands }) => {
  test('refuses what it does not allow and names what it allows', async () => {
    const id = await STATES[state]!();
    const view = await fixture.view(id);
    expect(view.status).toBe(status ?? state);
    for (const verb of ['start', 'pause', 'resume', 'cancel', 'retry'] as const) {
      if (verb in commands) continue;
      // Its dns phase has ended, but found nothing that a retry would cover.
      if (state === 'between' && verb === 'retry') {
        await expectRefusal(fixture, () => call('retry', { id }), { code: 'CONFLICT', field: 'scope' });
        continue;
      }
      await expectRefusal(fixture, () => call(verb, { id }), {
        code: 'ILLEGAL_TRANSITION',
        details: { event: verb, allowed: view.allowedCommands },
      });
    }
    expect(await fixture.view(id)).toEqual(view);
  });

  test.each(Object.entries(commands))('can %s and is %s then', async (verb, to) => {
    const id = await STATES[state]!();
    const before = await fixture.view(id);
    expect(before.allowedCommands).toContain(verb);
    for (const version of [before.version - 1, before.version + 1]) {
      await expectRefusal(fixture, () => call(verb as Verb, { id, version }), {
        code: 'STALE_VERSION',
        field: 'version',
        details: { currentVersion: before.version },
      });
    }
    const after = await call(verb as Verb, { id, version: before.version });
    expect(after).toMatchObject({ status: to, version: before.version + 1 });
    expect(await fixture.view(id)).toEqual(after);

    const history = await call<{ items: Record<string, unknown>[] }>('history', { id, limit: 1 });
    expect(history.items).toMatchObject([
      { user: 'owner', action: `campaigns.${verb}`, details: { version: after.version } },
    ]);
    const { items } = await call<{ items: { type: string; payload: unknown }[] }>('events', {
      id,
      limit: 1_000,
    });
    expect(items.filter(({ type }) => type === 'campaign_changed').at(-1)).toMatchObject({
      payload: { change: 'transition', version: after.version, status: to },
    });
  });
});

test('of two commands with the same version one is carried out', async () => {
  const { campaignId, version } = await pipelineOf();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, () => call('start', { id: campaignId, version })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'STALE_VERSION' });
  }
  expect((await fixture.view(campaignId)).phases[0]).toMatchObject({ run: 1, batches: { pending: 1 } });
});

describe('update', () => {
  test('changes what is given, in every state, and raises the version', async () => {
    for (const state of Object.keys(STATES)) {
      const id = await STATES[state]!();
      const before = await fixture.view(id);
      const after = await call('update', { id, version: before.version, campaignName: ' New ', tags: ['a'] });
      expect(after).toEqual({
        ...before,
        campaignName: 'New',
        tags: ['a'],
        version: before.version + 1,
        updatedAt: after.updatedAt,
      });
      expect(after.updatedAt >= before.updatedAt).toBe(true);
      const { items } = await call<{ items: { payload: unknown }[] }>('events', { id, limit: 1_000 });
      expect(items.at(-1)).toMatchObject({
        type: 'campaign_changed',
        payload: { change: 'updated', campaignName: 'New', version: after.version, status: before.status },
      });
    }
  });

  test('changes the mode only while no phase runs', async () => {
    const { campaignId, version } = await pipelineOf();
    expect(await call('update', { id: campaignId, version, mode: 'step_by_step', notes: 'n' })).toMatchObject(
      {
        mode: 'step_by_step',
        notes: 'n',
        version: version + 1,
      },
    );
    for (const state of ['active', 'retrying', 'cancelled']) {
      const id = await STATES[state]!();
      const { version: current } = await fixture.view(id);
      const change = { id, version: current, mode: 'step_by_step', notes: 'not kept' };
      await expectRefusal(fixture, () => call('update', change), { code: 'ILLEGAL_TRANSITION' });
    }
  });

  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ version: 2 }, { code: 'STALE_VERSION', field: 'version', details: { currentVersion: 1 } }],
    [{}, { code: 'INVALID_INPUT', field: 'version' }],
    [
      { version: 1, campaignName: '' },
      { code: 'INVALID_INPUT', field: 'campaignName' },
    ],
    [
      { version: 1, mode: 'both' },
      { code: 'INVALID_INPUT', field: 'mode' },
    ],
    [
      { version: 1, tags: [''] },
      { code: 'INVALID_INPUT', field: 'tags.0' },
    ],
  ])('refuses %j', async (input, refusal) => {
    const { campaignId } = await pipelineOf();
    await expectRefusal(fixture, () => call('update', { id: campaignId, ...input }), refusal);
  });
});

describe('configurePhase', () => {
  test('sets the configuration that the phase starts with', async () => {
    const { campaignId } = await pipelineOf({ mode: 'step_by_step' });
    const personas = await fixture.sql<{ id: string }[]>`SELECT id FROM personas WHERE kind = 'dns'`;
    const personaId = personas[0]?.id;
    const configured = await call('configurePhase', {
      id: campaignId,
      version: 1,
      phase: 'dns',
      config: { personaId },
    });
    expect(configured).toMatchObject({ version: 2, allowedCommands: ['start', 'cancel'] });
    expect(configured.phases[0]).toMatchObject({ status: 'configured', config: { personaId } });
    expect(configured.phases[1]).toMatchObject({ status: 'pending', config: null });
  });

  test('is refused while it runs, and with what the phase cannot use', async () => {
    const { campaignId: id } = await pipelineOf({ mode: 'step_by_step', phases: { dns: {} } });
    const refuse = (input: Record<string, unknown>, refusal: Record<string, unknown>) =>
      expectRefusal(fixture, () => call('configurePhase', { id, config: {}, ...input }), refusal);
    await refuse({ phase: 'generation' }, { code: 'INVALID_INPUT', field: 'phase' });
    await refuse({ phase: 'seo' }, { code: 'INVALID_INPUT', field: 'phase' });
    await refuse({ phase: 'dns', version: 9 }, { code: 'STALE_VERSION', field: 'version' });
    await refuse(
      { phase: 'dns', config: { personaId: MISSING_ID } },
      { code: 'INVALID_INPUT', field: 'config.personaId' },
    );
    await refuse(
      { phase: 'analysis', config: { minScore: 'high' } },
      { code: 'INVALID_INPUT', field: 'config.minScore' },
    );
    const { campaignId: dnsOnly } = await fixture.create();
    await refuse({ id: dnsOnly, phase: 'http' }, { code: 'INVALID_INPUT', field: 'phase' });
    await call('start', { id });
    await refuse({ phase: 'dns' }, { code: 'ILLEGAL_TRANSITION' });
    // A phase that is still to come can be configured while another runs.
    expect((await call('configurePhase', { id, phase: 'http', config: {} })).phases[1]).toMatchObject({
      status: 'configured',
    });
  });
});

describe('start and startPhase', () => {
  test('take the next phase and no other', async () => {
    const { campaignId: id } = await pipelineOf();
    for (const verb of ['start', 'startPhase'] as const) {
      await expectRefusal(fixture, () => call(verb, { id, phase: 'http' }), {
        code: 'ILLEGAL_TRANSITION',
        details: { allowed: ['start dns'] },
      });
      await expectRefusal(fixture, () => call(verb, { id, phase: 'generation' }), {
        code: 'INVALID_INPUT',
        field: 'phase',
      });
    }
    expect(await call('startPhase', { id, phase: 'dns' })).toMatchObject({
      status: 'active',
      phases: [{ status: 'running', run: 1, total: 4 }, { status: 'configured' }, { status: 'configured' }],
    });
  });

  test('wait for the configuration, in full sequence for all of them', async () => {
    const { campaignId: id } = await pipelineOf({ mode: 'step_by_step' });
    await expectRefusal(fixture, () => call('start', { id }), { code: 'ILLEGAL_TRANSITION' });
    await call('configurePhase', { id, phase: 'dns', config: {} });
    const { version } = await fixture.view(id);
    await call('update', { id, version, mode: 'full_sequence' });
    await expectRefusal(fixture, () => call('start', { id }), { code: 'ILLEGAL_TRANSITION' });
    for (const phase of ['http', 'analysis']) await call('configurePhase', { id, phase, config: {} });
    expect(await call('start', { id })).toMatchObject({ status: 'active' });
  });

  test('are refused before the names are there', async () => {
    const { campaignId: upload } = await fixture.create({ input: { source: 'upload' } });
    await expectRefusal(fixture, () => call('start', { id: upload }), { code: 'CONFLICT' });
    const { campaignId: empty } = await pipelineOf({
      input: { source: 'pattern', pattern: shopPattern() },
    });
    const { campaignId: id } = await fixture.create({
      input: { source: 'campaigns', inputCampaignIds: [empty] },
    });
    await expectRefusal(fixture, () => call('start', { id }), {
      code: 'INVALID_INPUT',
      field: 'input.inputCampaignIds',
    });
  });

  test('are refused when what a phase names is gone, with nothing started', async () => {
    const [persona] = await fixture.sql<{ id: string }[]>`
      INSERT INTO personas (kind, name, config) SELECT 'dns', 'Short-lived', config FROM personas
      WHERE kind = 'dns' LIMIT 1 RETURNING id`;
    const { campaignId: id } = await fixture.create({ phases: { dns: { personaId: persona?.id } } });
    await fixture.sql`DELETE FROM personas WHERE name = 'Short-lived'`;
    await expectRefusal(fixture, () => call('start', { id }), { code: 'INVALID_INPUT', field: 'personaId' });
  });
});

describe('delete', () => {
  test('makes a running campaign invisible at once, cancels it, and its data goes in the background', async () => {
    const id = await STATES['active']!();
    await expectRefusal(fixture, () => call('delete', { id, version: 1 }), { code: 'STALE_VERSION' });
    expect(await call('delete', { id })).toEqual({ deleted: true });
    await expect(call('get', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [row] = await fixture.sql`SELECT status FROM campaigns WHERE id = ${id}`;
    expect(row).toEqual({ status: 'cancelled' });
    const events = await fixture.sql`
      SELECT payload FROM events WHERE stream = ${id} ORDER BY seq DESC LIMIT 1`;
    expect(events[0]).toMatchObject({ payload: { change: 'deleted', status: 'cancelled' } });

    let steps = 0;
    while (await purgeDeleted(fixture.db)) expect((steps += 1)).toBeLessThan(20);
    const [left] = await fixture.sql`
      SELECT (SELECT count(*)::int FROM domains WHERE campaign_id = ${id}) AS domains,
        (SELECT count(*)::int FROM batches WHERE campaign_id = ${id}) AS batches,
        (SELECT count(*)::int FROM campaigns WHERE id = ${id}) AS campaigns,
        (SELECT count(*)::int FROM audit_logs WHERE entity_id = ${id} AND action = 'campaigns.delete') AS audited`;
    expect(left).toEqual({ domains: 0, batches: 0, campaigns: 0, audited: 1 });
  });

  test('works in every state', async () => {
    for (const state of Object.keys(STATES)) {
      const id = await STATES[state]!();
      await call('delete', { id });
      await expect(call('delete', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

test('history and events come in pages that meet', async () => {
  const { campaignId: id } = await pipelineOf();
  for (const verb of ['start', 'pause', 'resume', 'pause', 'cancel'] as const) await call(verb, { id });
  interface Page {
    items: { id: number; action: string }[];
    nextCursor: string | null;
    total: number;
  }
  const all = await call<Page>('history', { id });
  expect(all.items.map(({ action }) => action)).toEqual(
    ['cancel', 'pause', 'resume', 'pause', 'start', 'create'].map((verb) => `campaigns.${verb}`),
  );
  const paged: Page['items'] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page = await call<Page>('history', { id, limit: 2, cursor });
    expect(page.total).toBe(6);
    paged.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(all.items);

  const { items } = await call<{ items: { seq: number }[] }>('events', { id });
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
  const tail = await call<{ items: unknown[] }>('events', { id, afterSeq: 3, limit: 2 });
  expect(tail.items).toEqual(items.slice(3, 5));
  for (const cursor of ['%%%', 'bnVsbA', btoa('["x"]'), btoa('{"a":1}')]) {
    await expectRefusal(fixture, () => call('history', { id, cursor }), {
      code: 'INVALID_INPUT',
      field: 'cursor',
    });
  }
});
