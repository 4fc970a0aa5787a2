import type { DnsAnswer, DnsQuestion, DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import type { RecordType } from '@domainflow/domain/persona/dns-persona.ts';

interface Single extends DnsQuestion {
  readonly signal: AbortSignal;
  readonly resolve: (answer: DnsAnswer) => void;
  readonly reject: (reason: unknown) => void;
  readonly onAbort: () => void;
}

/** Questions asked one by one, as a source. */
export class SingleQueries implements DnsSource<DnsQuestion> {
  readonly #waiting: Single[] = [];
  readonly #open = new Set<Single>();

  /** Rejects with the signal's reason when it aborts; the reply to what was sent is then ignored. */
  ask(name: string, type: RecordType, signal: AbortSignal): Promise<DnsAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<DnsAnswer>();
    const single: Single = {
      name,
      type,
      signal,
      resolve,
      reject,
      onAbort: () => {
        this.#open.delete(single);
        reject(signal.reason);
      },
    };
    signal.addEventListener('abort', single.onAbort, { once: true });
    this.#open.add(single);
    this.#waiting.push(single);
    return promise;
  }

  next(): DnsQuestion | null {
    for (let single = this.#waiting.shift(); single !== undefined; single = this.#waiting.shift()) {
      if (this.#open.has(single)) return single;
    }
    return null;
  }

  answered(question: DnsQuestion, answer: DnsAnswer): void {
    // The pool gives back what `next` gave.
    const single = question as Single;
    single.signal.removeEventListener('abort', single.onAbort);
    this.#open.delete(single);
    single.resolve(answer);
  }

  rejectAll(reason: unknown): void {
    for (const single of this.#open) {
      single.signal.removeEventListener('abort', single.onAbort);
      single.reject(reason);
    }
    this.#open.clear();
  }
}
