import { labIdentity } from '@domainflow/lab/dns-plan.ts';
import { truthIn } from '@domainflow/lab/truth.ts';
import type { ApiClient, CampaignProgress } from './api-client.ts';
import { type Comparison, compareWithTruth } from './compare-with-truth.ts';
import { followCampaign } from './follow-campaign.ts';
import type { NamePattern } from './name-pattern.ts';
import type { DemoOptions } from './options.ts';
import { printComparison } from './print-comparison.ts';
import { printFunnel } from './print-funnel.ts';
import { printLeads } from './print-leads.ts';
import { ProgressDisplay } from './show-progress.ts';
import { startCampaign } from './start-campaign.ts';
import type { Terminal } from './terminal.ts';
import { formatDuration } from './text-layout.ts';

const BEST_LEADS = 10;
const LIVE_INTERVAL_MS = 150;
const LINE_INTERVAL_MS = 1_000;

export interface DemoOutcome {
  /** Whether the campaign completed and every verdict is right. */
  readonly isRight: boolean;
  readonly campaignId: string;
  readonly generated: number;
  readonly dnsOk: number;
  readonly httpOk: number;
  readonly leads: number;
  readonly wrongVerdicts: number;
  /** From the start of the campaign to its end. */
  readonly seconds: number;
}

/** Runs the campaign, tells of it, and compares it with the truth. */
export async function runCampaign(
  api: ApiClient,
  names: NamePattern,
  { count, seed }: DemoOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<DemoOutcome> {
  terminal.line();
  terminal.line(terminal.paint('bold', 'Phases'));
  const started = performance.now();
  const { campaignId } = await startCampaign(api, names, `Demo: ${names.sketch}`);
  const end = await follow(api, campaignId, count, terminal, signal);
  const seconds = Math.round(performance.now() - started) / 1000;
  const isComplete = end?.status === 'completed';
  terminal.line(
    isComplete
      ? `  Completed after ${formatDuration(seconds * 1000)}.`
      : `  ${terminal.paint('red', `The campaign did not complete: it is ${end?.status}.`)}`,
  );

  const lab = labIdentity(seed);
  const comparison = await compareWithTruth(api.results(campaignId), {
    count,
    nameAt: names.nameAt,
    of: (name) => truthIn(lab, name),
  });
  printFunnel(terminal, comparison);
  printLeads(terminal, (await api.leads(campaignId, BEST_LEADS)).items);
  const wrongCounters = end === undefined ? [] : countersThatDiffer(end, comparison);
  printComparison(terminal, comparison, wrongCounters);
  const { names: generated, dnsOk, httpOk, leads, wrong: wrongVerdicts } = comparison;
  return {
    isRight: isComplete && wrongVerdicts === 0 && wrongCounters.length === 0,
    campaignId,
    generated,
    dnsOk,
    httpOk,
    leads,
    wrongVerdicts,
    seconds,
  };
}

async function follow(
  api: ApiClient,
  campaignId: string,
  count: number,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<CampaignProgress | undefined> {
  const display = new ProgressDisplay(terminal, count, Date.now);
  const intervalMs = terminal.isLive ? LIVE_INTERVAL_MS : LINE_INTERVAL_MS;
  let last: CampaignProgress | undefined;
  for await (const progress of followCampaign(api, campaignId, intervalMs, signal)) {
    display.show(progress);
    last = progress;
  }
  return last;
}

/** The platform's own counters must say what counting the results says. */
function countersThatDiffer({ phases }: CampaignProgress, comparison: Comparison): string[] {
  const counted = {
    generation: { verdict: 'GENERATED', count: comparison.names },
    dns: { verdict: 'OK', count: comparison.dnsOk },
    http: { verdict: 'OK', count: comparison.httpOk },
    analysis: { verdict: 'OK', count: comparison.leads },
  };
  return phases.flatMap(({ phase, label, counts }) => {
    const { verdict, count } = counted[phase];
    const told = counts[verdict] ?? 0;
    return told === count ? [] : [`${label} counts ${told} ${verdict}; there are ${count}`];
  });
}
