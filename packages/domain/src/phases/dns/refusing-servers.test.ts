import { expect, test } from 'vitest';
import { A, validate, type Zone } from './testing/scripted-dns.ts';

test('a zone that the server refuses to speak of is probed twice, and the name left undecided', async () => {
  const zone: Zone = (name, type) => {
    if (name === 'six.refused.com' && type === 'AAAA') return [['AAAA', '2001:db8::6']];
    return 'REFUSED';
  };
  const run = await validate(['six.refused.com', 'other.refused.com'], { zone });
  expect(run.verdicts).toEqual({ 'six.refused.com': 'OK', 'other.refused.com': 'REFUSED' });
  expect(run.evidence['six.refused.com']?.['wildcard']).toMatchObject({ isWildcard: null });
  const probes = run.asked.filter(({ name }) => name.length > 'other.refused.com'.length);
  expect(probes.map(({ type }) => type)).toEqual(['A', 'A']);
});

test('a server that only refers to others leaves the name undecided: it does not say that there is no address', async () => {
  const run = await validate(['shop.com'], { zone: () => 'REFERRAL' });
  expect(run.verdicts).toEqual({ 'shop.com': 'REFUSED' });
  expect(run.evidence['shop.com']).toMatchObject({ rcode: 'REFERRAL' });
});

test('of several zones one that denies random names is enough to try the resolvers', async () => {
  const zone: Zone = (name, type) => {
    if (name === 'live.good.com') return type === 'A' ? A('192.0.2.7') : [];
    return name.endsWith('.good.com') ? 'NXDOMAIN' : 'REFUSED';
  };
  const run = await validate(
    ['x.bad.com', 'live.good.com'],
    { zone },
    { canaries: { enabled: true, perThousand: 2 } },
  );
  expect(run.verdicts['live.good.com']).toBe('OK');
  expect(Object.keys(run.metrics).some((key) => key.endsWith('.absentAsked'))).toBe(true);
});
