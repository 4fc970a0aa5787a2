import { setImmediate } from 'node:timers';

/** Responses that are worked on at once; in between the event loop reads on, and its timers strike. */
const AT_ONCE = 32;

const waiting: (() => void)[] = [];

/**
 * Does what follows from a response once the responses that came with it have been read, too, and one right after the
 * other. Each visit from the octets of its page to the start of the next visit, before another page is read, costs a
 * third more: the code of each step drives that of the step before, and the kernel's, out of the processor's caches.
 */
export function afterReading(work: () => void): void {
  if (waiting.push(work) === 1) setImmediate(workOn);
}

function workOn(): void {
  for (const work of waiting.splice(0, AT_ONCE)) work();
  if (waiting.length > 0) setImmediate(workOn);
}
