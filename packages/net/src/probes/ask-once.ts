import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { exchangeOverTcp } from '../dns/tcp-exchange.ts';
import type { Endpoint } from '../guard/lab-route.ts';
import { type ProbeQuery, probeQuery } from './probe-query.ts';
import { answers, type ProbeReply, readProbeReply } from './probe-reply.ts';

/** A reply with the time that it took; in words what came instead. */
export type Asked =
  | { readonly reply: ProbeReply; readonly rttMs: number }
  | { readonly reply: null; readonly failure: string };

/** Asks for A once. Rejects with the signal's reason when it aborts, and for nothing else. */
export type AskOnce = (
  name: string,
  options: { readonly edns: boolean },
  signal: AbortSignal,
) => Promise<Asked>;

const silence = (timeoutMs: number): Asked => ({ reply: null, failure: `no reply within ${timeoutMs} ms` });

function read(message: Uint8Array, query: ProbeQuery, sentAtMs: number): Asked {
  try {
    return { reply: readProbeReply(message, query), rttMs: performance.now() - sentAtMs };
  } catch (error) {
    return {
      reply: null,
      failure: `a malformed reply (${error instanceof Error ? error.message : 'unreadable'})`,
    };
  }
}

/** Over UDP, from a socket and a port of its own. Messages that do not answer the query are waited past. */
export const askOverUdp =
  (to: Endpoint, timeoutMs: number): AskOnce =>
  (name, options, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const query = probeQuery(name, options);
      const socket = createSocket(isIPv6(to.host) ? 'udp6' : 'udp4');
      const sentAtMs = performance.now();
      let ended = false;
      const end = (settle: () => void): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        socket.off('error', onError).on('error', () => undefined);
        socket.close();
        settle();
      };
      const onAbort = (): void => end(() => reject(signal.reason));
      const onError = (error: NodeJS.ErrnoException): void =>
        end(() => resolve({ reply: null, failure: `the system says ${error.code ?? error.message}` }));
      const timer = setTimeout(() => end(() => resolve(silence(timeoutMs))), timeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      socket.on('error', onError);
      socket.on('message', (message) => {
        if (answers(message, query)) end(() => resolve(read(message, query, sentAtMs)));
      });
      // Connected: what another address or port sends does not arrive. A failure is handed to the callback.
      socket.connect(to.port, to.host, (...[error]: unknown[]) => {
        if (error instanceof Error) onError(error);
        else if (!ended) socket.send(query.octets);
      });
    });

/** Over TCP, on a connection of its own. */
export const askOverTcp =
  (to: Endpoint, timeoutMs: number): AskOnce =>
  (name, options, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const query = probeQuery(name, options);
      const sentAtMs = performance.now();
      const onAbort = (): void => {
        cancel();
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const cancel = exchangeOverTcp(to, query.octets, timeoutMs, (message) => {
        signal.removeEventListener('abort', onAbort);
        if (message === null) resolve({ reply: null, failure: 'no reply over TCP' });
        else if (answers(message, query)) resolve(read(message, query, sentAtMs));
        else resolve({ reply: null, failure: 'a reply to another question' });
      });
    });
