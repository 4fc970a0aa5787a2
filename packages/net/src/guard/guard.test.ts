import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { createGuard } from './guard.ts';
import { type LabRoute, labRouteFromEnv } from './lab-route.ts';
import { IPV4_REFUSED } from './special-ranges.ts';

const guard = createGuard();

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.0',
  '169.253.1.1',
]
  .concat(['192.0.1.1', '198.17.1.1', '198.20.0.1', '223.255.255.255', '11.0.0.1', '126.1.1.1', '128.0.0.1'])
  .concat(['2606:4700:4700::1111', '2001:4860:4860::8888', '2a00::1', '2400:cb00::1', '2003::1']);

const REFUSED = [
  [
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.53.0.1',
  ],
  ['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.1', '192.0.2.1', '192.88.99.1'],
  ['198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.7', '224.0.0.1', '239.1.1.1', '240.0.0.1'],
  ['255.255.255.255', '192.31.196.1', '192.52.193.1', '192.175.48.1'],
  // Other ways to write an IPv4 address: decimal, octal, hexadecimal, short.
  [
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.1',
    '0xa9fea9fe',
    '0',
    '0xc0.0xa8.1',
  ],
  [
    '::',
    '::1',
    '0:0:0:0:0:0:0:1',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'fd00::1',
    'fd53::1',
    'ff02::1',
    '100::1',
  ],
  [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::FFFF:10.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '::7f00:1',
    '::8.8.8.8',
  ],
  ['::ffff:0:127.0.0.1', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::8.8.8.8', '64:ff9b:1::1'],
  ['2002:7f00:1::', '2002:a00:1::1', '2002:808:808::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001::1'],
  [
    '2001:db8::1',
    '2001:10::1',
    '2001:20::1',
    '2001:2::1',
    '3fff::1',
    '2620:4f:8000::1',
    '5f00::1',
    '4000::1',
    'e000::1',
  ],
  [
    'fe80::1%eth0',
    '2606:4700::1%1',
    'localhost',
    'example.com',
    '',
    ' 8.8.8.8',
    '8.8.8.8 ',
    '8.8.8.8:53',
    '[::1]',
    '1.2.3.4.5',
  ],
  ['256.1.1.1', '08.8.8.8', '1::2::3', '::ffff:999.1.1.1', '8.8.8.8/32', '-1', '1e9'],
].flat();

describe('guard', () => {
  test.each(PUBLIC)('%s is public', (address) => {
    expect(guard.check(address, 443)).toEqual({ allowed: true, connect: { host: address, port: 443 } });
  });

  test.each(REFUSED)('%j is refused', (address) => {
    const decision = guard.check(address, 443);
    expect(decision.allowed).toBe(false);
    expect(guard.checkResolver(address, 53).allowed).toBe(false);
  });

  test('a public address in another form is connected to in its plain form', () => {
    expect(guard.check('134744072', 80)).toEqual({ allowed: true, connect: { host: '8.8.8.8', port: 80 } });
    expect(guard.check('2606:4700:0:0::0001', 80)).toEqual({
      allowed: true,
      connect: { host: '2606:4700::1', port: 80 },
    });
  });

  test.each([0, -1, 65_536, 1.5, Number.NaN])('port %d is refused', (port) => {
    expect(guard.check('8.8.8.8', port).allowed).toBe(false);
  });

  test('the reason names the range', () => {
    expect(guard.check('169.254.169.254', 80)).toMatchObject({
      reason: expect.stringContaining('link-local'),
    });
    expect(guard.check('64:ff9b::10.0.0.1', 80)).toMatchObject({
      reason: expect.stringMatching(/NAT64 of 10\.0\.0\.1 \(private\)/),
    });
  });

  test('every IPv4 in an IPv6 form is refused', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, byte, (a, b, c, d) => {
        const v4 = `${a}.${b}.${c}.${d}`;
        for (const prefix of ['::ffff:', '::', '64:ff9b::', '::ffff:0:']) {
          expect(guard.check(prefix + v4, 80).allowed).toBe(false);
        }
      }),
    );
  });

  test('any text at all gives a decision', () => {
    fc.assert(fc.property(fc.string(), fc.integer(), (text, port) => void guard.check(text, port)));
  });
});

describe('allow list', () => {
  const allowing = createGuard({ allow: ['10.1.0.0/16', '64:ff9b::/96', '::1'] });

  test.each(['10.1.2.3', '::1', '64:ff9b::8.8.8.8', '64:ff9b::10.1.2.3'])('%s is allowed', (address) => {
    expect(allowing.check(address, 80).allowed).toBe(true);
  });

  test.each(['10.2.0.1', '127.0.0.1', '64:ff9b::127.0.0.1', '::ffff:10.1.2.3'])(
    '%s is still refused',
    (address) => {
      expect(allowing.check(address, 80).allowed).toBe(false);
    },
  );

  test('an entry that is no CIDR is named', () => {
    expect(() => createGuard({ allow: ['10.0.0.0/99'] })).toThrow(/"10.0.0.0\/99" is not a CIDR/);
    expect(() => createGuard({ allow: ['intranet'] })).toThrow(/not a CIDR/);
  });
});

test('an IPv4 address is refused exactly where a block of the registries has it', () => {
  const octets = fc.tuple(
    fc.oneof(fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 240, 255), fc.nat(255)),
    fc.oneof(fc.constantFrom(0, 16, 18, 31, 51, 64, 88, 168, 175, 254), fc.nat(255)),
    fc.oneof(fc.constantFrom(0, 2, 48, 99, 100, 113, 196), fc.nat(255)),
    fc.nat(255),
  );
  fc.assert(
    fc.property(octets, (parts) => {
      const text = parts.join('.');
      const refused = IPV4_REFUSED.some(({ cidr }) =>
        ipaddr.IPv4.parse(text).match(ipaddr.IPv4.parseCIDR(cidr)),
      );
      expect(guard.check(text, 80).allowed).toBe(!refused);
      const hexadecimal = `0x${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      expect(guard.check(hexadecimal, 80)).toEqual(guard.check(text, 80));
    }),
    { numRuns: 500 },
  );
});

describe('lab', () => {
  const lab: LabRoute = {
    dns: { host: '127.0.0.1', port: 5301 },
    http: { host: '127.0.0.1', port: 8001 },
    https: { host: '127.0.0.1', port: 8002 },
    caPem: 'pem',
  };
  const labGuard = createGuard({ lab });

  test.each(['127.53.7.9', 'fd53::7'])('%s goes to the lab', (address) => {
    expect(labGuard.check(address, 80)).toEqual({ allowed: true, connect: lab.http });
    expect(labGuard.check(address, 443)).toEqual({ allowed: true, connect: lab.https });
    expect(labGuard.check(address, 22).allowed).toBe(false);
  });

  test('nothing else of loopback is opened', () => {
    expect(labGuard.check('127.0.0.1', 8001).allowed).toBe(false);
    expect(labGuard.check('127.54.0.1', 80).allowed).toBe(false);
    expect(labGuard.check('127.0.0.1', 5301).allowed).toBe(false);
    expect(labGuard.checkResolver('127.0.0.1', 5302).allowed).toBe(false);
  });

  test("the lab's server is allowed as a resolver", () => {
    expect(labGuard.checkResolver('127.0.0.1', 5301)).toEqual({ allowed: true, connect: lab.dns });
  });

  test('the route is read from its variable', () => {
    expect(labRouteFromEnv(undefined)).toBeNull();
    expect(labRouteFromEnv(' ')).toBeNull();
    expect(labRouteFromEnv(JSON.stringify(lab))).toEqual(lab);
  });

  test.each([
    '{',
    '3',
    '{}',
    '{"caPem":"x","dns":{"host":"localhost","port":1}}',
    '{"caPem":"x","dns":{"host":"::1"}}',
  ])('%s is refused with a reason', (json) => {
    expect(() => labRouteFromEnv(json)).toThrow(/DOMAINFLOW_LAB: /);
  });
});
