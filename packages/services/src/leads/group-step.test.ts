import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignFixture, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import { askForGroups } from './ask-for-groups.ts';
import { LINK_STAGES } from './group-links.ts';
import { groupStep } from './group-step.ts';
import { leadJobOperations, leadOperations } from './operations.ts';
import { plantLeads } from './testing/plant-leads.ts';

interface Job {
  leadJobId: string;
  status: string;
  total: number;
  done: number;
  changed: number;
}

const LEADS = 12;
let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  // Pairs with the same page, all others different.
  await plantLeads(
    fixture,
    Array.from({ length: LEADS }, (_, index) => ({
      name: `pair-${index}.com`,
      page: { text: 'invoice', bodySha256: String(Math.floor(index / 2)).padStart(64, '0') },
    })),
  );
});
afterAll(() => fixture.close());

const ask = () => fixture.owner.call<Job>(leadOperations.findGroups);
const view = (id: string) => fixture.owner.call<Job>(leadJobOperations.get, { id });
const grouped = async (): Promise<number> => {
  const [row] = await fixture.sql<{ n: number }[]>`SELECT count(group_id)::int AS n FROM leads`;
  return row?.n ?? -1;
};
const ungroup = () => fixture.sql`UPDATE leads SET group_id = NULL, group_reasons = '{}'`;
/** A worker that ends when it has looked so many times whether it is to. */
function endingAfter(looks: number): AbortSignal {
  let looked = 0;
  return {
    get aborted() {
      return ++looked > looks;
    },
  } as AbortSignal;
}

test('what a worker leaves half done goes on with what is not written yet', async () => {
  const { leadJobId } = await ask();
  expect(await groupStep(fixture.sql, { signal: endingAfter(LINK_STAGES + 3), leadsAWrite: 2 })).toBe(true);
  const half = await view(leadJobId);
  expect(half).toMatchObject({ status: 'running', done: LEADS * 0.75, changed: 6 });
  expect(await grouped()).toBe(6);
  expect(await groupStep(fixture.sql, { leadsAWrite: 2 })).toBe(true);
  expect(await view(leadJobId)).toMatchObject({
    status: 'completed',
    total: LEADS,
    done: LEADS,
    changed: LEADS,
  });
  expect(await grouped()).toBe(LEADS);
  expect(await groupStep(fixture.sql)).toBe(false);
});

test('a job that is cancelled writes no more, and leaves no lock and no table behind', async () => {
  await ungroup();
  const { leadJobId } = await ask();
  // Cancelled at the first write.
  await fixture.sql.unsafe(`
    CREATE FUNCTION cancel_groups() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN UPDATE lead_jobs SET status = 'cancelled' WHERE kind = 'group' AND status = 'running'; RETURN NULL; END $$;
    CREATE TRIGGER cancel_groups AFTER UPDATE ON leads FOR EACH STATEMENT EXECUTE FUNCTION cancel_groups()`);
  expect(await groupStep(fixture.sql, { leadsAWrite: 2 })).toBe(true);
  await fixture.sql`DROP TRIGGER cancel_groups ON leads`;
  expect(await view(leadJobId)).toMatchObject({ status: 'cancelled', changed: 2 });
  expect(await grouped()).toBe(2);
  const locks = await fixture.sql`
    SELECT 1 FROM pg_locks WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  expect(locks).toHaveLength(0);
  expect(await fixture.sql`SELECT 1 FROM pg_class WHERE relname = 'grouping'`).toHaveLength(0);
});

test('one worker at a time is at the leads of an owner', async () => {
  await ungroup();
  const { leadJobId } = await ask();
  const steps = await Promise.all([groupStep(fixture.sql), groupStep(fixture.sql), groupStep(fixture.sql)]);
  expect(steps.filter(Boolean)).toHaveLength(1);
  expect(await view(leadJobId)).toMatchObject({ status: 'completed', changed: LEADS });
});

test('leads that come while a job is under way are for another job', async () => {
  const waiting = async (): Promise<number> => {
    const [row] = await fixture.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM lead_jobs WHERE kind = 'group' AND status = 'running'`;
    return row?.n ?? -1;
  };
  await ask();
  await fixture.db.transaction((tx) => askForGroups(tx, fixture.owner.userId));
  expect(await waiting()).toBe(1);
  let asked: Promise<void> | undefined;
  const signal = {
    get aborted() {
      asked ??= fixture.db.transaction((tx) => askForGroups(tx, fixture.owner.userId));
      return false;
    },
  } as AbortSignal;
  await groupStep(fixture.sql, { signal });
  await asked;
  expect(await waiting()).toBe(1);
  expect(await groupStep(fixture.sql)).toBe(true);
  expect(await waiting()).toBe(0);
});
