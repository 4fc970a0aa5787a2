import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CampaignFixture, openCampaignFixture } from '../campaigns/testing/campaign-fixture.ts';
import type { BatchJob } from './job-queue.ts';
import { type FetchedJob, JOBS_CHANNEL, openPgBossQueue, type PgBossQueue } from './pg-boss-queue.ts';

let fixture: CampaignFixture;
let queue: PgBossQueue;
beforeAll(async () => {
  fixture = await openCampaignFixture();
  queue = fixture.queue;
});
afterAll(() => fixture.close());
beforeEach(() => fixture.sql`DELETE FROM pgboss.job`);

const jobs = (n: number, phase: BatchJob['phase'] = 'dns', campaignId = 'c1'): BatchJob[] =>
  Array.from({ length: n }, (_, batchNo) => ({ campaignId, phase, batchNo }));
const enqueue = (given: readonly BatchJob[]) => fixture.db.transaction((tx) => queue.enqueue(tx, given));

/** A fetch gives the first jobs, in no order among themselves. */
const inOrder = (fetched: readonly FetchedJob[]): BatchJob[] =>
  fetched.map(({ job }) => job).sort((a, b) => a.batchNo - b.batchNo);

test('jobs exist when, and only when, their transaction commits', async () => {
  await expect(
    fixture.db.transaction(async (tx) => {
      await queue.enqueue(tx, jobs(3));
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  expect(await queue.fetch('dns', 10)).toEqual([]);
  await fixture.db.transaction(async (tx) => {
    await queue.enqueue(tx, jobs(3));
    expect(await queue.fetch('dns', 10)).toEqual([]);
  });
  expect(inOrder(await queue.fetch('dns', 10))).toEqual(jobs(3));
});

test('each phase has its own jobs, and campaigns that run at once take turns', async () => {
  await enqueue([...jobs(3, 'dns', 'c1'), ...jobs(2, 'http', 'c1')]);
  await enqueue(jobs(3, 'dns', 'c2'));
  for (const batchNo of [0, 1, 2]) {
    const fetched = (await queue.fetch('dns', 2)).map(({ job }) => job);
    expect(fetched).toHaveLength(2);
    expect(fetched).toEqual(
      expect.arrayContaining(['c1', 'c2'].map((campaignId) => ({ campaignId, phase: 'dns', batchNo }))),
    );
  }
  expect(inOrder(await queue.fetch('http', 10))).toEqual(jobs(2, 'http', 'c1'));
  expect(await queue.fetch('analysis', 10)).toEqual([]);
});

test('many who fetch at once never get the same job', async () => {
  await enqueue(jobs(60));
  const fetched = await Promise.all(Array.from({ length: 12 }, () => queue.fetch('dns', 5)));
  const numbers = fetched.flat().map(({ job }) => job.batchNo);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (let rest = await queue.fetch('dns', 50); rest.length > 0; rest = await queue.fetch('dns', 50))
    numbers.push(...rest.map(({ job }) => job.batchNo));
  expect(numbers.sort((a, b) => a - b)).toEqual(jobs(60).map(({ batchNo }) => batchNo));
});

test('a job comes again when its worker died with it, and not once it is complete', async () => {
  const supervising = await openPgBossQueue({ url: fixture.url, log: fixture.deps.log, supervise: true });
  try {
    await enqueue(jobs(2));
    const [first, second] = await queue.fetch('dns', 2);
    if (first === undefined || second === undefined) throw new Error('no jobs');
    await queue.complete('dns', [first.id]);
    await queue.complete('dns', []);
    // Long ago, as far as the queue can tell.
    await fixture.sql`UPDATE pgboss.job SET started_on = started_on - interval '1 minute' WHERE state = 'active'`;
    await fixture.sql`UPDATE pgboss.queue SET monitor_on = NULL`;
    await expect
      .poll(async () => (await supervising.fetch('dns', 5)).map(({ job }) => job), {
        timeout: 12_000,
        interval: 100,
      })
      .toEqual([second.job]);
  } finally {
    await supervising.stop();
  }
});

test('the bell rings when jobs are there, not before and not without any', async () => {
  const listener = postgres(fixture.url, { max: 1 });
  let rung = 0;
  await listener.listen(JOBS_CHANNEL, () => {
    rung += 1;
  });
  await enqueue([]);
  await fixture.db
    .transaction(async (tx) => {
      await queue.enqueue(tx, jobs(1));
      throw new Error('rolled back');
    })
    .catch(() => {});
  await enqueue(jobs(5));
  await expect.poll(() => rung).toBe(1);
  await listener.end();
});
