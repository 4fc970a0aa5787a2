import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createGuard } from '../guard/guard.ts';
import { type ClosableDnsPort, createDnsPort } from './dns-port.ts';
import {
  answer,
  askMany,
  closeAll,
  closeLater,
  framed,
  never,
  openPort,
  persona,
  queriesIn,
  startServer,
} from './testing/test-server.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: 'transports' });
});
afterAll(() => lab.close());
afterEach(closeAll);

/** Names of DoH servers are looked up in the lab, as the system's resolvers would. */
function openLabPort(): ClosableDnsPort {
  const system = [`${lab.dns.host}:${lab.dns.port}`];
  const port = createDnsPort({ guard: createGuard({ lab }), systemResolvers: system });
  closeLater(() => port.close());
  return port;
}

const silent = (): void => undefined;

describe.each([
  ['tcp', () => [`${lab.dns.host}:${lab.dns.port}`], {}],
  ['doh', () => ['https://doh-1.com/dns-query{?dns}'], { dohMethod: 'POST' }],
  ['doh', () => ['https://127.53.255.53/dns-query'], { dohMethod: 'GET' }],
] as const)('%s', (transport, resolvers, more) => {
  test(`${JSON.stringify(more)}: each verdict is that of the lab, with its transport`, async () => {
    const port = openLabPort();
    const resolver = port.resolver(
      persona({ transport, resolvers: [...resolvers()], timeoutMs: 1_000, ...more }),
    );
    const kinds = ['live', 'absent', 'nodata', 'truncated', 'cname'];
    const names = kinds.flatMap((kind) => Array.from({ length: 60 }, (_, index) => `${kind}-${index}.com`));
    const found = await Promise.all(names.map((name) => resolver.query(name, 'A', never)));
    for (const [index, { rcode, records, transport: by, resolver: from }] of found.entries()) {
      const { a, verdict } = lab.truth(names[index] ?? '').dns;
      expect(rcode).toBe(verdict === 'NXDOMAIN' ? 'NXDOMAIN' : 'NOERROR');
      expect(records.filter(({ type }) => type === 'A').map(({ data }) => data)).toEqual(a);
      expect([by, from]).toEqual([transport, resolvers()[0]?.replace('{?dns}', '')]);
    }
  });
});

describe('TCP', () => {
  test('many queries share a connection, and replies may come in any order and in pieces', async () => {
    const connections = new Set<unknown>();
    const server = await startServer(silent, (socket, data) => {
      connections.add(socket);
      const replies = queriesIn(data).map((query) => framed(answer(query, '192.0.2.7')));
      const all = Buffer.concat(replies.reverse());
      for (let at = 0; at < all.length; at += 7) socket.write(all.subarray(at, at + 7));
    });
    const resolver = openPort(server).resolver(persona({ transport: 'tcp', timeoutMs: 2_000 }));
    expect(await askMany(resolver, 400)).toEqual({ NOERROR: 400 });
    expect(connections.size).toBeLessThanOrEqual(2);
    expect(server.seen).toBe(0);
  });

  test('a server that closes after a few replies costs no attempt', async () => {
    let connections = 0;
    const served = new Map<unknown, number>();
    const server = await startServer(silent, (socket, data) => {
      if (!served.has(socket)) connections += 1;
      for (const query of queriesIn(data)) {
        const count = (served.get(socket) ?? 0) + 1;
        served.set(socket, count);
        if (count <= 10) socket.write(framed(answer(query, '192.0.2.7')));
        if (count === 10) socket.end();
      }
    });
    const resolver = openPort(server).resolver(persona({ transport: 'tcp', timeoutMs: 2_000, attempts: 2 }));
    expect(await askMany(resolver, 300)).toEqual({ NOERROR: 300 });
    expect(connections).toBeGreaterThan(20);
  });

  test('a server that loses count of its octets is given up, and asked again over another connection', async () => {
    let hasSlipped = false;
    const server = await startServer(silent, (socket, data) => {
      const replies = queriesIn(data).map((query) => framed(answer(query, '192.0.2.7')));
      // One octet is missing: from here on nothing is where it seems to be.
      if (replies.length > 20 && !hasSlipped) {
        hasSlipped = true;
        replies[20] = (replies[20] as Buffer).subarray(1);
      }
      socket.write(Buffer.concat(replies));
    });
    const resolver = openPort(server).resolver(persona({ transport: 'tcp', timeoutMs: 2_000 }));
    expect(await askMany(resolver, 400)).toEqual({ NOERROR: 400 });
    expect(hasSlipped).toBe(true);
  });

  test('a closed port is said in words', async () => {
    const resolver = openPort({ address: '127.0.0.1:9' }).resolver(persona({ transport: 'tcp' }));
    await expect(resolver.query('a.example', 'A', never)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/127\.0\.0\.1:9: connect ECONNREFUSED/),
    });
  });

  test('one of two that refuses connections leaves the work to the other', async () => {
    const good = await startServer(silent, (socket, data) => {
      for (const query of queriesIn(data)) socket.write(framed(answer(query, '192.0.2.7')));
    });
    const port = openPort({ address: '127.0.0.1:9' }, good);
    expect(await askMany(port.resolver(persona({ transport: 'tcp' })), 200)).toEqual({ NOERROR: 200 });
    expect(port.stats()[0]?.resolvers[0]).toMatchObject({
      isDown: true,
      ejection: 'unreachable',
      problem: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});

describe('DoH', () => {
  test.each([
    ['expired-1.com', /certificate of expired-1\.com is not valid: it has expired/],
    ['selfsigned-1.com', /it is self-signed/],
    ['wronghost-1.com', /it is for another host/],
    ['absent-1.com', /absent-1\.com has no address/],
    ['servfail-1.com', /do not find servfail-1\.com: SERVFAIL/],
  ])('%s: the reason is said in words', async (host, reason) => {
    const resolver = openLabPort().resolver(
      persona({ transport: 'doh', resolvers: [`https://${host}/dns-query`] }),
    );
    await expect(resolver.query('live-1.com', 'A', never)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(reason),
    });
  });

  test('the lab is not trusted where the guard knows none, and its address is not reached', () => {
    const port = createDnsPort({ guard: createGuard(), systemResolvers: [] });
    closeLater(() => port.close());
    const resolvers = ['https://9.9.9.9/dns-query', 'https://127.53.255.53/dns-query'];
    expect(() => port.resolver(persona({ transport: 'doh', resolvers }))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', field: 'resolvers.1.address' }),
    );
  });

  test('a name that leads to a private address is refused when it is connected to', async () => {
    const server = await startServer((query, reply) => reply(answer(query, '127.0.0.1')));
    const port = openPort(server);
    const resolver = port.resolver(
      persona({ transport: 'doh', resolvers: ['https://rebound.example/dns-query'] }),
    );
    await expect(resolver.query('a.example', 'A', never)).rejects.toThrow(
      /rebound\.example leads to an address that may not be used: 127\.0\.0\.1 is not a public address/,
    );
  });

  test('a page that is no DoH server gives no verdict, and says why', async () => {
    const resolver = openLabPort().resolver(
      persona({ transport: 'doh', resolvers: ['https://live-1.com/elsewhere'], attempts: 1 }),
    );
    expect(await resolver.query('live-1.com', 'A', never)).toMatchObject({
      rcode: 'TIMEOUT',
      resolver: null,
      problem: 'live-1.com answered with HTTP 404',
    });
  });
});
