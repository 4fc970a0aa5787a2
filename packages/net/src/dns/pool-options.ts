import type { DnsQuestion } from '@domainflow/domain/dns/dns-port.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { UpstreamTarget } from './upstream.ts';

/** What makes a pool of resolvers. */
export interface PoolOptions {
  readonly persona: Pick<
    DnsPersona,
    'strategy' | 'transport' | 'timeoutMs' | 'attempts' | 'randomizeCase' | 'ednsBufferBytes'
  >;
  readonly targets: readonly UpstreamTarget[];
  readonly recursionDesired: boolean;
  /** Questions under way at once. */
  readonly slots: number;
  /** Ways to each resolver: sockets, or connections. */
  readonly lanes: number;
  /** Sees each reply that is a final answer; null: nobody looks. */
  readonly onFinal: ((question: DnsQuestion, message: Uint8Array, questionLength: number) => void) | null;
}
