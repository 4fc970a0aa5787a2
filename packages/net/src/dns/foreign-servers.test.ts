import type * as dnsPacket from 'dns-packet';
import { afterEach, describe, expect, test } from 'vitest';
import {
  answer,
  askMany,
  closeAll,
  failing,
  never,
  openPort,
  persona,
  type Query,
  startServer,
  truncated,
} from './testing/test-server.ts';

afterEach(closeAll);

const nameOf = ({ questions }: Query): string => questions[0]?.name ?? '';
const SOA = {
  mname: 'ns.example',
  rname: 'h.example',
  serial: 1,
  refresh: 1,
  retry: 1,
  expire: 1,
  minimum: 1,
};
const alias = (name: string, data: string): dnsPacket.Answer => ({ name, type: 'CNAME', ttl: 60, data });

/** A server that gives these aliases, at most so many at once, and the address of what no alias is for. */
const serverOf = (aliases: Record<string, string>, atOnce: number, address = '192.0.2.7') =>
  startServer((query, reply) => {
    const answers: dnsPacket.Answer[] = [];
    let name = nameOf(query);
    for (
      let target = aliases[name];
      target !== undefined && answers.length < atOnce;
      target = aliases[name]
    ) {
      answers.push(alias(name, target));
      name = target;
    }
    if (aliases[name] === undefined && name.endsWith('.example')) {
      answers.push({ name, type: 'A', ttl: 60, data: address });
    }
    reply(answers.length > 0 ? answer(query, '', { answers }) : failing(query, 5));
  });

const chainOf = (length: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`c${index}.example`, `c${index + 1}.example`]));

describe('aliases that end outside the reply', () => {
  test('where they lead is asked for, also when a server stops half-way', async () => {
    const server = await serverOf(chainOf(8), 5);
    const found = await openPort(server).resolver(persona()).query('c0.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
    expect(found.records.map(({ data }) => data)).toEqual([
      ...Array.from({ length: 8 }, (_, index) => `c${index + 1}.example`),
      '192.0.2.7',
    ]);
  });

  test('a server that does not know the target leaves the name undecided, the alias in the evidence', async () => {
    const server = await serverOf({ 'a.example': 'www.elsewhere.test' }, 1);
    const found = await openPort(server)
      .resolver(persona({ attempts: 2 }))
      .query('a.example', 'A', never);
    expect(found).toMatchObject({
      rcode: 'REFUSED',
      records: [{ type: 'CNAME', data: 'www.elsewhere.test' }],
    });
  });

  test('another resolver may know it', async () => {
    const server = await serverOf({ 'a.example': 'www.elsewhere.test' }, 1);
    const other = await startServer((query, reply) =>
      reply(nameOf(query).endsWith('.test') ? answer(query, '192.0.2.9') : failing(query, 5)),
    );
    const found = await openPort(server, other).resolver(persona()).query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', records: [{ type: 'CNAME' }, { data: '192.0.2.9' }] });
  });

  test('a circle of single steps, or one without an end, is noticed', async () => {
    const circle = await serverOf({ 'a.example': 'b.example', 'b.example': 'a.example' }, 1);
    const found = await openPort(circle).resolver(persona()).query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'CNAME_LOOP', attempts: 2 });
    const endless = await serverOf(chainOf(100), 1);
    const other = await openPort(endless).resolver(persona()).query('c0.example', 'A', never);
    expect(other).toMatchObject({ rcode: 'CNAME_LOOP' });
    expect(endless.seen).toBeLessThanOrEqual(17);
  });

  test('a target without the type is not asked for again where the reply says so (SOA)', async () => {
    const server = await startServer((query, reply) =>
      reply(
        answer(query, '', {
          answers: [alias(nameOf(query), 'mail.example')],
          authorities: [{ name: 'example', type: 'SOA', ttl: 60, data: SOA }],
        }),
      ),
    );
    const found = await openPort(server).resolver(persona()).query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 1, records: [{ data: 'mail.example' }] });
  });
});

describe('a server that only refers to others', () => {
  const referring = () =>
    startServer((query, reply) =>
      reply(
        answer(query, '', {
          answers: [],
          authorities: [{ name: 'shop.example', type: 'NS', ttl: 60, data: 'ns1.shop.example' }],
        }),
      ),
    );

  test('does not say that there is no address: it is asked once, and its word is its own', async () => {
    const server = await referring();
    const found = await openPort(server).resolver(persona()).query('www.shop.example', 'A', never);
    expect(found).toMatchObject({
      rcode: 'REFERRAL',
      attempts: 1,
      referral: [{ owner: 'shop.example', host: 'ns1.shop.example' }],
      problem: expect.stringContaining('shop.example'),
    });
  });

  test('another one is asked', async () => {
    const good = await startServer((query, reply) => reply(answer(query, '192.0.2.7')));
    const port = openPort(await referring(), good);
    const found = await port
      .resolver(persona({ strategy: 'failover' }))
      .query('www.shop.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
  });

  test('"no such type" with its SOA, or without any authority, is an answer', async () => {
    const server = await startServer((query, reply) => reply(answer(query, '', { answers: [] })));
    const found = await openPort(server).resolver(persona()).query('www.shop.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 1, records: [] });
  });
});

describe('failures without a question', () => {
  const header = ({ id }: Query, rcode: number): Buffer => {
    const message = Buffer.alloc(12);
    message.writeUInt16BE(id);
    message[2] = 0x80;
    message[3] = rcode;
    return message;
  };

  test('FORMERR of a server without EDNS: the next query goes without it', async () => {
    const server = await startServer((query, reply) =>
      reply(query.additionals.length > 0 ? header(query, 1) : answer(query, '192.0.2.7')),
    );
    const found = await openPort(server).resolver(persona()).query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
  });

  test('never decide: a bare NXDOMAIN is a forgery like any other', async () => {
    const server = await startServer((query, reply) => {
      reply(header(query, 3));
      reply(answer(query, '192.0.2.7'));
    });
    const port = openPort(server);
    const found = await port.resolver(persona()).query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 1 });
    expect(port.stats()[0]).toMatchObject({ forged: 1 });
  });
});

describe('servers without EDNS', () => {
  const BADVERS_IN_OPT = {
    type: 'OPT' as const,
    name: '.',
    udpPayloadSize: 1_232,
    extendedRcode: 1,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
  const refusals: Record<string, (query: Query) => Buffer> = {
    FORMERR: (query) => failing(query, 1),
    NOTIMP: (query) => failing(query, 4),
    BADVERS: (query) => answer(query, '', { answers: [], additionals: [BADVERS_IN_OPT] }),
  };
  const start = (refuse: (query: Query) => Buffer) =>
    startServer((query, reply) =>
      reply(query.additionals.length > 0 ? refuse(query) : answer(query, '192.0.2.7')),
    );

  test.each(Object.entries(refusals))('%s costs no attempt, and is learned', async (_, refuse) => {
    const server = await start(refuse);
    const port = openPort(server);
    const resolver = port.resolver(persona({ attempts: 1, timeoutMs: 1_000 }));
    for (let count = 0; count < 20; count += 1)
      expect(await resolver.query(`a${count}.example`, 'A', never)).toMatchObject({ rcode: 'NOERROR' });
    expect(server.seen).toBe(23);
    expect(port.stats()[0]?.resolvers[0]).toMatchObject({ ejections: 0 });
  });

  test('one beside a better one has its part of the work', async () => {
    const old = await start((query) => failing(query, 1));
    const port = openPort(old, await startServer((query, reply) => reply(answer(query, '192.0.2.7'))));
    expect(await askMany(port.resolver(persona({ timeoutMs: 3_000 })), 1_000)).toEqual({ NOERROR: 1_000 });
    expect(old.seen).toBeGreaterThan(300);
    expect(port.stats()[0]?.resolvers[0]?.ejection).not.toBe('unhelpful');
  });
});

describe('replies that contradict themselves', () => {
  const other = 'other.example';
  const senseless: Record<string, (query: Query) => Buffer> = {
    'records of another name': (query) =>
      answer(query, '', { answers: [{ name: other, type: 'A', ttl: 60, data: '192.0.2.7' }] }),
    'records of another class': (query) =>
      answer(query, '', {
        answers: [{ name: nameOf(query), type: 'A', class: 'CH', ttl: 60, data: '192.0.2.7' }],
      }),
    'no such name, and its address': (query) => answer(query, '192.0.2.7', { flags: 3 }),
  };

  test.each(Object.entries(senseless))('%s: no answer, others are asked', async (_, reply) => {
    const bad = await startServer((query, send) => send(reply(query)));
    const alone = await openPort(bad).resolver(persona()).query('a.example', 'A', never);
    expect(alone).toMatchObject({ rcode: 'SENSELESS', attempts: 3, records: [] });
    const good = await startServer((query, send) => send(answer(query, '192.0.2.9')));
    const both = openPort(bad, good).resolver(persona({ strategy: 'failover' }));
    expect(await both.query('a.example', 'A', never)).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
  });

  test('an error code is what it is, whatever is with it (YXDOMAIN with the DNAME that is too long)', async () => {
    const dname: dnsPacket.Answer = { name: 'example', type: 'DNAME', ttl: 60, data: 'long.example' };
    const server = await startServer((query, reply) =>
      reply(answer(query, '', { flags: 6, answers: [dname] })),
    );
    const found = await openPort(server)
      .resolver(persona({ attempts: 1 }))
      .query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'YXDOMAIN' });
  });

  test('another type of the same name says that this one is not there', async () => {
    const server = await startServer((query, reply) =>
      reply(answer(query, '', { answers: [{ name: nameOf(query), type: 'TXT', ttl: 60, data: 'x' }] })),
    );
    const found = await openPort(server).resolver(persona()).query('a.example', 'A', never);
    expect(found).toMatchObject({ rcode: 'NOERROR', attempts: 1, records: [] });
  });
});

test('truncated, and no TCP behind it: the reason is said', async () => {
  const server = await startServer(truncated);
  const found = await openPort(server).resolver(persona()).query('a.example', 'A', never);
  expect(found).toMatchObject({ rcode: 'TIMEOUT', problem: expect.stringMatching(/none came over TCP/) });
});

test('a referral to the root is one', async () => {
  const server = await startServer((query, reply) =>
    reply(
      answer(query, '', {
        answers: [],
        authorities: [{ name: '.', type: 'NS', ttl: 60, data: 'a.root-servers.net' }],
      }),
    ),
  );
  const found = await openPort(server).resolver(persona()).query('a.example', 'A', never);
  expect(found).toMatchObject({ rcode: 'REFERRAL', problem: expect.stringMatching(/of the root\.$/) });
});
