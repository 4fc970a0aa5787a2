import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './launch-error.ts';
import type { Part } from './part.ts';

const READY_TIMEOUT_MS = 60_000;

/**
 * Waits until the API says that it is ready to serve.
 * @throws LaunchError when it ends or stays silent.
 */
export async function waitUntilReady(api: Part, url: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  let last = 'no answer';
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (api.crashes > 0)
      throw new LaunchError(`The API does not start. What it said last:\n${api.lastLines}`);
    try {
      const response = await fetch(`${url}/api/v2/health/ready`, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
      last = `${response.status} ${await response.text()}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(50);
  }
  throw new LaunchError(
    `The API is not ready after ${READY_TIMEOUT_MS / 1000} s (${last.slice(0, 300)}). What it said last:\n${api.lastLines}`,
  );
}
