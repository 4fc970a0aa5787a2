/** Record types that the lab knows (RFC 1035, 3596, 6891, 8659). */
export const recordTypes = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  OPT: 41,
  ANY: 255,
  CAA: 257,
} as const;

/** Response codes (RFC 1035, section 4.1.1). */
export const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

const CLASS_IN = 1;
/** A pointer to the question's name, which always stands at offset 12 (RFC 1035, section 4.1.4). */
export const QUESTION_NAME = 0xc00c;
/** Seconds for which a negative answer may be kept (RFC 2308, section 5). */
export const NEGATIVE_TTL = 300;

/** A query as read from the wire. */
export interface Question {
  /** Lower-case presentation name without trailing dot; '' is the root. Dots and backslashes in labels are escaped. */
  name: string;
  type: number;
  klass: number;
  /** Offset behind the question: header and question are echoed as they came, whatever their letters' case. */
  end: number;
  /** True where the query has an OPT record. */
  edns: boolean;
  /** RD: asked for recursion, as clients of resolvers do. */
  recursive: boolean;
}

/** Why a message gets no ordinary answer: `drop` means none at all. */
export type QuestionFault = 'drop' | 'formerr' | 'notimp';

const letters = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte).toLowerCase());

/** Reads a query: one question, opcode QUERY, uncompressed name, optionally an OPT record. */
export function readQuestion(message: Uint8Array, length: number): Question | QuestionFault {
  if (length < 12) return 'drop';
  const flags = message[2] as number;
  if ((flags & 0x80) !== 0) return 'drop';
  if ((flags & 0x78) !== 0) return 'notimp';
  if (read16(message, 4) !== 1 || read16(message, 6) !== 0 || read16(message, 8) !== 0) return 'formerr';
  let at = 12;
  let name = '';
  for (;;) {
    if (at >= length) return 'formerr';
    const size = message[at++] as number;
    if (size === 0) break;
    if (size > 63 || at + size > length || at + size - 12 > 254) return 'formerr';
    if (name !== '') name += '.';
    for (const end = at + size; at < end; at++) {
      const byte = message[at] as number;
      // A dot or backslash inside a label must not look like a border between labels.
      name += byte === 0x2e || byte === 0x5c ? `\\${letters[byte]}` : letters[byte];
    }
  }
  if (at + 4 > length) return 'formerr';
  const type = read16(message, at);
  const klass = read16(message, at + 2);
  const end = at + 4;
  const additional = read16(message, 10);
  let edns = false;
  if (additional > 0) {
    if (end + 11 > length) return 'formerr';
    edns = message[end] === 0 && read16(message, end + 1) === recordTypes.OPT;
    if (edns && end + 11 + read16(message, end + 9) > length) return 'formerr';
  }
  return { name, type, klass, end, edns, recursive: (flags & 0x01) !== 0 };
}

function read16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/**
 * Writes replies one after the other into slabs of memory. A slab is never written twice, so a reply stays valid while
 * a socket still holds it.
 */
export class ReplyWriter {
  /** The slab that holds the current reply. */
  slab: Buffer = Buffer.alloc(0);
  /** Where the current reply begins in the slab. */
  start = 0;
  private at = 0;
  private static readonly slabBytes = 1 << 18;
  /** No reply of the lab is longer: eight addresses, or a chain of names with a few records. */
  private static readonly mostBytes = 2048;

  /** Begins a reply with the query's header and question. */
  begin(query: Uint8Array, questionEnd: number, rcode: number): void {
    if (this.at + ReplyWriter.mostBytes > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(ReplyWriter.slabBytes);
      this.at = 0;
    }
    const { slab } = this;
    const start = this.at;
    this.start = start;
    for (let i = 0; i < questionEnd; i++) slab[start + i] = query[i] as number;
    // QR and AA are set and RD is echoed; RA, so that stub resolvers take the lab for a recursive server.
    slab[start + 2] = 0x84 | ((query[2] as number) & 0x01);
    slab[start + 3] = 0x80 | rcode;
    slab[start + 4] = 0;
    slab[start + 5] = questionEnd > 12 ? 1 : 0;
    slab.fill(0, start + 6, start + 12);
    this.at = start + questionEnd;
  }

  /** Length of the current reply in bytes. */
  get length(): number {
    return this.at - this.start;
  }

  /** Number of records in the answer section so far. */
  get answers(): number {
    return this.slab[this.start + 7] as number;
  }

  /** Sets the TC bit: the answer is complete over TCP only. */
  truncate(): void {
    this.slab[this.start + 2] = (this.slab[this.start + 2] as number) | 0x02;
  }

  /** Starts a record in a section: 6 is the answer, 8 the authority, after the places of their counts. */
  private record(section: 6 | 8, owner: number, type: number, ttl: number): void {
    const count = this.start + section + 1;
    this.slab[count] = (this.slab[count] as number) + 1;
    this.put16(owner);
    this.put16(type);
    this.put16(CLASS_IN);
    this.put16(ttl >>> 16);
    this.put16(ttl & 0xffff);
  }

  /** Adds an A record with the address 127.53.x.y. */
  labAddress(owner: number, ttl: number, low: number): void {
    this.record(6, owner, recordTypes.A, ttl);
    this.put16(4);
    this.put16(0x7f35);
    this.put16(low);
  }

  /** Adds an AAAA record with the address fd53:: plus 64 bits. */
  labAddress6(owner: number, ttl: number, high: number, low: number): void {
    this.record(6, owner, recordTypes.AAAA, ttl);
    this.put16(16);
    this.put16(0xfd53);
    this.put16(0);
    this.put16(0);
    this.put16(0);
    this.put16(high >>> 16);
    this.put16(high & 0xffff);
    this.put16(low >>> 16);
    this.put16(low & 0xffff);
  }

  /** Adds a record whose data is a name (NS, CNAME); returns a pointer to that name for later owners. */
  name(owner: number, type: number, ttl: number, target: string): number {
    this.record(6, owner, type, ttl);
    return this.sized(() => this.putName(target));
  }

  /** Adds an NS record to the authority section, and takes back the AA bit: a referral (RFC 1034, section 4.3.2). */
  referral(owner: number, ttl: number, host: string): void {
    this.slab[this.start + 2] = (this.slab[this.start + 2] as number) & ~0x04;
    this.record(8, owner, recordTypes.NS, ttl);
    this.sized(() => this.putName(host));
  }

  /** Adds an MX record. */
  mx(owner: number, ttl: number, preference: number, exchange: string): void {
    this.record(6, owner, recordTypes.MX, ttl);
    this.sized(() => {
      this.put16(preference);
      this.putName(exchange);
    });
  }

  /** Adds a TXT record of one string, at most 255 bytes. */
  txt(owner: number, ttl: number, text: string): void {
    this.record(6, owner, recordTypes.TXT, ttl);
    this.sized(() => this.putLabel(text));
  }

  /** Adds a CAA record (RFC 8659, section 4). */
  caa(owner: number, ttl: number, tag: string, value: string): void {
    this.record(6, owner, recordTypes.CAA, ttl);
    this.sized(() => {
      this.slab[this.at++] = 0;
      this.putLabel(tag);
      this.at += this.slab.write(value, this.at, 'latin1');
    });
  }

  /** Adds an SOA record, in the answer or (for negative answers, RFC 2308) the authority section. */
  soa(section: 6 | 8, owner: number, ttl: number): void {
    this.record(section, owner, recordTypes.SOA, ttl);
    this.sized(() => {
      this.putLabel('ns1');
      this.put16(owner);
      this.putLabel('hostmaster');
      this.put16(owner);
      for (const value of [2024010100, 7200, 3600, 1_209_600, NEGATIVE_TTL]) {
        this.put16(value >>> 16);
        this.put16(value & 0xffff);
      }
    });
  }

  /** Adds the OPT record: 1,232 bytes of UDP payload (RFC 6891, section 6.2.3). */
  opt(): void {
    const { slab } = this;
    slab[this.start + 11] = (slab[this.start + 11] as number) + 1;
    slab[this.at++] = 0;
    this.put16(recordTypes.OPT);
    this.put16(1232);
    this.put16(0);
    this.put16(0);
    this.put16(0);
  }

  private put16(value: number): void {
    this.slab[this.at++] = value >>> 8;
    this.slab[this.at++] = value & 0xff;
  }

  /** Writes a length byte and the text: a label, or a character-string of at most 255 bytes. */
  private putLabel(label: string): void {
    this.slab[this.at++] = label.length;
    for (let i = 0; i < label.length; i++) this.slab[this.at++] = label.charCodeAt(i);
  }

  private putName(name: string): void {
    if (name !== '') for (const label of name.split('.')) this.putLabel(label);
    this.slab[this.at++] = 0;
  }

  /** Writes a record's data behind its length; returns a pointer to the data. */
  private sized(write: () => void): number {
    const sizeAt = this.at;
    this.at += 2;
    write();
    const size = this.at - sizeAt - 2;
    this.slab[sizeAt] = size >>> 8;
    this.slab[sizeAt + 1] = size & 0xff;
    return 0xc000 | (sizeAt + 2 - this.start);
  }
}
