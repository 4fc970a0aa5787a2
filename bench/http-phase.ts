import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Endpoint, LabRoute } from '@domainflow/net/guard/lab-route.ts';
import { createCampaign } from '@domainflow/services/campaigns/create-campaign.ts';
import { getCampaign } from '@domainflow/services/campaigns/get-campaign.ts';
import { startCampaign } from '@domainflow/services/campaigns/lifecycle-commands.ts';
import { createKeywordSet } from '@domainflow/services/keyword-sets/create-keyword-set.ts';
import { createPersona } from '@domainflow/services/personas/create-persona.ts';
import { type BenchPlatform, openBenchPlatform } from './bench-platform.ts';
import { fillCampaign } from './fill-campaign.ts';
import { sampleRules } from './sample-page.ts';
import { startLabProcess } from './start-lab-process.ts';

/** Between two looks at which phases are done. */
const LOOK_MS = 250;

/** One phase of the campaign, and what of the worker's CPU time went by while it ran. */
interface PhaseCost {
  readonly phase: string;
  readonly perSecond: number;
  readonly cpuMicrosPerPage: number;
  /** Highest resident memory of the worker up to its end, MiB. */
  readonly rssMb: number;
}

export interface HttpPhaseBench {
  readonly status: string;
  readonly perSecond: number;
  readonly lost: number;
  /** Results that are not `OK`, and pages that were not kept. */
  readonly wrong: number;
  readonly rssMb: number;
  /** Of the worker. */
  readonly cpuMicrosPerPage: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly phases: readonly PhaseCost[];
}

/**
 * A campaign from start to completed by one worker: each name asked for once at the lab's DNS, which has every `live-N`,
 * its page fetched from `target`, read and committed. `analysis`: a pipeline of DNS, HTTP and analysis with 200 rules.
 */
export async function benchHttpPhase(options: {
  readonly names: readonly string[];
  readonly target: Endpoint;
  readonly caPem: string;
  readonly persona: Partial<HttpPersona>;
  readonly analysis: boolean;
}): Promise<HttpPhaseBench> {
  const { names, target, caPem } = options;
  const lab = await startLabProcess('bench');
  const route: LabRoute = { dns: lab.route.dns, http: target, https: target, caPem };
  const platform = await openBenchPlatform(route);
  try {
    const { personaId } = await platform.call<{ personaId: string }>(createPersona, {
      kind: 'http',
      name: 'bench',
      config: options.persona,
    });
    const dnsPersonaId = await platform.personaNamed('dns', 'Lab');
    const phases = { dns: { personaId: dnsPersonaId }, http: { personaId }, analysis: {} };
    if (options.analysis) {
      // A set that is stored has no rule twice.
      const rules = [...new Map(sampleRules(200).map((rule) => [rule.pattern, rule])).values()];
      const set = { name: 'bench', rules };
      const { keywordSetId } = await platform.call<{ keywordSetId: string }>(createKeywordSet, set);
      phases.analysis = { keywordSetIds: [keywordSetId] };
    }
    const { campaignId } = await platform.call(createCampaign, {
      campaignName: 'bench:http',
      campaignType: options.analysis ? 'pipeline' : 'http',
      input: { source: 'upload' },
      phases: options.analysis ? phases : { http: { personaId, dnsPersonaId } },
    });
    const count = await fillCampaign(platform, campaignId, names);
    const startedAt = performance.now();
    const cpuStart = platform.workerCpuMicros();
    await platform.call(startCampaign, { id: campaignId });
    const [done, costs] = await Promise.all([
      platform.until(campaignId, ['completed', 'failed', 'error'], 3_600_000),
      costsOf(platform, campaignId),
    ]);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpuMicros = platform.workerCpuMicros();
    const [rows] = await platform.clients.sql<{ n: number; ok: number; p50: number; p99: number }[]>`
      SELECT count(*)::int AS n, count(*) FILTER (WHERE verdict = 'OK')::int AS ok,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY (evidence->>'elapsedMs')::float) AS p50,
        percentile_cont(0.99) WITHIN GROUP (ORDER BY (evidence->>'elapsedMs')::float) AS p99
      FROM results WHERE campaign_id = ${campaignId} AND phase = 'http'`;
    const [pages] = await platform.clients.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pages WHERE campaign_id = ${campaignId}`;
    return {
      status: done.status,
      perSecond: Math.round(count / seconds),
      lost: count - (rows?.n ?? 0),
      wrong: count - Math.min(rows?.ok ?? 0, pages?.n ?? 0),
      rssMb: platform.workerPeakMb(),
      cpuMicrosPerPage: Math.round((cpuMicros - cpuStart) / count),
      p50Ms: Math.round(rows?.p50 ?? 0),
      p99Ms: Math.round(rows?.p99 ?? 0),
      counts: done.phases.find(({ phase }) => phase === 'http')?.counts ?? {},
      phases: costs,
    };
  } finally {
    await platform.close();
    await lab[Symbol.asyncDispose]();
  }
}

/** What the phases cost, one after the other as they run, until the campaign ends. */
async function costsOf(platform: BenchPlatform, campaignId: string): Promise<PhaseCost[]> {
  const costs: PhaseCost[] = [];
  let cpuMicros = platform.workerCpuMicros();
  for (;;) {
    const { status, phases } = await platform.call(getCampaign, { id: campaignId });
    for (const { phase, processed, startedAt, completedAt } of phases) {
      if (startedAt === null || completedAt === null || costs.some((cost) => cost.phase === phase)) continue;
      const cpuNowMicros = platform.workerCpuMicros();
      costs.push({
        phase,
        perSecond: Math.round(processed / ((Date.parse(completedAt) - Date.parse(startedAt)) / 1_000)),
        cpuMicrosPerPage: Math.round((cpuNowMicros - cpuMicros) / processed),
        rssMb: platform.workerPeakMb(),
      });
      cpuMicros = cpuNowMicros;
    }
    if (['completed', 'failed', 'error'].includes(status)) return costs;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
