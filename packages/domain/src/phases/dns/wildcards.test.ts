import { describe, expect, test } from 'vitest';
import { A, plain, type Reply, validate, type Zone } from './testing/scripted-dns.ts';

describe('wildcards', () => {
  const under = (
    suffix: string,
    wildcard: (name: string) => Reply,
    known: Record<string, Reply> = {},
  ): Zone => {
    const real = plain(known);
    return (name, type, resolver) => {
      if (name in known || !name.endsWith(`.${suffix}`)) return real(name, type, resolver);
      const reply = wildcard(name);
      return typeof reply === 'string' ? reply : reply.filter(([each]) => each === type || each === 'CNAME');
    };
  };

  test('an ordinary zone is probed once, with one question', async () => {
    const known = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`live${index}.com`, A('192.0.2.9')]),
    );
    const run = await validate(Object.keys(known), { zone: plain(known) });
    expect(new Set(Object.values(run.verdicts))).toEqual(new Set(['OK']));
    expect(new Set(Object.values(run.available))).toEqual(new Set([false]));
    expect(run.asked.filter(({ name }) => !(name in known))).toHaveLength(1);
    expect(run.evidence['live0.com']?.['wildcard']).toEqual({ zone: 'com', isWildcard: false });
    expect(run.metrics['wildcard.probes']).toBe(1);
  });

  test('a name with the answer of random names is no find, another answer is', async () => {
    const zone = under('ws', () => A('192.0.2.1', '192.0.2.2'), {
      'real.ws': A('198.51.100.7'),
      'half.ws': A('192.0.2.1', '198.51.100.7'),
      'subset.ws': A('192.0.2.2'),
    });
    const names = ['any.ws', 'real.ws', 'half.ws', 'subset.ws'];
    const run = await validate(names, { zone });
    expect(run.verdicts).toEqual({
      'any.ws': 'WILDCARD',
      'real.ws': 'OK',
      'half.ws': 'OK',
      'subset.ws': 'WILDCARD',
    });
    const evidence = run.evidence['any.ws']?.['wildcard'] as {
      probes: { name: string; answers: string[] }[];
    };
    expect(evidence.probes).toHaveLength(3);
    expect(evidence.probes[0]?.name).toMatch(/^[a-z][a-z0-9]{15}\.ws$/);
    expect(evidence.probes[0]?.answers).toEqual(['A 192.0.2.1', 'A 192.0.2.2']);
    expect(run.metrics['wildcard.names']).toBe(2);
  });

  test('aliases are compared by their target', async () => {
    const zone = under(
      'park.com',
      () => [
        ['CNAME', 'lb.host.net'],
        ['A', '192.0.2.1'],
      ],
      {
        'shop.park.com': [
          ['CNAME', 'shop.host.net'],
          ['A', '192.0.2.1'],
        ],
        'same.park.com': [
          ['CNAME', 'LB.host.net'],
          ['A', '192.0.2.200'],
        ],
      },
    );
    const run = await validate(['x.park.com', 'shop.park.com', 'same.park.com'], { zone });
    expect(run.verdicts).toEqual({
      'x.park.com': 'WILDCARD',
      'shop.park.com': 'OK',
      'same.park.com': 'WILDCARD',
    });
  });

  test('an alias of its own for each random name is compared by addresses', async () => {
    const zone = under('each.com', (name) => [
      ['CNAME', `${name}.cdn.net`],
      ['A', '192.0.2.1'],
    ]);
    const run = await validate(['x.each.com'], { zone });
    expect(run.verdicts).toEqual({ 'x.each.com': 'WILDCARD' });
  });

  test('balanced answers are seen through by more probes', async () => {
    let turn = 0;
    const zone = under('lb.com', () => A(`192.0.2.${turn++ % 5}`, `192.0.2.${turn % 5}`), {
      'real.lb.com': A('198.51.100.7'),
    });
    const names = Array.from({ length: 10 }, (_, index) => `n${index}.lb.com`);
    const run = await validate([...names, 'real.lb.com'], { zone });
    for (const name of names) expect(run.verdicts[name]).toBe('WILDCARD');
    expect(run.verdicts['real.lb.com']).toBe('OK');
    expect(run.evidence['n0.lb.com']?.['wildcard']).toMatchObject({ isWildcard: true, isRotating: true });
    expect(run.metrics['wildcard.probes']).toBeLessThan(100);
  });

  test('silence of the zone is no proof', async () => {
    const zone: Zone = (name, type) =>
      name !== 'a.quiet.com' ? 'TIMEOUT' : type === 'A' ? A('192.0.2.3') : [];
    const run = await validate(['a.quiet.com'], { zone });
    expect(run.verdicts).toEqual({ 'a.quiet.com': 'OK' });
    expect(run.evidence['a.quiet.com']?.['wildcard']).toMatchObject({ isWildcard: null });
  });

  test.each([
    ['an alias to nowhere', [['RCODE', 'NXDOMAIN'] as const, ['CNAME', 'gone.example'] as const]],
    ['no record of the types asked for, as do denials without NXDOMAIN (RFC 9824)', []],
  ])('a zone that answers all names with %s shows of none that it is registered', async (_, reply) => {
    const servers: Record<string, Reply> = { ph: [['NS', 'ns.ph']], 'ns.ph': A('192.0.2.53') };
    const zone: Zone = (name) => (name === 'real.ph' ? A('192.0.2.9') : (servers[name] ?? reply));
    for (const rcode of ['NOERROR', 'NXDOMAIN']) {
      const records = rcode === 'NOERROR' ? [] : [{ type: 'CNAME', ttl: 60, data: 'gone.example' }];
      const registry = () => ({ rcode, records });
      const run = await validate(['any.ph', 'real.ph'], { zone, registry });
      expect(run.verdicts).toEqual({ 'any.ph': 'NOANSWER', 'real.ph': 'OK' });
      expect(run.available).toEqual({ 'any.ph': null, 'real.ph': false });
    }
  });

  test('a wildcard with more addresses than anybody asks for is compared by their networks', async () => {
    let turn = 0;
    const real = { 'real.big.com': A('198.51.100.7') };
    const zone = under('big.com', () => A(`203.0.${turn % 4}.${(turn += 7) % 250}`), real);
    const names = Array.from({ length: 300 }, (_, index) => `n${index}.big.com`);
    const run = await validate([...names, 'real.big.com'], { zone });
    expect(run.verdicts['real.big.com']).toBe('OK');
    for (const name of names) expect(run.verdicts[name]).toBe('WILDCARD');
    // Of 100 labels both types.
    expect(run.metrics['wildcard.probes']).toBe(200);
  });

  test('where random names have addresses from everywhere, an address shows nothing', async () => {
    let turn = 0;
    const anywhere = (): Reply => A(`${(turn += 1) % 200}.${(turn * 7) % 250}.2.3`);
    const run = await validate(['any.all.com', 'other.all.com'], { zone: under('all.com', anywhere) });
    expect(run.verdicts).toEqual({ 'any.all.com': 'WILDCARD', 'other.all.com': 'WILDCARD' });
  });

  test('the site of a domain is a find, whatever else the domain answers for', async () => {
    const known = { 'shop.com': A('192.0.2.1'), 'mail.shop.com': A('192.0.2.8') };
    const zone = under('shop.com', () => A('192.0.2.1'), known);
    const run = await validate(['www.shop.com', 'x.shop.com'], { zone });
    expect(run.verdicts).toEqual({ 'www.shop.com': 'OK', 'x.shop.com': 'WILDCARD' });
    expect(run.evidence['www.shop.com']?.['wildcard']).toEqual({ zone: 'com', isWildcard: false });
    const parked = await validate(['www.any.ws'], { zone: under('ws', () => A('192.0.2.1')) });
    expect(parked.verdicts).toEqual({ 'www.any.ws': 'WILDCARD' });
  });

  test('nothing is probed where detection is off', async () => {
    const zone = under('ws', () => A('192.0.2.1'));
    const run = await validate(['any.ws'], { zone }, { wildcardDetection: false });
    expect(run.verdicts).toEqual({ 'any.ws': 'OK' });
    expect(run.available).toEqual({ 'any.ws': null });
    expect(run.asked).toHaveLength(2);
  });
});
