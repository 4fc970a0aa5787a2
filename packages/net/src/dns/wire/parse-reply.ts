import type { DnsRecord } from '@domainflow/domain/dns/dns-port.ts';
import {
  CLASS_IN,
  FORMERR,
  NOERROR,
  NOTIMP,
  NXDOMAIN,
  REFUSED,
  SERVFAIL,
  TYPE_CNAME,
  TYPE_NS,
  TYPE_OPT,
  TYPE_SOA,
  typeName,
} from './codes.ts';
import { HEADER_LENGTH } from './encode-query.ts';
import { sameName, skipName } from './name.ts';
import { readRecordData } from './record-data.ts';
import { uint16 } from './uint16.ts';
import { WireError } from './wire-error.ts';

export interface Reply {
  /** With the upper bits of EDNS. */
  readonly rcode: number;
  readonly truncated: boolean;
  /** The aliases have no end, or none within 16 steps. */
  readonly isLoop: boolean;
  /**
   * Instead of an answer it names the servers of a zone below (RFC 2308, 2.2: NS and no SOA, without AA): whoever sent it
   * does not resolve.
   */
  readonly isReferral: boolean;
  /**
   * It contradicts itself: it has records and no word on the name that was asked for, or says that the name does not exist
   * and has an answer.
   */
  readonly isSenseless: boolean;
  /**
   * Name at which the aliases end, where the reply says neither what it has nor that it has nothing (no SOA): the sender
   * does not know it, or stopped half-way. Null otherwise.
   */
  readonly openAlias: string | null;
  /** The CNAME chain from the question, and the records of its type at the end of it. */
  readonly records: readonly DnsRecord[];
}

const NO_RECORDS: readonly DnsRecord[] = [];
/** A reply that holds no record of use. */
const bare = (rcode: number, truncated: boolean, isReferral = false, isSenseless = false): Reply => ({
  rcode,
  truncated,
  isLoop: false,
  isReferral,
  isSenseless,
  openAlias: null,
  records: NO_RECORDS,
});
/** Fixed part of a record behind its name: type, class, TTL, length. */
const RECORD_FIXED = 10;
export const MAX_CHAIN = 16;
const AUTHORITATIVE = 0x04;

const lower = (code: number): number => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code);

/**
 * Whether `message` repeats the question of the query at `queryOffset` in `query`: same name (letter case aside),
 * type and class, written without compression. `questionLength` counts name, type and class.
 */
export function questionMatches(
  message: Uint8Array,
  query: Uint8Array,
  queryOffset: number,
  questionLength: number,
): boolean {
  if (message.length < HEADER_LENGTH + questionLength) return false;
  // One question exactly.
  if (message[4] !== 0 || message[5] !== 1) return false;
  const typeAt = HEADER_LENGTH + questionLength - 4;
  for (let at = HEADER_LENGTH; at < typeAt; at += 1) {
    const theirs = message[at] as number;
    const ours = query[queryOffset + at] as number;
    // Lengths of labels are below 64, so lowering letters leaves them alone.
    if (theirs !== ours && lower(theirs) !== lower(ours)) return false;
  }
  for (let at = typeAt; at < typeAt + 4; at += 1) {
    if (message[at] !== query[queryOffset + at]) return false;
  }
  return true;
}

/** Whether `message` repeats the question octet for octet, the case of letters included. */
export function questionIsSame(
  message: Uint8Array,
  query: Uint8Array,
  queryOffset: number,
  questionLength: number,
): boolean {
  for (let at = HEADER_LENGTH; at < HEADER_LENGTH + questionLength; at += 1) {
    if (message[at] !== query[queryOffset + at]) return false;
  }
  return true;
}

const BARE_FAILURES: readonly number[] = [FORMERR, SERVFAIL, NOTIMP, REFUSED];

/**
 * A failure that consists of a header alone, as servers send it that could not or would not read the question (EDNS unknown
 * to them, for one: RFC 6891, 7). Null for any other message. It has nothing but its id to be known by, so it may end an
 * attempt and decide nothing.
 */
export function bareFailure(message: Uint8Array): Reply | null {
  if (message.length !== HEADER_LENGTH || ((message[2] as number) & 0x80) === 0) return null;
  const rcode = (message[3] as number) & 0x0f;
  const isEmpty = message.subarray(4).every((octet) => octet === 0);
  return isEmpty && BARE_FAILURES.includes(rcode) ? bare(rcode, false) : null;
}

/** Where the records of the answer section are: name, and type to data. */
interface Located {
  readonly nameAt: number;
  readonly fixedAt: number;
  readonly type: number;
}

/** The records that answer the question: CNAMEs followed from its name, then those of its type at the last target. */
function followChain(
  message: Uint8Array,
  located: readonly Located[],
  type: number,
  end: number,
): { records: DnsRecord[]; isLoop: boolean; isOpen: boolean } {
  const records: DnsRecord[] = [];
  const toRecord = ({ fixedAt, type: own }: Located): DnsRecord => {
    const dataAt = fixedAt + RECORD_FIXED;
    const ttl = uint16(message, fixedAt + 4) * 0x1_0000 + uint16(message, fixedAt + 6);
    const data = readRecordData(message, own, dataAt, dataAt + uint16(message, fixedAt + 8));
    // A TTL with the top bit set counts as zero (RFC 2181, 8).
    return { type: typeName(own), ttl: ttl > 0x7fff_ffff ? 0 : ttl, data };
  };
  let owner = HEADER_LENGTH;
  for (let step = 0; step <= MAX_CHAIN; step += 1) {
    const before = records.length;
    let alias: Located | null = null;
    for (const record of located) {
      if (record.type !== type && record.type !== TYPE_CNAME) continue;
      if (!sameName(message, record.nameAt, owner, end)) continue;
      if (record.type === type) records.push(toRecord(record));
      else alias ??= record;
    }
    if (records.length > before) return { records, isLoop: false, isOpen: false };
    if (alias === null) return { records, isLoop: false, isOpen: records.length > 0 };
    records.push(toRecord(alias));
    owner = alias.fixedAt + RECORD_FIXED;
  }
  return { records, isLoop: true, isOpen: false };
}

/**
 * Reads a reply whose question has been matched (`questionMatches`). All three sections are walked, so that counts
 * and lengths that lie are noticed; octets behind the last record are not a message either. Throws `WireError` and
 * nothing else.
 */
export function parseReply(message: Uint8Array, questionLength: number): Reply {
  const end = message.length;
  const questionEnd = HEADER_LENGTH + questionLength;
  if (end < questionEnd) throw new WireError('The message is shorter than its question.');
  const flags = message[2] as number;
  // A response, to a standard query.
  if ((flags & 0xf8) !== 0x80) throw new WireError('The message is not a reply to a query.');
  const truncated = (flags & 0x02) !== 0;
  let rcode = (message[3] as number) & 0x0f;
  if (truncated) return bare(rcode, truncated);

  const type = uint16(message, questionEnd - 4);
  const answers = uint16(message, 6);
  const authorities = uint16(message, 8);
  const total = answers + authorities + uint16(message, 10);
  let located: Located[] | null = null;
  let isOfZone = false;
  let namesServers = false;
  let at = questionEnd;
  for (let index = 0; index < total; index += 1) {
    const nameAt = at;
    at = skipName(message, at, end);
    if (at + RECORD_FIXED > end) throw new WireError('The message ends within a record.');
    const recordType = uint16(message, at);
    const fixedAt = at;
    at += RECORD_FIXED + uint16(message, at + 8);
    if (at > end) throw new WireError('The data of a record reaches beyond the message.');
    if (index < answers) {
      if (uint16(message, fixedAt + 2) !== CLASS_IN) continue;
      located ??= [];
      located.push({ nameAt, fixedAt, type: recordType });
    } else if (index < answers + authorities) {
      isOfZone ||= recordType === TYPE_SOA;
      namesServers ||= recordType === TYPE_NS;
    } else if (recordType === TYPE_OPT) {
      rcode |= (message[fixedAt + 4] as number) << 4;
    }
  }
  if (at !== end) throw new WireError('Octets follow the last record.');
  if (located === null) {
    const isReferral = rcode === NOERROR && namesServers && !isOfZone && (flags & AUTHORITATIVE) === 0;
    // Of another class than was asked for.
    const isSenseless = rcode === NOERROR && answers > 0 && !namesServers && !isOfZone;
    return bare(rcode, truncated, isReferral, isSenseless);
  }
  const { records, isLoop, isOpen } = followChain(message, located, type, end);
  const last = isOpen && !isOfZone && rcode === NOERROR ? records.at(-1) : undefined;
  const isSenseless =
    rcode === NXDOMAIN
      ? type !== TYPE_CNAME && records.at(-1)?.type === typeName(type)
      : rcode === NOERROR &&
        records.length === 0 &&
        !isOfZone &&
        !located.some(({ nameAt }) => sameName(message, nameAt, HEADER_LENGTH, end));
  return { rcode, truncated, isLoop, isReferral: false, isSenseless, openAlias: last?.data ?? null, records };
}
