import type { DnsPersona, RecordType } from '../persona/dns-persona.ts';

export interface DnsRecord {
  readonly type: string;
  readonly ttl: number;
  /** Presentation format of the RDATA: an address, a host name, a text. */
  readonly data: string;
}

/** What became of one question after all its attempts. */
export interface DnsAnswer {
  /** RCODE mnemonic of the deciding reply, `TIMEOUT` where no resolver replied, `ERROR` on a local failure. */
  readonly rcode: string;
  readonly records: readonly DnsRecord[];
  /** `address:port` that gave the deciding reply, null where none did. */
  readonly resolver: string | null;
  readonly attempts: number;
  /** Round-trip time of the deciding reply, null where there was none. */
  readonly rttMs: number | null;
  readonly transport: 'udp' | 'tcp';
}

export interface DnsResolver {
  /** Asks until a resolver gives a final answer or the persona's attempts are used up; never rejects but on abort. */
  query(name: string, type: RecordType, signal: AbortSignal): Promise<DnsAnswer>;
}

export interface DnsPort {
  /** The resolver for a persona; the same persona gets the same pool, so that its limits hold across batches. */
  resolver(persona: DnsPersona): DnsResolver;
}
