import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { labIdentity } from '@domainflow/lab/dns-plan.ts';
import { truthIn } from '@domainflow/lab/truth.ts';
import { createCampaign } from '@domainflow/services/campaigns/create-campaign.ts';
import { startCampaign } from '@domainflow/services/campaigns/lifecycle-commands.ts';
import { createPersona } from '@domainflow/services/personas/create-persona.ts';
import { type BenchPlatform, openBenchPlatform } from './bench-platform.ts';
import { fillCampaign } from './fill-campaign.ts';
import { endpointOf, readOptions } from './read-options.ts';
import { startLabProcess } from './start-lab-process.ts';

const HELP = `bench:dns-phase [--server HOST:PORT] [--names FILE] [--count N] [--attempts N] [--timeout-ms N]
The DNS phase of a campaign from start to completed, results and evidence committed in PostgreSQL, by one worker.
Without --server it starts the lab and checks every verdict against its truth. Without --names it makes N names
(default 1000000); a second column of the file is the expected verdict. DATABASE_URL names an outside PostgreSQL.`;

const SEED = 'bench';

const values = readOptions(HELP, {
  server: { type: 'string' },
  names: { type: 'string' },
  count: { type: 'string', default: '1000000' },
  attempts: { type: 'string', default: '4' },
  'timeout-ms': { type: 'string', default: '1000' },
});

/** The names to ask for: those of the file, or made ones over a few TLDs. */
async function* names(): AsyncGenerator<string> {
  if (values.names === undefined) {
    const tlds = ['com', 'net', 'org', 'de'];
    for (let n = 0; n < Number(values.count); n++) yield `bench${n.toString(36)}.${tlds[n % tlds.length]}`;
    return;
  }
  for await (const line of createInterface({ input: createReadStream(values.names) })) {
    const [name = '', verdict] = line.toLowerCase().split(/\s+/);
    if (name === '') continue;
    if (verdict !== undefined) expected.set(name, verdict.toUpperCase());
    yield name;
  }
}

/** Verdicts of the second column. */
const expected = new Map<string, string>();

/** Results that differ from the lab's truth, or from what the file expects; null where neither says anything. */
async function countWrong({ clients: { sql } }: BenchPlatform, campaignId: string): Promise<number | null> {
  if (lab === null && expected.size === 0) return null;
  const identity = labIdentity(SEED);
  let wrong = 0;
  const rows = sql<{ name: string; verdict: string | null }[]>`
    SELECT d.name, r.verdict FROM domains d
    LEFT JOIN results r ON r.campaign_id = d.campaign_id AND r.phase = 'dns' AND r.ordinal = d.ordinal
    WHERE d.campaign_id = ${campaignId}`;
  for await (const chunk of rows.cursor(5_000)) {
    for (const { name, verdict } of chunk)
      if (verdict !== (lab === null ? (expected.get(name) ?? verdict) : truthIn(identity, name).dns.verdict))
        wrong++;
  }
  return wrong;
}

const lab = values.server === undefined ? await startLabProcess(SEED) : null;
const dns = lab?.route.dns ?? endpointOf(values.server ?? '');
const platform = await openBenchPlatform(lab?.route ?? { dns, http: dns, https: dns, caPem: '' });
try {
  const persona = await platform.call<{ personaId: string }>(createPersona, {
    kind: 'dns',
    name: 'bench',
    config: {
      resolvers: [`${dns.host.includes(':') ? `[${dns.host}]` : dns.host}:${dns.port}`],
      attempts: Number(values.attempts),
      timeoutMs: Number(values['timeout-ms']),
    },
  });
  const { campaignId } = await platform.call(createCampaign, {
    campaignName: 'bench:dns-phase',
    campaignType: 'dns',
    input: { source: 'upload' },
    phases: { dns: { personaId: persona.personaId } },
  });
  const count = await fillCampaign(platform, campaignId, names());
  const startedAt = performance.now();
  const startedAtMs = Date.now();
  await platform.call(startCampaign, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error'], 3_600_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  const turns = platform.loopTurns(startedAtMs);
  const counts = done.phases[0]?.counts ?? {};
  const [rows] = await platform.clients.sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM results WHERE campaign_id = ${campaignId}`;
  console.log(
    JSON.stringify({
      bench: 'dns-phase',
      count,
      status: done.status,
      seconds: Number(seconds.toFixed(2)),
      perSecond: Math.round(count / seconds),
      lost: count - (rows?.n ?? 0),
      wrong: await countWrong(platform, campaignId),
      counts,
      rssMb: platform.workerPeakMb(),
      loopWorkMaxMs: Math.max(...turns.map((turn) => turn.workMs)),
      loopWaitMaxMs: Math.max(...turns.map((turn) => turn.waitMs)),
      loopWaitsOver50Ms: turns.filter((turn) => turn.waitMs > 50).length,
    }),
  );
} finally {
  await platform.close();
  await lab?.[Symbol.asyncDispose]();
}
