import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Log } from '../operation/operation.ts';
import type { DeliveredEvent } from './delivered-event.ts';
import { ringDoorbell } from './doorbell.ts';
import { EventReader } from './event-reader.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

interface Told {
  readonly event: DeliveredEvent;
  readonly safeId: number;
}

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 20, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

const streamOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const append = (tx: TransactionSql | Sql, stream: number, payload: object = {}): Promise<unknown> =>
  tx`SELECT append_event(${streamOf(stream)}, null, 'system_alert', ${tx.json({ ...payload })})`;

/** A transaction that stays open until told how to end. */
async function openTransaction(work: (tx: TransactionSql) => Promise<unknown>) {
  const begun = Promise.withResolvers<TransactionSql>();
  const end = Promise.withResolvers<void>();
  const done = sql
    .begin(async (tx) => {
      await work(tx);
      begun.resolve(tx);
      await end.promise;
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error && error.message === 'rolled back')) throw error;
    });
  const tx = await begun.promise;
  return {
    tx,
    commit: async () => {
      end.resolve();
      await done;
    },
    rollBack: async () => {
      end.reject(new Error('rolled back'));
      await done;
    },
  };
}

async function startReader(pollIntervalMs = 10) {
  const told: Told[] = [];
  const ready = Promise.withResolvers<void>();
  const reader = new EventReader({
    url: database.url,
    log: silent,
    pollIntervalMs,
    onReady: () => ready.resolve(),
    onEvent: (event, safeId) => told.push({ event, safeId }),
  });
  reader.start();
  await ready.promise;
  return { reader, told };
}

const polls = (reader: EventReader) => expect.poll(() => reader.stats(), { timeout: 5_000, interval: 5 });
/** Lets the reader look at least a few times. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 120));

/** The reader that everybody writes first. */
async function naiveReader(): Promise<{ ids: number[]; poll(): Promise<void> }> {
  const [row] = await sql<{ max: string }[]>`SELECT coalesce(max(id), 0)::text AS max FROM events`;
  let last = Number(row?.max);
  const ids: number[] = [];
  return {
    ids,
    poll: async () => {
      for (const { id } of await sql<
        { id: string }[]
      >`SELECT id::text FROM events WHERE id > ${last} ORDER BY events.id`) {
        ids.push(Number(id));
        last = Number(id);
      }
    },
  };
}

test('an event that commits late is delivered; a reader that remembers only the highest id misses it', async () => {
  const naive = await naiveReader();
  const { reader, told } = await startReader();
  const late = await openTransaction((tx) => append(tx, 1));
  await append(sql, 2);
  await polls(reader).toMatchObject({ openGaps: 1 });
  await naive.poll();
  expect(told.map(({ event }) => event.event.stream)).toEqual([streamOf(2)]);
  // Whoever resumes now must get the late one.
  expect(told[0]?.safeId).toBe((told[0]?.event.id ?? 0) - 2);
  await late.commit();
  await polls(reader).toMatchObject({ openGaps: 0 });
  await naive.poll();
  expect(told.map(({ event }) => event.event.stream)).toEqual([streamOf(2), streamOf(1)]);
  expect(naive.ids).toHaveLength(1);
  await reader.stop();
});

test('a gap is kept for its owner even when that began after the writer who revealed it', async () => {
  const { reader, told } = await startReader();
  // The revealing writer has the lower xid, so that the owner is beyond `pg_snapshot_xmax` when the gap is noticed.
  const revealing = await openTransaction((tx) => tx`SELECT pg_current_xact_id()`);
  const owner = await openTransaction((tx) => append(tx, 1));
  await append(revealing.tx, 2);
  await revealing.commit();
  const [noticed] = await sql<{ xmin: string; xmax: string }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin,
      pg_snapshot_xmax(pg_current_snapshot())::text AS xmax`;
  await polls(reader).toMatchObject({ openGaps: 1 });
  // The rule "give up once xmin has reached the xmax of then" would give up now: this is what it would go by.
  expect(BigInt(noticed?.xmin ?? 0)).toBeGreaterThanOrEqual(BigInt(noticed?.xmax ?? 0));
  await aWhile();
  expect(reader.stats().openGaps).toBe(1);
  await owner.commit();
  await polls(reader).toMatchObject({ openGaps: 0 });
  expect(told.map(({ event }) => event.event.stream)).toEqual([streamOf(2), streamOf(1)]);
  await reader.stop();
});

test('a gap left by a rollback is given up, and the safe id moves on', async () => {
  const { reader, told } = await startReader();
  const failing = await openTransaction((tx) => append(tx, 3));
  await append(sql, 4);
  await polls(reader).toMatchObject({ openGaps: 1 });
  await failing.rollBack();
  await polls(reader).toMatchObject({ openGaps: 0 });
  const { highestId, safeId } = reader.stats();
  expect(safeId).toBe(highestId);
  expect(told).toHaveLength(1);
  await reader.stop();
});

test('a reader that starts while a transaction is open delivers what that commits', async () => {
  const open = await openTransaction((tx) => append(tx, 5, { n: 1 }));
  await append(sql, 6);
  const { reader, told } = await startReader();
  expect(reader.stats().openGaps).toBeGreaterThan(0);
  await open.commit();
  await polls(reader).toMatchObject({ openGaps: 0 });
  expect(told.map(({ event }) => event.event.payload)).toEqual([{ n: 1 }]);
  await reader.stop();
});

/** A small generator of reproducible random numbers (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('many writers committing and rolling back in any order: each event once, in order, nothing missed', async () => {
  const naive = await naiveReader();
  const { reader, told } = await startReader(1_000);
  const [row] = await sql<{ max: string }[]>`SELECT max(id)::text AS max FROM events`;
  const before = Number(row?.max);
  const random = randomOf(20_261_121);
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  const writer = async (): Promise<void> => {
    for (let round = 0; round < 40; round += 1) {
      // Ascending, as all who lock several streams must.
      const streams = [10 + Math.floor(random() * 4), 14 + Math.floor(random() * 30)];
      const fails = random() < 0.2;
      await sql
        .begin(async (tx) => {
          await pause(random() * 3);
          for (const stream of streams) {
            await append(tx, stream);
            await pause(random() * 4);
          }
          if (fails) throw new Error('rolled back');
        })
        .catch((error: unknown) => {
          if (!(error instanceof Error && error.message === 'rolled back')) throw error;
        });
      ringDoorbell(sql);
      if (round % 5 === 0) await naive.poll();
    }
  };
  await Promise.all(Array.from({ length: 12 }, writer));
  await naive.poll();

  const rows = await sql<
    { id: string }[]
  >`SELECT id::text FROM events WHERE id > ${before} ORDER BY events.id`;
  const written = rows.map(({ id }) => Number(id));
  await expect.poll(() => told.length, { timeout: 5_000 }).toBe(written.length);
  const order = told.map(({ event }) => event.id);
  expect(order.toSorted((a, b) => a - b)).toEqual(written);

  const lastSeq = new Map<string, number>();
  for (const { event } of told) {
    const last = lastSeq.get(event.event.stream);
    if (last !== undefined) expect(event.seq).toBe(last + 1);
    lastSeq.set(event.event.stream, event.seq);
  }

  // Whoever resumes after any event, at its safe id, is given everything that had not been told by then.
  const position = new Map(order.map((id, index) => [id, index]));
  for (const [index, { safeId }] of told.entries()) {
    for (const id of written) {
      if (id > safeId) break;
      expect(position.get(id)).toBeLessThanOrEqual(index);
    }
  }
  // The control: the same run, read by the highest id alone.
  expect(new Set(naive.ids).size).toBeLessThan(written.length);
  await reader.stop();
});

test('the doorbell wakes the reader long before it would look by itself', async () => {
  const { reader, told } = await startReader(60_000);
  await polls(reader).toMatchObject({ listening: true });
  await aWhile();
  const start = performance.now();
  await append(sql, 7);
  ringDoorbell(sql);
  await expect.poll(() => told.length, { timeout: 5_000, interval: 1 }).toBe(1);
  expect(performance.now() - start).toBeLessThan(5_000);
  await reader.stop();
});

test('a reader whose connections are cut goes on where it was', async () => {
  const { reader, told } = await startReader();
  await polls(reader).toMatchObject({ listening: true });
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'domainflow %'`;
  await append(sql, 8);
  await expect.poll(() => told.length, { timeout: 5_000 }).toBe(1);
  await append(sql, 8);
  await expect.poll(() => told.length, { timeout: 5_000 }).toBe(2);
  await reader.stop();
});
