import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, CampaignProgress } from './api-client.ts';

/** Statuses in which nothing more will happen by itself. */
const ENDED = new Set<CampaignProgress['status']>(['completed', 'failed', 'cancelled', 'error', 'paused']);

/** Where the campaign stands, again and again until it has ended; that last standing too. */
export async function* followCampaign(
  api: ApiClient,
  campaignId: string,
  intervalMs: number,
  signal: AbortSignal,
): AsyncGenerator<CampaignProgress> {
  for (;;) {
    const progress = await api.progress(campaignId);
    yield progress;
    if (ENDED.has(progress.status)) return;
    await sleep(intervalMs, undefined, { signal });
  }
}
