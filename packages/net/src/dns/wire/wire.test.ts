import { RECORD_TYPES, type RecordType } from '@domainflow/domain/persona/dns-persona.ts';
import * as dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TYPE_NUMBER } from './codes.ts';
import {
  dropEdns,
  HEADER_LENGTH,
  MAX_QUERY_LENGTH,
  OPT_LENGTH,
  writeId,
  writeQuery,
} from './encode-query.ts';
import { parseReply, questionMatches, type Reply } from './parse-reply.ts';
import { WireError } from './wire-error.ts';

const FORM = { ednsBufferBytes: 1_232, recursionDesired: true };
const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9-]{0,20}[a-z0-9])?$/);
const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
const type = fc.constantFrom(...RECORD_TYPES);
const ttl = fc.integer({ min: 0, max: 0x7fff_ffff });
const ipv4 = fc.ipV4();
/** All eight groups written out: dns-packet reads some of the short forms wrongly. */
const ipv6 = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(':'));

function query(ofName: string, ofType: RecordType, id = 7): Buffer {
  const packet = Buffer.alloc(MAX_QUERY_LENGTH);
  const length = writeQuery(packet, 0, ofName, TYPE_NUMBER[ofType], FORM);
  writeId(packet, 0, id);
  return packet.subarray(0, length);
}

const questionLength = (packet: Buffer): number => packet.length - HEADER_LENGTH - OPT_LENGTH;

function reply(ofName: string, ofType: string, packet: dnsPacket.Packet): Buffer {
  return dnsPacket.encode({
    id: 7,
    type: 'response',
    questions: [{ name: ofName, type: ofType }],
    ...packet,
  });
}

function read(message: Uint8Array, ofName: string, ofType: RecordType): Reply {
  const asked = query(ofName, ofType);
  expect(questionMatches(message, asked, 0, questionLength(asked))).toBe(true);
  return parseReply(message, questionLength(asked));
}

describe('queries', () => {
  test('are what dns-packet reads', () => {
    fc.assert(
      fc.property(name, type, fc.integer({ min: 0, max: 0xffff }), (ofName, ofType, id) => {
        const packet = query(ofName, ofType, id);
        expect(packet.length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
        const decoded = dnsPacket.decode(packet);
        expect(decoded).toMatchObject({ id, type: 'query', answers: [], authorities: [] });
        expect(decoded.flags).toBe(dnsPacket.RECURSION_DESIRED);
        expect(decoded.questions).toEqual([{ name: ofName, type: ofType, class: 'IN' }]);
        expect(decoded.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232, options: [] }]);
      }),
    );
  });

  test('without EDNS are read too', () => {
    const packet = query('example.com', 'AAAA');
    const shorter = packet.subarray(0, dropEdns(packet, 0, packet.length));
    expect(dnsPacket.decode(shorter).additionals).toEqual([]);
    expect(dropEdns(packet, 0, shorter.length)).toBe(shorter.length);
  });

  test('a trailing dot changes nothing', () => {
    expect(query('example.com.', 'A')).toEqual(query('example.com', 'A'));
  });

  test('the longest name fits, one octet more does not', () => {
    const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    expect(query(longest, 'A').length).toBe(MAX_QUERY_LENGTH);
    expect(() => query(`${longest}d`, 'A')).toThrow(WireError);
  });

  test.each(['', '..', 'a..b', '.a', 'a..', `${'a'.repeat(64)}.com`, 'bücher.de', 'a.\u0000\u0080'])(
    'the name %j is refused',
    (bad) => {
      expect(() => query(bad, 'A')).toThrow(WireError);
    },
  );

  test('any text is either written or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        try {
          expect(query(text, 'A').length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });
});

const dataOf: Readonly<Record<string, fc.Arbitrary<{ data: unknown; text: string }>>> = {
  A: ipv4.map((data) => ({ data, text: data })),
  AAAA: ipv6.map((data) => ({ data, text: new URL(`http://[${data}]`).hostname.slice(1, -1) })),
  NS: name.map((data) => ({ data, text: data })),
  CNAME: name.map((data) => ({ data, text: data })),
  MX: fc.record({ preference: fc.integer({ min: 0, max: 65_535 }), exchange: name }).map((data) => {
    return { data, text: `${data.preference} ${data.exchange}` };
  }),
  TXT: fc.array(fc.stringMatching(/^[ -!#-[\]-~]{0,255}$/), { minLength: 1, maxLength: 3 }).map((data) => {
    return { data, text: data.map((part) => `"${part}"`).join(' ') };
  }),
  SOA: fc
    .record({
      mname: name,
      rname: name,
      serial: fc.nat(),
      refresh: fc.nat(),
      retry: fc.nat(),
      expire: fc.nat(),
      minimum: fc.nat(),
    })
    .map((data) => ({ data, text: Object.values(data).join(' ') })),
  CAA: fc
    .record({ flags: fc.constantFrom(0, 128), tag: fc.constantFrom('issue', 'iodef'), value: name })
    .map((data) => {
      return { data, text: `${data.flags} ${data.tag} "${data.value}"` };
    }),
};

describe('replies', () => {
  test.each(RECORD_TYPES)('%s records of dns-packet are read', (ofType) => {
    const records = fc.array(
      fc.record({ ttl, of: dataOf[ofType] as fc.Arbitrary<{ data: unknown; text: string }> }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(name, records, (ofName, list) => {
        const answers = list.map(({ ttl: seconds, of }) => ({
          name: ofName,
          type: ofType,
          ttl: seconds,
          data: of.data,
        }));
        const message = reply(ofName, ofType, { answers });
        expect(read(message, ofName, ofType)).toEqual({
          rcode: 0,
          truncated: false,
          isLoop: false,
          isReferral: false,
          isSenseless: false,
          openAlias: null,
          records: list.map(({ ttl: seconds, of }) => ({ type: ofType, ttl: seconds, data: of.text })),
        });
      }),
      { numRuns: 60 },
    );
  });

  test('a chain of CNAMEs is followed, whatever the order, and what is not on it is left out', () => {
    const chain = [
      { name: 'www.shop.example', type: 'CNAME', ttl: 60, data: 'Edge.CDN.example' },
      { name: 'edge.cdn.example', type: 'CNAME', ttl: 30, data: 'host.example' },
      { name: 'HOST.example', type: 'A', ttl: 10, data: '192.0.2.1' },
      { name: 'other.example', type: 'A', ttl: 10, data: '192.0.2.66' },
    ];
    const expected = [
      { type: 'CNAME', ttl: 60, data: 'edge.cdn.example' },
      { type: 'CNAME', ttl: 30, data: 'host.example' },
      { type: 'A', ttl: 10, data: '192.0.2.1' },
    ];
    for (const answers of [chain, [...chain].reverse()]) {
      expect(read(reply('www.shop.example', 'A', { answers }), 'www.shop.example', 'A').records).toEqual(
        expected,
      );
    }
  });

  test('an address of another name is no answer', () => {
    const answers = [{ name: 'other.example', type: 'A', data: '192.0.2.66' }];
    expect(read(reply('shop.example', 'A', { answers }), 'shop.example', 'A').records).toEqual([]);
  });

  test('CNAMEs in a circle are noticed', () => {
    const answers = [
      { name: 'a.example', type: 'CNAME', data: 'b.example' },
      { name: 'b.example', type: 'CNAME', data: 'a.example' },
    ];
    const { isLoop, records } = read(reply('a.example', 'A', { answers }), 'a.example', 'A');
    expect(isLoop).toBe(true);
    expect(records.length).toBeLessThanOrEqual(17);
  });

  test('a chain of 16 is followed, a longer one is none', () => {
    const chainOf = (length: number): dnsPacket.Answer[] => [
      ...Array.from({ length }, (_, step) => ({
        name: `n${step}.example`,
        type: 'CNAME',
        data: `n${step + 1}.example`,
      })),
      { name: `n${length}.example`, type: 'A', data: '192.0.2.7' },
    ];
    const readChain = (length: number): Reply =>
      read(reply('n0.example', 'A', { answers: chainOf(length) }), 'n0.example', 'A');
    expect(readChain(16)).toMatchObject({ isLoop: false });
    expect(readChain(16).records.at(-1)?.data).toBe('192.0.2.7');
    expect(readChain(17)).toMatchObject({ isLoop: true });
  });

  test('a chain that does not start at the question is none of its', () => {
    const answers = [
      { name: 'other.example', type: 'CNAME', data: 'b.example' },
      { name: 'b.example', type: 'A', data: '192.0.2.7' },
    ];
    expect(read(reply('a.example', 'A', { answers }), 'a.example', 'A').records).toEqual([]);
  });

  test('the upper bits of the RCODE come from EDNS', () => {
    const opt = { name: '.', type: 'OPT', udpPayloadSize: 1232, extendedRcode: 1, flags: 0, options: [] };
    expect(read(reply('a.example', 'A', { additionals: [opt] }), 'a.example', 'A').rcode).toBe(16);
  });

  test('letter case of the question does not matter, everything else does', () => {
    const asked = query('shop.example', 'A');
    const matches = (message: Buffer): boolean => questionMatches(message, asked, 0, questionLength(asked));
    expect(matches(reply('SHOP.example', 'A', {}))).toBe(true);
    expect(matches(reply('shop.example', 'AAAA', {}))).toBe(false);
    expect(matches(reply('shoq.example', 'A', {}))).toBe(false);
    expect(matches(reply('shop.exampl', 'A', {}))).toBe(false);
    const otherClass = reply('shop.example', 'A', {});
    otherClass[otherClass.length - 1] = 3;
    expect(matches(otherClass)).toBe(false);
    expect(matches(dnsPacket.encode({ type: 'response', questions: [] }))).toBe(false);
    const two = [
      { name: 'shop.example', type: 'A' },
      { name: 'b.example', type: 'A' },
    ];
    expect(matches(dnsPacket.encode({ type: 'response', questions: two }))).toBe(false);
  });
});

/** A reply for a.example whose answer section is these octets. */
function withAnswer(octets: readonly number[], answers = 1): Buffer {
  const message = Buffer.concat([reply('a.example', 'A', {}), Buffer.from(octets)]);
  message.writeUInt16BE(answers, 6);
  return message;
}

const A_RECORD = [0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];
const POINTER = [0xc0, 12];

describe('hostile replies', () => {
  const readIt = (message: Buffer): Reply => read(message, 'a.example', 'A');
  const after = reply('a.example', 'A', {}).length;

  test('the plain form is read', () => {
    expect(readIt(withAnswer([...POINTER, ...A_RECORD])).records).toEqual([
      { type: 'A', ttl: 60, data: '192.0.2.1' },
    ]);
  });

  test.each<[string, Buffer]>([
    ['a pointer to itself', withAnswer([0xc0, after, ...A_RECORD])],
    ['a pointer forwards', withAnswer([0xc0, after + 2, ...A_RECORD])],
    ['a loop over a label', withAnswer([1, 97, 0xc0, after, ...A_RECORD])],
    ['a pointer into the header', withAnswer([0xc0, 2, ...A_RECORD])],
    ['a pointer cut off', withAnswer([0xc0])],
    ['a reserved label type', withAnswer([0x80, 1, ...A_RECORD])],
    ['more records counted than there are', withAnswer([...POINTER, ...A_RECORD], 2)],
    ['fewer records counted than there are', withAnswer([...POINTER, ...A_RECORD], 0)],
    ['data beyond the end', withAnswer([...POINTER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 9, 192, 0, 2, 1])],
    ['an A of five octets', withAnswer([...POINTER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 5, 192, 0, 2, 1, 9])],
    [
      'a CNAME that ends within its data',
      withAnswer([...POINTER, 0, 5, 0, 1, 0, 0, 0, 60, 0, 3, 1, 97, 0, 0].slice(0, -1).concat(9)),
    ],
    [
      'a query instead of a reply',
      dnsPacket.encode({ type: 'query', questions: [{ name: 'a.example', type: 'A' }] }),
    ],
    ['an octet too many', Buffer.concat([reply('a.example', 'A', {}), Buffer.from([0])])],
  ])('%s is refused', (_, message) => {
    expect(() => readIt(message)).toThrow(WireError);
  });

  test('a name over 255 octets, put together by pointers, is refused', () => {
    const chunk = [63, ...new Array<number>(63).fill(97)];
    const long = [...chunk, ...chunk, ...chunk, ...chunk, 0];
    expect(() => readIt(withAnswer([...long, ...A_RECORD]))).toThrow(WireError);
    // 4 × 64 octets through a pointer: each run is short, the whole is not.
    const first = [...chunk, ...chunk, 0, ...A_RECORD];
    const second = [...chunk, ...chunk, 0xc0, after, ...A_RECORD];
    const message = withAnswer(
      [...first, ...POINTER, 0, 5, 0, 1, 0, 0, 0, 1, 0, second.length - 14].concat(second.slice(0, -14)),
      2,
    );
    expect(() => readIt(message)).toThrow(WireError);
  });

  test('mutations and random octets are read or refused, nothing else, and quickly', () => {
    const base = reply('www.shop.example', 'A', {
      answers: [
        { name: 'www.shop.example', type: 'CNAME', data: 'host.example' },
        { name: 'host.example', type: 'A', data: '192.0.2.1' },
        { name: 'host.example', type: 'A', data: '192.0.2.2' },
      ],
      authorities: [
        {
          name: 'example',
          type: 'SOA',
          data: {
            mname: 'ns.example',
            rname: 'm.example',
            serial: 1,
            refresh: 2,
            retry: 3,
            expire: 4,
            minimum: 5,
          },
        },
      ],
      additionals: [{ name: '.', type: 'OPT', udpPayloadSize: 1232, flags: 0, options: [] }],
    });
    const asked = query('www.shop.example', 'A');
    const length = questionLength(asked);
    const tryIt = (message: Buffer): void => {
      try {
        questionMatches(message, asked, 0, length);
        parseReply(message, length);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    };
    const change = fc.tuple(fc.nat(base.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(base.length), (changes, cut) => {
        const message = Buffer.from(base);
        for (const [at, value] of changes) message[at] = value;
        tryIt(message);
        tryIt(message.subarray(0, cut));
      }),
      { numRuns: 5_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (octets) => {
        tryIt(Buffer.concat([base.subarray(0, HEADER_LENGTH + length), Buffer.from(octets)]));
        tryIt(Buffer.from(octets));
      }),
      { numRuns: 1_000 },
    );
  });
});
