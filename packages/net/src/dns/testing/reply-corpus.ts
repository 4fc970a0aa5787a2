import { HEADER_LENGTH, OPT_LENGTH, writeQuery } from '../wire/encode-query.ts';

/** A well-formed reply, before anything is done to it. */
export interface CorpusReply {
  readonly message: Uint8Array;
  /** Octets of name, type and class. */
  readonly questionLength: number;
}

const TYPES = { A: 1, NS: 2, CNAME: 5, SOA: 6, MX: 15, TXT: 16, AAAA: 28, CAA: 257 } as const;
/** A pointer to the name in the question. */
const OWNER = [0xc0, HEADER_LENGTH];
const text = (value: string): number[] => [value.length, ...Buffer.from(value, 'latin1')];
const nameOctets = (name: string): number[] => [...name.split('.').flatMap(text), 0];

const DATA: Readonly<Record<keyof typeof TYPES, readonly (readonly number[])[]>> = {
  A: [
    [192, 0, 2, 1],
    [192, 0, 2, 2],
  ],
  AAAA: [[0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), 1]],
  NS: [[...text('ns1'), ...OWNER], nameOctets('ns2.other.example')],
  CNAME: [nameOctets('www.other.example')],
  MX: [[0, 10, ...text('mail'), ...OWNER]],
  TXT: [[...text('v=spf1 -all'), ...text('')], text('x'.repeat(200))],
  SOA: [[...text('ns1'), ...OWNER, ...text('admin'), ...OWNER, ...Array<number>(20).fill(7)]],
  CAA: [[0, ...text('issue'), ...Buffer.from('ca.example')]],
};

const record = (owner: readonly number[], type: number, data: readonly number[]): number[] => [
  ...[...owner, type >> 8, type & 0xff, 0, 1, 0, 0, 0, 60],
  ...[data.length >> 8, data.length & 0xff, ...data],
];

const OPT = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0];

function replyTo(
  name: string,
  type: keyof typeof TYPES,
  aliases: number,
  hasAuthority: boolean,
): CorpusReply {
  const query = new Uint8Array(300);
  const form = { ednsBufferBytes: 1_232, recursionDesired: true };
  const length = writeQuery(query, 0, name, TYPES[type], form);
  const questionLength = length - HEADER_LENGTH - OPT_LENGTH;
  const head = [...query.subarray(0, HEADER_LENGTH + questionLength)];
  const body: number[] = [];
  let owner: number[] = OWNER;
  for (let step = 0; step < aliases; step += 1) {
    const target = text(`alias${step}`);
    // Behind owner, type, class, TTL and length.
    const dataAt = head.length + body.length + owner.length + 10;
    body.push(...record(owner, TYPES.CNAME, [...target, ...OWNER]));
    owner = [0xc0 | (dataAt >> 8), dataAt & 0xff];
  }
  const answers = type === 'CNAME' && aliases > 0 ? [] : DATA[type];
  for (const data of answers) body.push(...record(owner, TYPES[type], data));
  const authority = hasAuthority ? record(OWNER, TYPES.SOA, DATA.SOA[0] ?? []) : [];
  head[2] = 0x81;
  head[3] = 0x80;
  head[7] = aliases + answers.length;
  head[9] = hasAuthority ? 1 : 0;
  head[11] = 1;
  return { message: Uint8Array.from([...head, ...body, ...authority, ...OPT]), questionLength };
}

/** Replies of every type that is read, with and without aliases and authority; all are accepted as they are. */
export const REPLY_CORPUS: readonly CorpusReply[] = (Object.keys(TYPES) as (keyof typeof TYPES)[]).flatMap(
  (type) => [0, 1, 4, 15].map((aliases) => replyTo('shop.example', type, aliases, aliases % 2 === 0)),
);
