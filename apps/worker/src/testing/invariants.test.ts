import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkInvariants, type InvariantLetter } from './invariants.ts';
import { openPlatformFixture, type PlatformFixture } from './platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './worker-process.ts';

let platform: PlatformFixture;
let worker: WorkerProcess;
let campaignId: string;

beforeAll(async () => {
  platform = await openPlatformFixture();
  worker = await spawnWorker(platform);
  const domains = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? `live-${n}.com` : `absent-${n}.com`));
  const created = await platform.call(campaignOperations.create, {
    campaignName: 'Checked',
    campaignType: 'pipeline',
    input: { source: 'list', domains },
    phases: platform.labPhases,
  });
  campaignId = created.campaignId;
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
});

/** The letters that the checker reports with `damage` done, which is undone afterwards. */
async function lettersAfter(damage: (sql: TransactionSql) => Promise<unknown>): Promise<InvariantLetter[]> {
  const undone = new Error('undone');
  let letters: InvariantLetter[] = [];
  await platform.clients.sql
    .begin(async (tx) => {
      await damage(tx);
      const violations = await checkInvariants(asSql(tx), {
        campaignId,
        truth: platform.lab.truth,
        liveWorkers: new Set(),
      });
      letters = [...new Set(violations.map(({ letter }) => letter))];
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return letters;
}
/** The checker only reads: what it uses of a client, a transaction has too. */
const asSql = (tx: TransactionSql): typeof platform.clients.sql =>
  tx as unknown as typeof platform.clients.sql;

const live = "(SELECT ordinal FROM domains WHERE name = 'live-0.com')";

describe('the checker', () => {
  test('finds nothing wrong with a campaign that ran in peace', async () => {
    expect(await lettersAfter(async () => {})).toEqual([]);
  });

  test.each<[string, InvariantLetter, string]>([
    ['a result is missing', 'a', `DELETE FROM results WHERE phase = 'dns' AND ordinal = ${live}`],
    [
      'a result is wrong',
      'a',
      `UPDATE results SET verdict = 'NXDOMAIN' WHERE phase = 'dns' AND ordinal = ${live}`,
    ],
    ['a domain is missing', 'a', `DELETE FROM domains WHERE name = 'live-0.com'`],
    [
      'a result nobody asked for',
      'a',
      `INSERT INTO results SELECT campaign_id, 'http', ordinal, 1, 'OK', 200, now(), '{}' FROM domains WHERE name = 'absent-1.com'`,
    ],
    [
      'a count is off',
      'b',
      `UPDATE batches SET counts = add_counts(counts, '{"OK": 1}') WHERE phase = 'dns'`,
    ],
    ['a domain is still to be done', 'b', `UPDATE phase_runs SET total = total + 1 WHERE phase = 'http'`],
    ['an event is missing', 'c', `DELETE FROM events WHERE seq = 3`],
    ['an event is out of turn', 'c', `UPDATE events SET seq = 100 WHERE seq = 3`],
    ['the last state was not told', 'c', `UPDATE campaigns SET version = version + 1`],
    [
      'the last progress was not told',
      'c',
      `UPDATE batches SET counts = add_counts(counts, '{"OK": -1, "NXDOMAIN": 1}') WHERE phase = 'dns'`,
    ],
    [
      'a dead worker holds a batch',
      'd',
      `UPDATE batches SET status = 'leased', leased_by = uuidv7() WHERE phase = 'dns'`,
    ],
    [
      'a phase completed twice',
      'e',
      `SELECT append_event(stream, owner_id, type, payload) FROM events WHERE type = 'validation_complete' LIMIT 1`,
    ],
    [
      'a completion was not told',
      'e',
      `DELETE FROM events WHERE type = 'validation_complete' AND payload->>'phase' = 'dns'`,
    ],
  ])('%s: reports (%s)', async (_, letter, statement) => {
    expect(await lettersAfter((tx) => tx.unsafe(statement))).toContain(letter);
  });
});
