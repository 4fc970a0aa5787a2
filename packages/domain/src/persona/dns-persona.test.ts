import { expect, test } from 'vitest';
import { dnsPersonaSchema } from './dns-persona.ts';

const faultsOf = (input: unknown): [string, string][] =>
  dnsPersonaSchema
    .safeParse(input)
    .error?.issues.map(({ path, message }): [string, string] => [path.join('.'), message]) ?? [];

test('a text is a resolver with the usual weight', () => {
  const { resolvers, trustedResolvers } = dnsPersonaSchema.parse({
    resolvers: [' 9.9.9.9 ', { address: '1.1.1.1:53', weight: 3, queriesPerSecond: 50 }],
    trustedResolvers: ['::1'],
  });
  expect(resolvers).toEqual([
    { address: '9.9.9.9', weight: 1, queriesPerSecond: null },
    { address: '1.1.1.1:53', weight: 3, queriesPerSecond: 50 },
  ]);
  expect(trustedResolvers).toEqual([{ address: '::1', weight: 1, queriesPerSecond: null }]);
});

test('what was parsed once is the same when parsed again', () => {
  const persona = dnsPersonaSchema.parse({
    transport: 'doh',
    resolvers: ['https://dns.example/dns-query{?dns}', 'https://[::1]:8443/q'],
  });
  expect(dnsPersonaSchema.parse(persona)).toEqual(persona);
});

test.each([
  [{ resolvers: ['1.1.1.1', 'dns.example'] }, 'resolvers.1.address', /An IP address/],
  [{ resolvers: ['1.1.1.1', '9.9.9.9', '1.1.1.1:53'] }, 'resolvers.2.address', /same resolver as number 1/],
  [{ resolvers: ['::1', '[0:0:0:0:0:0:0:1]:53'] }, 'resolvers.1.address', /same resolver as number 1/],
  [{ resolvers: [{ address: '' }] }, 'resolvers.0.address', /An IP address/],
  [{ resolvers: [{ address: '1.1.1.1', weight: 0 }] }, 'resolvers.0.weight', /./],
  [{ resolvers: [7] }, 'resolvers.0', /./],
  [{ resolvers: ['https://dns.example/'] }, 'resolvers.0.address', /transport doh/],
  [{ transport: 'tcp', trustedResolvers: ['x'] }, 'trustedResolvers.0.address', /An IP address/],
  [{ transport: 'doh' }, 'resolvers', /at least one/],
  [{ transport: 'doh', resolvers: ['1.1.1.1'] }, 'resolvers.0.address', /DoH asks URLs/],
  [{ transport: 'doh', resolvers: ['http://1.1.1.1/dns-query'] }, 'resolvers.0.address', /https/],
  [{ transport: 'doh', resolvers: ['https://me:secret@dns.example/'] }, 'resolvers.0.address', /user name/],
  [{ transport: 'doh', resolvers: ['https://me@dns.example/'] }, 'resolvers.0.address', /user name/],
  [{ transport: 'doh', resolvers: ['https://dns.example/#x'] }, 'resolvers.0.address', /fragment/],
  [{ transport: 'doh', resolvers: ['https://dns.example/{x}'] }, 'resolvers.0.address', /A URL/],
  [{ transport: 'doh', resolvers: ['https://:443/'] }, 'resolvers.0.address', /A URL/],
  [
    { transport: 'doh', resolvers: ['https://a.example/q', 'https://A.example:443/q'] },
    'resolvers.1.address',
    /same/,
  ],
  [{ ednsBufferBytes: 511 }, 'ednsBufferBytes', /512/],
  [{ ednsBufferBytes: 4_097 }, 'ednsBufferBytes', /4096/],
  [{ resolvers: Array.from({ length: 65 }, (_, index) => `192.0.2.${index}`) }, 'resolvers', /./],
])('%j: the fault is at %s', (input, field, message) => {
  expect(faultsOf(input)).toEqual([[field, expect.stringMatching(message)]]);
});

test.each([0, 512, 4_096])('an EDNS buffer of %d is taken', (ednsBufferBytes) => {
  expect(faultsOf({ ednsBufferBytes })).toEqual([]);
});
