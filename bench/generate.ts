import { compilePattern } from '@domainflow/domain/generation/compile-pattern.ts';
import { generateRange } from '@domainflow/domain/generation/generate-range.ts';
import { patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { createCampaign } from '@domainflow/services/campaigns/create-campaign.ts';
import { deleteCampaign } from '@domainflow/services/campaigns/delete-campaign.ts';
import { startCampaign } from '@domainflow/services/campaigns/lifecycle-commands.ts';
import { openBenchPlatform } from './bench-platform.ts';
import { readOptions } from './read-options.ts';

const HELP = `bench:generate [--count N] [--no-raw]
Generates N names (default 1000000) in a campaign, committed in PostgreSQL by one worker, and compares with one COPY of
the same names into the same table. DATABASE_URL names an outside server.`;

const values = readOptions(HELP, {
  count: { type: 'string', default: '1000000' },
  'no-raw': { type: 'boolean' },
});
const count = Number(values.count);
const pattern = patternSchema.parse({
  pattern: 'both',
  constantPart: 'bench',
  prefixVariableLength: 3,
  suffixVariableLength: 3,
  charSet: 'abcdefghijklmnopqrstuvwxyz0123456789',
  tlds: ['com', 'net', 'org'],
  targetDomainsToGenerate: count,
});
const platform = await openBenchPlatform(null);

/** Seconds of one COPY of the names into `domains`, indexes included. */
async function rawCopySeconds(): Promise<number> {
  const campaignId = crypto.randomUUID();
  const space = compilePattern(pattern);
  const { sql } = platform.clients;
  const startedAt = performance.now();
  const stream = await sql`COPY domains (campaign_id, ordinal, name) FROM STDIN`.writable();
  const step = 50_000;
  for (let lo = 0; lo < count; lo += step) {
    let rows = '';
    const range = generateRange(space, BigInt(lo), BigInt(Math.min(count, lo + step)), lo);
    for (const { ordinal, name } of range.domains) rows += `${campaignId}\t${ordinal}\t${name}\n`;
    if (!stream.write(rows)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  await new Promise<void>((resolve, reject) => stream.once('finish', resolve).once('error', reject).end());
  const seconds = (performance.now() - startedAt) / 1_000;
  await sql`DELETE FROM domains WHERE campaign_id = ${campaignId}`;
  return seconds;
}

try {
  const { campaignId } = await platform.call(createCampaign, {
    campaignName: 'bench:generate',
    campaignType: 'generation',
    input: { source: 'pattern', pattern },
  });
  const startedAt = performance.now();
  await platform.call(startCampaign, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error'], 3_600_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  const [rows] = await platform.clients.sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM domains WHERE campaign_id = ${campaignId}`;
  const counted = Object.values(done.phases[0]?.counts ?? {}).reduce((sum, n) => sum + n, 0);
  const workerPeakMb = platform.workerPeakMb();
  await platform.call(deleteCampaign, { id: campaignId });
  const raw = values['no-raw'] === true ? null : await rawCopySeconds();
  console.log(
    JSON.stringify({
      bench: 'generate',
      count,
      status: done.status,
      seconds: Number(seconds.toFixed(2)),
      perSecond: Math.round(count / seconds),
      rows: rows?.n,
      lost: count - counted,
      rawCopyPerSecond: raw === null ? null : Math.round(count / raw),
      ratioToRawCopy: raw === null ? null : Number((raw / seconds).toFixed(2)),
      rssMb: workerPeakMb,
    }),
  );
} finally {
  await platform.close();
}
