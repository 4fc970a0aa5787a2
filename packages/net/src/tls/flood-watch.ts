import { clearInterval, setInterval } from 'node:timers';

/** How often connections are looked at: what a peer can make us do in between is little. */
const EVERY_MS = 100;

/** Octets beside a body that an honest peer may send: handshake messages, frames, heads. */
const BESIDE_BYTES = 262_144;

/**
 * Watches what arrives on an encrypted connection below all protocols. Frames and records that carry nothing (pings,
 * window updates, padding, session tickets) never reach who reads the response, and cost as much to take apart as others:
 * `onFlood` is called once, when more has come than two bodies of the size given. Returns what ends the watch.
 */
export function watchFlood(received: () => number, bodyBytes: number, onFlood: () => void): () => void {
  const most = received() + BESIDE_BYTES + 2 * bodyBytes;
  const timer = setInterval(() => {
    if (received() <= most) return;
    clearInterval(timer);
    onFlood();
  }, EVERY_MS);
  return () => clearInterval(timer);
}
