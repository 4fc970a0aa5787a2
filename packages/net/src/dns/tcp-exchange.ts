import { connect } from 'node:net';
import type { Endpoint } from '../guard/lab-route.ts';

/** Ends an exchange early; its callback is not called then. */
export type CancelExchange = () => void;

/**
 * Asks one query over TCP (RFC 7766: two octets of length before the message). `onEnd` gets the reply, however the
 * stream splits it, or null where none came in time.
 */
export function exchangeOverTcp(
  to: Endpoint,
  query: Uint8Array,
  timeoutMs: number,
  onEnd: (message: Uint8Array | null) => void,
): CancelExchange {
  const socket = connect({ host: to.host, port: to.port, noDelay: true });
  const timer = setTimeout(() => end(null), timeoutMs);
  let received: Buffer = Buffer.alloc(0);
  let ended = false;

  function end(message: Uint8Array | null): void {
    if (ended) return;
    cancel();
    onEnd(message);
  }
  function cancel(): void {
    ended = true;
    clearTimeout(timer);
    socket.destroy();
  }

  socket.on('connect', () => {
    const framed = Buffer.allocUnsafe(query.length + 2);
    framed.writeUInt16BE(query.length, 0);
    framed.set(query, 2);
    socket.write(framed);
  });
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    if (received.length < 2) return;
    const length = received.readUInt16BE(0);
    if (received.length >= length + 2) end(received.subarray(2, length + 2));
  });
  socket.on('error', () => end(null));
  socket.on('close', () => end(null));
  return cancel;
}
