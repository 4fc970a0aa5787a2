import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type DnsPersona, dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { LAB_DOH_ADDRESS } from '@domainflow/lab/doh-server.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import * as dnsPacket from 'dns-packet';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createEngines } from '../engines.ts';
import { createProbes } from './create-probes.ts';

type Engines = ReturnType<typeof createEngines>;
type Query = Required<dnsPacket.Packet>;
type Answer = (query: Query, message: Buffer) => Buffer | null;

const never = new AbortController().signal;
let lab: Lab;
let strict: Engines;
let open: Engines;
beforeAll(async () => {
  lab = await startLab({ seed: 'probes' });
  const { dns, http, https, caPem } = lab;
  strict = createEngines({ labJson: JSON.stringify({ dns, http, https, caPem }), allowedTargets: [] });
  open = createEngines({ labJson: undefined, allowedTargets: ['127.0.0.0/8', '::1'] });
});
afterAll(async () => {
  await Promise.all([strict.close(), open.close()]);
  await lab.close();
});

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A resolver on loopback that answers as told, over UDP and, unless told otherwise, over TCP on the same port. */
async function startResolver(
  answer: Answer,
  { tcp = true } = {},
): Promise<{ address: string; seen: number }> {
  for (;;) {
    const listener = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        const reply = tcp ? answer(dnsPacket.decode(data.subarray(2)) as Query, data.subarray(2)) : null;
        if (reply === null) socket.destroy();
        else socket.end(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 0xff]), reply]));
      });
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const server = { address: `127.0.0.1:${port}`, seen: 0 };
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => {
      server.seen += 1;
      const reply = answer(dnsPacket.decode(message) as Query, message);
      if (reply !== null) socket.send(reply, from.port, from.address);
    });
    try {
      socket.bind(port, '127.0.0.1');
      await once(socket, 'listening');
      cleanups.push(
        () => socket.close(),
        () => listener.close(),
      );
      return server;
    } catch {
      listener.close();
    }
  }
}

const nameOf = ({ questions }: Query): string => questions[0]?.name.toLowerCase() ?? '';
const reply = (query: Query, rcode: number, address: string | null, more: dnsPacket.Packet = {}): Buffer => {
  const [question] = query.questions;
  const answers = address === null ? [] : [{ name: question?.name ?? '', type: 'A', ttl: 60, data: address }];
  const additionals =
    query.additionals.length === 0 ? [] : [{ name: '.', type: 'OPT', udpPayloadSize: 1_232 }];
  const { id, questions } = query;
  return dnsPacket.encode({
    id,
    type: 'response',
    flags: rcode,
    questions,
    answers,
    additionals,
    ...more,
  } as never);
};
/** As a resolver should: what is under example.com exists, nothing else does. */
const honest: Answer = (query) =>
  nameOf(query).endsWith('example.com') ? reply(query, 0, '192.0.2.80') : reply(query, 3, null);

const persona = (...resolvers: string[]): DnsPersona => dnsPersonaSchema.parse({ resolvers, timeoutMs: 300 });

async function inspect(answer: Answer, config: Partial<DnsPersona> = {}, options = {}) {
  const server = await startResolver(answer, options);
  const probes = createProbes({ ...open, knownNames: ['www.example.com', 'example.com'] });
  const tested = dnsPersonaSchema.parse({ resolvers: [server.address], timeoutMs: 300, ...config });
  const [result] = await probes.testResolvers(tested, [], never);
  const by = Object.fromEntries((result?.checks ?? []).map(({ check, result: outcome }) => [check, outcome]));
  return { ...result, by };
}

describe('a resolver', () => {
  test('that works passes every check', async () => {
    const result = await inspect(honest);
    expect(result.by).toEqual({
      reachable: 'passed',
      accuracy: 'passed',
      edns: 'passed',
      tcp: 'passed',
      letter_case: 'passed',
    });
    expect(result).toMatchObject({
      ok: true,
      summary: expect.stringMatching(/^It works and answers in [\d.]+ ms\.$/),
    });
  });

  test('that knows only zones of its own is judged by their names', async () => {
    const result = await inspect((query) => {
      const name = nameOf(query);
      if (name === 'www.example.com' || name === 'example.com') return reply(query, 0, '192.0.2.80');
      return reply(query, name.endsWith('.example.com') ? 3 : 5, null);
    });
    expect(result).toMatchObject({ ok: true, by: { accuracy: 'passed' } });
  });

  test('is asked over TCP alone where the persona says so', async () => {
    const result = await inspect(honest, { transport: 'tcp' });
    expect(result).toMatchObject({ ok: true, by: { reachable: 'passed', accuracy: 'passed' } });
    expect(result.by).not.toHaveProperty('tcp');
  });

  test.each([
    ['invents answers', (query: Query) => reply(query, 0, '192.0.2.1'), /invents answers.*192\.0\.2\.1/],
    [
      'finds nothing wrong with any name',
      (query: Query, message: Buffer) =>
        honest(query, message) && reply(query, 0, nameOf(query).endsWith('example.com') ? '192.0.2.1' : null),
      /does not deny names/,
    ],
    [
      'denies names that exist',
      (query: Query) => reply(query, 3, null),
      /should have an IPv4 address, and it says NXDOMAIN/,
    ],
    [
      'refuses',
      (query: Query) => reply(query, 5, null),
      /refuses to answer for www\.example\.com, example\.com \(REFUSED\)/,
    ],
    ['fails', (query: Query) => reply(query, 2, null), /SERVFAIL/],
  ])('that %s cannot be relied on', async (_what, answer, summary) => {
    const result = await inspect(answer as Answer);
    expect(result).toMatchObject({
      ok: false,
      summary: expect.stringMatching(summary),
      by: { reachable: 'passed', accuracy: 'failed' },
    });
  });

  test('that is silent, or sends rubbish or what was not asked for, does not answer', async () => {
    const answers: Answer[] = [
      () => null,
      (_query, message) =>
        Buffer.concat([
          message.subarray(0, 2),
          Buffer.from([0x81, 0x80]),
          message.subarray(4),
          Buffer.from([1]),
        ]),
      (query) => reply(query, 0, '192.0.2.1', { questions: [{ name: 'other.example', type: 'A' }] }),
      (query) => reply({ ...query, id: (query.id + 1) & 0xffff }, 0, '192.0.2.1'),
    ];
    for (const answer of answers) {
      const result = await inspect(answer, {}, { tcp: false });
      expect(result).toMatchObject({
        ok: false,
        latencyMs: null,
        summary: expect.stringMatching(/^It does not answer: (no reply within 300 ms|a malformed reply)/),
        by: { reachable: 'failed', accuracy: 'skipped', tcp: 'failed' },
      });
    }
  });

  test('without EDNS, without TCP, or with letters in its own case still works, and the sentence says so', async () => {
    const withoutEdns: Answer = (query, message) =>
      query.additionals.length > 0 ? reply(query, 1, null, { additionals: [] }) : honest(query, message);
    expect(await inspect(withoutEdns)).toMatchObject({ ok: true, by: { edns: 'failed' } });
    const ignoresEdns: Answer = (query, message) => honest({ ...query, additionals: [] }, message);
    expect(await inspect(ignoresEdns)).toMatchObject({
      ok: true,
      by: { edns: 'failed' },
      summary: expect.stringContaining('but it does not know EDNS'),
    });
    expect(await inspect(honest, {}, { tcp: false })).toMatchObject({
      ok: true,
      by: { tcp: 'failed' },
      summary: expect.stringContaining('but it does not answer over TCP'),
    });
    const lowers: Answer = (query, message) =>
      honest(
        { ...query, questions: query.questions.map((one) => ({ ...one, name: one.name.toLowerCase() })) },
        message,
      );
    expect(await inspect(lowers)).toMatchObject({ ok: true, by: { letter_case: 'failed' } });
    expect(await inspect(lowers, { randomizeCase: true })).toMatchObject({
      ok: false,
      by: { letter_case: 'failed' },
    });
  });
});

describe('a resolver over HTTPS', () => {
  const testOf = async (url: string, engines: Engines) => {
    const tested = dnsPersonaSchema.parse({ transport: 'doh', resolvers: [url], timeoutMs: 2_000 });
    const [result] = await createProbes({ ...engines, knownNames: ['live-1.com'] }).testResolvers(
      tested,
      [],
      never,
    );
    return result;
  };

  test('is asked with its certificate checked', async () => {
    expect(await testOf(`https://${LAB_DOH_ADDRESS}/dns-query`, strict)).toMatchObject({
      ok: true,
      checks: [
        { check: 'reachable', result: 'passed' },
        { check: 'accuracy', result: 'passed' },
        { check: 'certificate', result: 'passed' },
      ],
    });
  });

  test('with a certificate that nobody has signed cannot be relied on, and the sentence says why', async () => {
    const { host, port } = lab.https;
    expect(await testOf(`https://${host}:${port}/dns-query`, open)).toMatchObject({
      ok: false,
      summary: expect.stringContaining('certificate'),
      checks: [
        { check: 'reachable', result: 'failed' },
        { check: 'accuracy', result: 'skipped' },
        { check: 'certificate', result: 'failed' },
      ],
    });
  });

  test('is not connected to where it may not be', async () => {
    const { port } = lab.https;
    expect(await testOf(`https://127.0.0.1:${port}/dns-query`, strict)).toMatchObject({
      ok: false,
      summary: expect.stringContaining('may not be used'),
    });
  });
});

describe('probes', () => {
  const resolver = (): string => `${lab.dns.host}:${lab.dns.port}`;

  test('the lab is known by its address, and its own names are asked for', async () => {
    const probes = createProbes(strict);
    expect(probes.knownNames(persona(resolver()))).toContain('live-1.com');
    const [result] = await probes.testResolvers(persona(resolver()), [], never);
    expect(result).toMatchObject({ ok: true, resolver: resolver() });
  });

  test.each([
    '127.0.0.1:PORT',
    '[::1]:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '[64:ff9b::127.0.0.1]:PORT',
    '[2002:7f00:1::]:PORT',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '224.0.0.1',
    '0.0.0.0:PORT',
    'fe80::1',
    'fd00::1',
  ])('a resolver at %s is refused in words and sent nothing', async (form) => {
    const canary = await startResolver(honest);
    const address = form.replace('PORT', canary.address.split(':')[1] ?? '');
    const probes = createProbes(strict);
    expect(probes.resolverRefusal(address)).toMatch(/not a public address/);
    const [result] = await probes.testResolvers(persona(address), [], never);
    expect(result).toMatchObject({ ok: false, summary: expect.stringContaining('may not be asked') });
    await expect(probes.resolveSample(persona(address), ['example.com'], never)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(canary.seen).toBe(0);
  });

  test('a public resolver and one of a name are not refused beforehand; a DoH URL with a private address is', () => {
    const { resolverRefusal } = createProbes(strict);
    for (const address of ['9.9.9.9', '[2620:fe::fe]:53', 'https://dns.example/dns-query']) {
      expect(resolverRefusal(address)).toBeNull();
    }
    for (const host of ['127.0.0.1', '[::1]', '2130706433', '0x7f.1', '017700000001', '[::ffff:7f00:1]']) {
      expect(resolverRefusal(`https://${host}/dns-query`)).toMatch(/not a public address/);
    }
  });

  test('a sample has the verdicts of a campaign, in the order of the names', async () => {
    const names = ['absent-1.com', 'live-1.com', 'nodata-1.com', 'servfail-1.com', 'live-2.com'];
    const sample = await createProbes(strict).resolveSample(persona(resolver()), names, never);
    expect(sample).toEqual(names.map((name) => ({ name, verdict: lab.truth(name).dns.verdict })));
  });

  test('whoever leaves ends the probe at once, and one who waits too', async () => {
    const silent = await startResolver(() => null);
    const probes = createProbes(open);
    const slow = dnsPersonaSchema.parse({ resolvers: [silent.address], timeoutMs: 30_000 });
    const controller = new AbortController();
    const started = performance.now();
    const calls = [
      ...Array.from({ length: 6 }, () => probes.testResolvers(slow, ['example.com'], controller.signal)),
      probes.resolveSample(slow, ['example.com'], controller.signal),
    ];
    setTimeout(() => controller.abort(new Error('left')), 100);
    const ends = await Promise.allSettled(calls);
    expect(ends.map((end) => end.status)).toEqual(calls.map(() => 'rejected'));
    expect(performance.now() - started).toBeLessThan(1_000);
    // The places are free again.
    const server = await startResolver(honest);
    const [result] = await probes.testResolvers(persona(server.address), ['example.com'], never);
    expect(result?.ok).toBe(true);
  });

  test('few run at once: the others are told to come again', async () => {
    const silent = await startResolver(() => null);
    const probes = createProbes(open);
    const slow = dnsPersonaSchema.parse({ resolvers: [silent.address], timeoutMs: 30_000 });
    const controller = new AbortController();
    const calls = Array.from({ length: 25 }, () =>
      probes.testResolvers(slow, ['example.com'], controller.signal),
    );
    const codes = Promise.all(
      calls.map((call) => call.catch((error: { code?: string }) => error.code ?? 'left')),
    );
    setTimeout(() => controller.abort(), 100);
    expect((await codes).filter((code) => code === 'UNAVAILABLE')).toHaveLength(5);
  });
});
