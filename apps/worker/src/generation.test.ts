import { readFile } from 'node:fs/promises';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import type { CampaignView } from '@domainflow/services/campaigns/reading/read-campaign.ts';
import { uploadWordList } from '@domainflow/services/word-lists/upload-word-list.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

const WORDS = 1_000_000;
/** What a worker may hold at most with a list of a million words: its heap's limit and what lies outside of it. */
const MAX_RESIDENT_MB = 480;

let platform: PlatformFixture;
let worker: WorkerProcess;
beforeAll(async () => {
  platform = await openPlatformFixture();
  worker = await spawnWorker(platform);
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
});

async function createAndStart(pattern: Record<string, unknown>): Promise<CampaignView> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    campaignName: 'Generated',
    campaignType: 'generation',
    input: { source: 'pattern', pattern },
  });
  return platform.call(campaignOperations.start, { id: campaignId });
}

/** The highest resident memory that the process has had, in MB. */
async function peakMb({ child }: WorkerProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) / 1_024;
}

async function uploadMillion(): Promise<string> {
  const lines = Array.from({ length: WORDS }, (_, i) => `w${i}`).join('\r\n');
  const boundary = 'words';
  const body = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="million.txt"\r\n\r\n${lines}\r\n--${boundary}--\r\n`;
  const request = new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const deps = { db: platform.clients.db, log };
  const { wordListId, wordCount } = await uploadWordList(deps, platform.actor, { request, ipAddress: null });
  expect(wordCount).toBe(WORDS);
  return wordListId;
}

test('a million words are generated from with bounded memory, also across kill -9, and the range stays', async () => {
  const wordListId = await uploadMillion();
  const pattern = {
    pattern: 'dictionary',
    lists: [{ wordListId }],
    constantPart: 'shop',
    separators: ['', '-'],
    tlds: ['com', 'de'],
    resumeFlag: true,
    targetDomainsToGenerate: 300_000,
  };
  const first = await createAndStart(pattern);
  expect(first).toMatchObject({ maxTheoreticalDomains: '4000000', patternRange: { startOffset: '0' } });
  const deadline = performance.now() + 60_000;
  for (;;) {
    const { phases } = await platform.call(campaignOperations.get, { id: first.campaignId });
    if ((phases[0]?.processed ?? 0) > 20_000 || performance.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await worker.kill('SIGKILL');
  // Starts while the first is left lying: it gets what follows.
  const second = await createAndStart(pattern);
  expect(second.patternRange).toMatchObject({ startOffset: '300000', endOffset: '600000' });
  worker = await spawnWorker(platform);
  const done = await platform.until(first.campaignId, ['completed', 'failed'], 120_000);
  await platform.until(second.campaignId, ['completed', 'failed'], 120_000);
  expect(done).toMatchObject({
    status: 'completed',
    patternRange: { startOffset: '0', endOffset: '300000' },
    phases: [{ total: 300_000, processed: 300_000, counts: { GENERATED: 300_000 } }],
  });
  const [counted] = await platform.clients.sql<
    { rows: number; names: number; lowest: string; highest: string }[]
  >`
    SELECT count(*)::int AS rows, count(DISTINCT name)::int AS names FROM domains
    WHERE campaign_id = ANY(${[first.campaignId, second.campaignId]}::uuid[])`;
  expect(counted).toEqual({ rows: 600_000, names: 600_000 });
  const [last] = await platform.clients.sql<{ name: string }[]>`
    SELECT name FROM domains WHERE campaign_id = ${second.campaignId} ORDER BY ordinal DESC LIMIT 1`;
  // Offset 599,999: word number 149,999 with the second separator under the second TLD.
  expect(last?.name).toBe('shop-w149999.de');
  expect(await peakMb(worker)).toBeLessThan(MAX_RESIDENT_MB);
}, 240_000);
