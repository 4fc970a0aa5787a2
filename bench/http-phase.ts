import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import type { Endpoint, LabRoute } from '@domainflow/net/guard/lab-route.ts';
import { createCampaign } from '@domainflow/services/campaigns/create-campaign.ts';
import { startCampaign } from '@domainflow/services/campaigns/lifecycle-commands.ts';
import { createPersona } from '@domainflow/services/personas/create-persona.ts';
import { openBenchPlatform } from './bench-platform.ts';
import { fillCampaign } from './fill-campaign.ts';
import { startLabProcess } from './start-lab-process.ts';

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
}

/**
 * An `http` campaign from start to completed by one worker: each name asked for once at the lab's DNS, which has every
 * `live-N`, its page fetched from `target`, read and committed.
 */
export async function benchHttpPhase(options: {
  readonly names: readonly string[];
  readonly target: Endpoint;
  readonly caPem: string;
  readonly persona: Partial<HttpPersona>;
}): Promise<HttpPhaseBench> {
  const { names, target, caPem } = options;
  const lab = await startLabProcess('bench');
  const route: LabRoute = { dns: lab.route.dns, http: target, https: target, caPem };
  const platform = await openBenchPlatform({ labDns: route.dns, labJson: JSON.stringify(route) });
  try {
    const { personaId } = await platform.call<{ personaId: string }>(createPersona, {
      kind: 'http',
      name: 'bench',
      config: options.persona,
    });
    const { campaignId } = await platform.call(createCampaign, {
      campaignName: 'bench:http',
      campaignType: 'http',
      input: { source: 'upload' },
      phases: { http: { personaId, dnsPersonaId: await platform.personaNamed('dns', 'Lab') } },
    });
    const count = await fillCampaign(platform, campaignId, names);
    const startedAt = performance.now();
    const cpuStart = platform.workerCpuMicros();
    await platform.call(startCampaign, { id: campaignId });
    const done = await platform.until(campaignId, ['completed', 'failed', 'error'], 3_600_000);
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
      counts: done.phases[0]?.counts ?? {},
    };
  } finally {
    await platform.close();
    await lab[Symbol.asyncDispose]();
  }
}
