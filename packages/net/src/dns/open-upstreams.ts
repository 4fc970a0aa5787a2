import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { messageOf } from './recovery-probes.ts';
import type { Upstream } from './upstream.ts';

/** How long the first to be open waits for the others. */
const WAIT_FOR_OTHERS_MS = 250;

/**
 * Opens all upstreams, and ends soon after the first one is open: others go on in the background. One that cannot be
 * opened, such as over IPv6, leaves the others and is put aside. Rejects where none can be.
 */
export async function openUpstreams<Owner>(
  upstreams: readonly Upstream<Owner>[],
  open: (upstream: Upstream<Owner>) => Promise<void>,
): Promise<void> {
  const opening = upstreams.map((upstream) =>
    open(upstream).catch((error: unknown) => {
      upstream.health.unreachable(messageOf(error), performance.now());
      throw error;
    }),
  );
  const settled = Promise.allSettled(opening);
  try {
    await Promise.any(opening);
  } catch {
    const reasons = upstreams.map(({ label, health }) => `${label}: ${health.problem}`);
    throw new DomainFlowError('UNAVAILABLE', `No resolver can be reached: ${reasons.join('; ')}.`, {
      field: 'resolvers',
    });
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise((resolve) => {
    timer = setTimeout(resolve, WAIT_FOR_OTHERS_MS);
  });
  await Promise.race([settled, waited]);
  clearTimeout(timer);
}
