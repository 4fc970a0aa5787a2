import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, CampaignProgress } from './api-client.ts';

/** Statuses in which nothing more will happen by itself. */
const ENDED = new Set<CampaignProgress['status']>(['completed', 'failed', 'cancelled', 'error', 'paused']);

/** A phase that moves no more for so long has lost its worker, or its worker has a fault. */
const STANDSTILL_MS = 120_000;

/** Where the campaign stands, again and again until it has ended or stands still; that last standing too. */
export async function* followCampaign(
  api: ApiClient,
  campaignId: string,
  intervalMs: number,
  signal: AbortSignal,
): AsyncGenerator<CampaignProgress> {
  let last = '';
  let movedAtMs = performance.now();
  for (;;) {
    const progress = await api.progress(campaignId);
    yield progress;
    if (ENDED.has(progress.status)) return;
    const standing = JSON.stringify(progress.phases.map(({ phase, processed }) => [phase, processed]));
    if (standing !== last) movedAtMs = performance.now();
    else if (performance.now() - movedAtMs > STANDSTILL_MS) return;
    last = standing;
    await sleep(intervalMs, undefined, { signal });
  }
}
