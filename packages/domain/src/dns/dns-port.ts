import type { DnsPersona, RecordType } from '../persona/dns-persona.ts';
import type { Transport } from '../persona/resolver-address.ts';

export interface DnsRecord {
  readonly type: string;
  readonly ttl: number;
  /** Presentation format of the RDATA: an address, a host name, a text. */
  readonly data: string;
}

/** What became of one question after all its attempts. */
export interface DnsAnswer {
  /**
   * RCODE mnemonic of the deciding reply, `TIMEOUT` where no resolver replied, `ERROR` on a local failure, `CNAME_LOOP`
   * where the aliases in the reply have no end, `REFERRAL` where no server did more than name others, `SENSELESS`
   * where replies contradicted themselves.
   */
  readonly rcode: string;
  /** The CNAME chain from the name asked for and the records of the type asked for at its end, in that order. */
  readonly records: readonly DnsRecord[];
  /** `address:port` or URL that gave the deciding reply, null where none did. */
  readonly resolver: string | null;
  readonly attempts: number;
  /** Of the attempts those that failed at a resolver that was asked faster than it answers; they cost no retry. */
  readonly hasty?: number;
  /** Round-trip time of the deciding reply, null where there was none. */
  readonly rttMs: number | null;
  readonly transport: Transport;
  /** Why a resolver could not be asked, where that is known and no reply came: a bad certificate, a refused connection. */
  readonly problem?: string;
  /** NS records that were given instead of an answer, with the lower-case name that they are for. */
  readonly referral?: readonly { readonly owner: string; readonly host: string }[];
  /** The resolver does not keep the case of letters, and was asked without random case although the persona wants it. */
  readonly isCaseIgnored?: true;
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: RecordType;
  /** Nothing replied to another question for this name: it is tried once, and silence is not held against resolvers. */
  readonly isDoubtful?: boolean;
  /** Queries in all for this question, where fewer than the persona allows. */
  readonly maxAttempts?: number;
}

/** What one server said to a question that asked for no recursion (RD=0). */
export interface ServerAnswer {
  /** As in `DnsAnswer`. */
  readonly rcode: string;
  /** The server speaks for the zone itself (AA). */
  readonly isAuthoritative: boolean;
  readonly records: readonly DnsRecord[];
  /** NS records of a referral, with the lower-case name that they are for. */
  readonly referral: readonly { readonly owner: string; readonly host: string }[];
  readonly rttMs: number | null;
}

/**
 * Questions that a resolver draws as its window has room, so that a batch of any size needs no promise per question.
 * A question object may be used again once it has been answered.
 */
export interface DnsSource<Question extends DnsQuestion = DnsQuestion> {
  /** The next question; null while there is none, which may change with an answer. Must not throw. */
  next(): Question | null;
  /** Called once for each question drawn, in any order. Must not throw. */
  answered(question: Question, answer: DnsAnswer): void;
}

export interface DnsResolver {
  /** Asks until a resolver gives a final answer or the persona's attempts are used up; never rejects but on abort. */
  query(name: string, type: RecordType, signal: AbortSignal): Promise<DnsAnswer>;
  /**
   * Works through a source until it has no more questions and all that it gave are answered, or until `signal`
   * aborts: then what is in flight is dropped, and nothing is called any more. Rejects only when no socket can be opened.
   */
  run<Question extends DnsQuestion>(source: DnsSource<Question>, signal: AbortSignal): Promise<void>;
  /** A hint that a resolver, named as in `DnsAnswer`, gives worse answers at this speed: it is to be asked less often. */
  slowDown?(resolver: string): void;
}

export interface DnsPort {
  /**
   * The resolver for a persona; the same persona gets the same pool, so that its limits hold across batches.
   * Throws a `DomainFlowError` where a resolver's address is malformed or refused. `isTrial`: for a few questions only, so
   * that it costs little; it has a pool of its own.
   */
  resolver(persona: DnsPersona, isTrial?: boolean): DnsResolver;
  /**
   * Asks one authoritative server (`address` or `address:port`) without recursion, over TCP where the reply is truncated.
   * `rcode` is `TIMEOUT` after `timeoutMs`. Rejects where the guard refuses the address, and on abort.
   */
  askServer?(
    address: string,
    question: DnsQuestion,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ServerAnswer>;
}
