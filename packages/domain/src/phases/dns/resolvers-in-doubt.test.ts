import { expect, test } from 'vitest';
import { A, MAIN, validate, type Zone } from './testing/scripted-dns.ts';

const OTHER = '192.0.2.2:53';
const canaries = { enabled: true, perThousand: 2 };
const names = Array.from({ length: 200 }, (_, index) =>
  index % 4 === 0 ? `live${index}.shop.com` : `absent${index}.shop.com`,
);

/** A private server: it knows one zone, and refuses to speak of anything else. */
const truth: Zone = (name, type) => {
  if (name === 'shop.com') return type === 'SOA' ? [['SOA', 'ns.shop.com']] : [];
  if (!name.endsWith('.shop.com')) return 'REFUSED';
  if (!name.startsWith('live')) return 'NXDOMAIN';
  return type === 'A' ? A('192.0.2.7') : [];
};

const expectTruth = (run: Awaited<ReturnType<typeof validate>>): void => {
  for (const name of names)
    expect([name, run.verdicts[name]]).toEqual([name, name.startsWith('live') ? 'OK' : 'NXDOMAIN']);
};

test.each([[[MAIN, OTHER]], [[OTHER, MAIN]]])(
  'a resolver that gives every name an address makes no zone a wildcard where another one is honest',
  async (resolvers) => {
    const zone: Zone = (name, type, resolver) =>
      resolver === OTHER ? (type === 'A' ? A('203.0.113.66') : []) : truth(name, type, resolver);
    const run = await validate(names, { zone }, { canaries }, resolvers);
    expectTruth(run);
    expect(run.metrics[`lying.${OTHER}`]).toBe(1);
  },
);

test.each([[[MAIN, OTHER]], [[OTHER, MAIN]]])(
  'nothing of what a lying resolver said is kept, also where the name exists',
  async (resolvers) => {
    const zone: Zone = (name, type, resolver) => {
      if (resolver !== OTHER)
        return type === 'MX' ? [['MX', '10 mail.shop.com']] : truth(name, type, resolver);
      return type === 'A' ? A('203.0.113.66') : type === 'MX' ? [['MX', '10 mail.liar.example']] : [];
    };
    const run = await validate(names, { zone }, { canaries }, resolvers, {
      recordTypes: ['A', 'AAAA', 'MX'],
    });
    expectTruth(run);
    const kept = JSON.stringify(names.map((name) => run.evidence[name]));
    expect(kept).toContain('mail.shop.com');
    expect(kept).not.toMatch(/203\.0\.113\.66|mail\.liar/);
  },
);

test('where trusted resolvers know other addresses, these are kept', async () => {
  const zone: Zone = (name, type, resolver) =>
    resolver === OTHER
      ? type === 'A' && name.startsWith('live')
        ? A('203.0.113.66')
        : truth(name, type, resolver)
      : truth(name, type, resolver);
  const run = await validate(names, { zone, trusted: truth }, {}, [OTHER]);
  expectTruth(run);
  expect(JSON.stringify(run.evidence)).not.toContain('203.0.113.66');
  expect(Object.keys(run.metrics).filter((key) => key.startsWith('disagrees'))).toEqual([]);
});

test.each([[[MAIN, OTHER]], [[OTHER, MAIN]]])(
  'a resolver that denies every name is found out by the zone that another one shows, though no known name is there',
  async (resolvers) => {
    const zone: Zone = (name, type, resolver) =>
      resolver === OTHER ? 'NXDOMAIN' : truth(name, type, resolver);
    const run = await validate(names, { zone }, { canaries }, resolvers);
    expectTruth(run);
    expect(run.metrics[`denying.${OTHER}`]).toBe(1);
    expect(run.metrics[`denying.${MAIN}`]).toBeUndefined();
    // A denial of theirs says nothing of the registration either.
    expect(Object.values(run.available)).not.toContain(true);
  },
);

test('a private server alone is neither a liar nor a denier, and costs a few queries more', async () => {
  const run = await validate(names, { zone: truth }, { canaries }, [MAIN]);
  expectTruth(run);
  expect(Object.keys(run.metrics).filter((key) => /^(lying|denying|slowDown)|false/.test(key))).toEqual([]);
  const ours = run.asked.filter(({ name }) => !names.includes(name));
  expect(ours.length).toBeLessThan(20);
});
