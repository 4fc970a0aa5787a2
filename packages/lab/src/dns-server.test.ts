import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import * as dnsPacket from 'dns-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './start-lab.ts';
import { labTruth } from './truth.ts';

const seed = 'dns-server';
let lab: Lab;
let nextId = 1;

beforeAll(async () => {
  lab = await startLab({ seed, countNames: true });
});
afterAll(() => lab.close());

/** Sends bytes over UDP and gives the reply, or null when none comes within the time. */
function exchange(bytes: Uint8Array, waitMs = 4000): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (reply: Buffer | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(reply);
    };
    const timer = setTimeout(() => finish(null), waitMs);
    // A port that was somebody's a moment ago may still get what was meant for them.
    socket.on('message', (reply) => {
      if (reply[0] === bytes[0] && reply[1] === bytes[1]) finish(reply);
    });
    socket.send(bytes, lab.dns.port, lab.dns.host);
  });
}

function queryOf(name: string, type: dnsPacket.RecordType, edns = false): dnsPacket.Packet {
  return {
    type: 'query',
    id: nextId++,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ type, name }],
    ...(edns
      ? { additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 1232, flags: 0, options: [] }] as never }
      : {}),
  };
}

async function askUdp(
  name: string,
  type: dnsPacket.RecordType,
  edns = false,
  waitMs = 4000,
): Promise<dnsPacket.DecodedPacket | null> {
  const reply = await exchange(dnsPacket.encode(queryOf(name, type, edns)), waitMs);
  return reply === null ? null : dnsPacket.decode(reply);
}

/** Asks several questions over one TCP connection, written byte by byte where wanted. */
function askTcp(queries: dnsPacket.Packet[], split: boolean): Promise<dnsPacket.DecodedPacket[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(lab.dns.port, lab.dns.host);
    socket.setNoDelay(true);
    const replies: dnsPacket.DecodedPacket[] = [];
    let held: Buffer = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const size = held.readUInt16BE(0);
        replies.push(dnsPacket.decode(held.subarray(2, 2 + size)));
        held = held.subarray(2 + size);
      }
      if (replies.length === queries.length) {
        socket.destroy();
        resolve(replies);
      }
    });
    const bytes = Buffer.concat(queries.map((query) => dnsPacket.streamEncode(query)));
    if (split) for (const byte of bytes) socket.write(Uint8Array.of(byte));
    else socket.write(bytes);
  });
}

function rcodeOf(packet: dnsPacket.DecodedPacket | null): string | null {
  // The reference puts the name of the code there, but its types do not know of it.
  return packet === null ? null : (packet as unknown as { rcode: string }).rcode;
}

function dataOf(packet: dnsPacket.DecodedPacket, type: string): unknown[] {
  return (packet.answers ?? [])
    .filter((answer) => answer.type === type)
    .map((a) => (a as { data: unknown }).data);
}

describe('the DNS server', () => {
  it('answers what the truth says, for names of every kind', async () => {
    const special = [
      'live',
      'absent',
      'nodata',
      'servfail',
      'refused',
      'slow',
      'cname',
      'wildcard',
      'wildcname',
      'wildlb',
      'lame',
      'parked',
    ];
    const names = [
      ...special.flatMap((prefix) => [`${prefix}-1.com`, `${prefix}-2.co.uk`, `www.${prefix}-3.de`]),
      ...Array.from({ length: 400 }, (_, index) => `any${index}.net`),
      'x.ws',
      'co.uk',
      'q1w2e3r4t5y6u7i8.com',
      'below.wildcard-1.com',
      'below.wildcname-1.com',
      'other.wildlb-1.com',
      'live-1.wildlb-1.com',
      'ns1.live-1.com',
      'com',
    ].filter((name) => !['timeout', 'truncated'].includes(labTruth(seed, name).dns.kind));
    for (const name of names) {
      const { dns } = labTruth(seed, name);
      const packet = await askUdp(name, 'A');
      const rcode = ['OK', 'WILDCARD', 'NOANSWER'].includes(dns.verdict) ? 'NOERROR' : dns.verdict;
      expect([name, rcodeOf(packet)]).toEqual([name, rcode]);
      if (packet === null) continue;
      expect(dataOf(packet, 'A')).toEqual(dns.a);
      expect(dataOf(packet, 'CNAME')).toEqual(dns.cname);
      expect(packet.flag_tc).toBe(false);
      const negative = dns.verdict === 'NXDOMAIN' || dns.verdict === 'NOANSWER';
      expect((packet.authorities ?? []).map((record) => record.type)).toEqual(negative ? ['SOA'] : []);
    }
  });

  it('answers the other types', async () => {
    for (const name of [
      'live-1.com',
      'live-2.com',
      'live-3.com',
      'nodata-1.com',
      'parked-1.com',
      'cname-1.com',
      'www.live-1.com',
    ]) {
      const { dns } = labTruth(seed, name);
      const ask = async (type: dnsPacket.RecordType) =>
        dataOf((await askUdp(name, type)) as dnsPacket.DecodedPacket, type);
      expect(await ask('NS')).toEqual(dns.ns);
      expect(await ask('AAAA')).toEqual(
        dns.aaaa.map((address) => expect.stringMatching(ipv6Pattern(address))),
      );
      expect(await ask('MX')).toEqual(dns.mx);
      expect(await ask('TXT')).toEqual(dns.txt.map((text) => [Buffer.from(text)]));
      expect(await ask('CNAME')).toEqual(dns.cname.slice(0, 1));
      expect((await ask('SOA')).length).toBe(dns.ns.length > 0 ? 1 : 0);
      expect((await ask('CAA')).length).toBe(dns.mx.length > 0 ? 1 : 0);
    }
    const negative = await askUdp('absent-1.co.uk', 'A');
    expect(negative?.authorities?.[0]).toMatchObject({ type: 'SOA', name: 'co.uk' });
    const empty = await askUdp('www.nodata-1.de', 'A');
    expect(empty?.authorities?.[0]).toMatchObject({ type: 'SOA', name: 'nodata-1.de' });
  });

  it('leads from every CNAME to a name that has the same addresses', async () => {
    for (let i = 0; i < 30; i++) {
      const { dns } = labTruth(seed, `cname-${i}.com`);
      for (const target of dns.cname) expect(labTruth(seed, target).dns.a).toEqual(dns.a);
    }
  });

  it('truncates over UDP and is complete over TCP, also byte by byte and pipelined', async () => {
    const name = 'truncated-1.com';
    const udp = await askUdp(name, 'A');
    expect([udp?.flag_tc, udp?.answers]).toEqual([true, []]);
    const queries = [queryOf(name, 'A'), queryOf('live-0.com', 'A'), queryOf('absent-0.com', 'A')];
    for (const split of [false, true]) {
      const [first, second, third] = await askTcp(queries, split);
      expect(dataOf(first as dnsPacket.DecodedPacket, 'A')).toEqual(labTruth(seed, name).dns.a);
      expect(dataOf(second as dnsPacket.DecodedPacket, 'A')).toEqual(labTruth(seed, 'live-0.com').dns.a);
      expect(rcodeOf(third ?? null)).toBe('NXDOMAIN');
    }
  });

  it('keeps silent for timeout names and waits for slow ones', async () => {
    expect(await askUdp('timeout-1.com', 'A', false, 600)).toBeNull();
    const started = performance.now();
    expect(rcodeOf(await askUdp('slow-1.com', 'A'))).toBe('NOERROR');
    // Timers may fire a millisecond early.
    expect(performance.now() - started).toBeGreaterThanOrEqual(labTruth(seed, 'slow-1.com').dns.delayMs - 2);
  });

  it('echoes id and question with the letters as they came, and EDNS only where it was asked with', async () => {
    const query = dnsPacket.encode(queryOf('LiVe-0.CoM', 'A', true));
    const reply = (await exchange(query)) as Buffer;
    expect(reply.readUInt16BE(0)).toBe(Buffer.from(query).readUInt16BE(0));
    expect(reply.subarray(12, 28).equals(Buffer.from(query).subarray(12, 28))).toBe(true);
    const packet = dnsPacket.decode(reply);
    expect(dataOf(packet, 'A')).toEqual(labTruth(seed, 'live-0.com').dns.a);
    expect(packet.additionals?.map((record) => record.type)).toEqual(['OPT']);
    expect((await askUdp('live-0.com', 'A'))?.additionals).toEqual([]);
  });

  it('refuses what is not a query', async () => {
    const query = Buffer.from(dnsPacket.encode(queryOf('live-0.com', 'A')));
    const flagsOf = async (bytes: Buffer) => ((await exchange(bytes, 300)) ?? [0, 0, 0, -1])[3];
    const notify = Buffer.from(query);
    notify[2] = 0x20;
    expect(await flagsOf(notify)).toBe(0x84);
    expect(await flagsOf(query.subarray(0, 20))).toBe(0x81);
    const twoQuestions = Buffer.from(query);
    twoQuestions[5] = 2;
    expect(await flagsOf(twoQuestions)).toBe(0x81);
    const pointer = Buffer.from(query);
    pointer[12] = 0xc0;
    expect(await flagsOf(pointer)).toBe(0x81);
    const response = Buffer.from(query);
    response[2] = 0x80;
    expect(await flagsOf(response)).toBe(-1);
    expect(await flagsOf(Buffer.from([1, 2, 3]))).toBe(-1);
  });

  it('survives any bytes', async () => {
    let state = 7;
    for (let i = 0; i < 2000; i++) {
      const bytes = Buffer.from(dnsPacket.encode(queryOf(`fuzz${i}.com`, 'A', i % 2 === 0)));
      for (let j = 0; j < 4; j++) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        bytes[state % bytes.length] = state >>> 16;
      }
      const socket = createSocket('udp4');
      await new Promise<void>((resolve) => {
        socket.send(bytes, lab.dns.port, lab.dns.host, () => socket.close(() => resolve()));
      });
    }
    expect(rcodeOf(await askUdp('live-0.com', 'A'))).toBe('NOERROR');
  });

  it('counts each query, by kind and by name', async () => {
    lab.resetCounts();
    await askUdp('live-5.com', 'A');
    await askUdp('live-5.com', 'AAAA');
    await askUdp('absent-5.com', 'A');
    const { dns, byName } = lab.queries();
    expect(dns).toEqual({ total: 3, byKind: { plain: 2, absent: 1 } });
    expect(byName).toEqual({ 'live-5.com': 2, 'absent-5.com': 1 });
  });
});

/** dns-packet shortens zeros in its own way: groups are compared one by one. */
function ipv6Pattern(address: string): RegExp {
  const groups = address.replace('fd53::', '').split(':');
  return new RegExp(`^fd53:.*${groups.join(':')}$`);
}
