import { describe, expect, test } from 'vitest';
import type { ServerAnswer } from '../../dns/dns-port.ts';
import type { RdapAnswer } from '../../dns/rdap-port.ts';
import { A, MAIN, plain, type Run, TRUSTED, validate, type Zone } from './testing/scripted-dns.ts';

const questionsOf = (run: Run, name: string): string[] =>
  run.asked.filter((each) => each.name === name).map(({ type }) => type);

describe('names that do not exist', () => {
  test('cost one question, and can be registered', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `absent${index}.com`);
    const run = await validate(names, { zone: plain({}) });
    expect(run.asked).toHaveLength(50);
    expect(new Set(Object.values(run.verdicts))).toEqual(new Set(['NXDOMAIN']));
    expect(new Set(Object.values(run.available))).toEqual(new Set([true]));
    expect(Object.keys(run.evidence['absent0.com'] ?? {})).toHaveLength(5);
  });

  test('below a registered domain it is that one which counts', async () => {
    const zone: Zone = (name, type) =>
      name === 'taken.com' && type === 'NS' ? [['NS', 'ns1.taken.com']] : 'NXDOMAIN';
    const run = await validate(['www.taken.com', 'api.taken.com', 'www.free.com'], { zone });
    expect(run.available).toEqual({ 'www.taken.com': false, 'api.taken.com': false, 'www.free.com': true });
    expect(questionsOf(run, 'taken.com')).toEqual(['NS']);
    expect(run.evidence['www.taken.com']?.['registration']).toMatchObject({
      domain: 'taken.com',
      by: 'resolver',
      state: 'delegated',
      nameServers: ['ns1.taken.com'],
    });
  });

  test('under no known registry nothing is said', async () => {
    const run = await validate(['host.lan'], { zone: plain({}) });
    expect(run.available).toEqual({ 'host.lan': null });
  });

  test('nothing is said where the check is off', async () => {
    const run = await validate(
      ['a.com', 'b.com'],
      { zone: plain({ 'b.com': A('192.0.2.7') }) },
      { registrationCheck: 'off' },
    );
    expect(run.available).toEqual({ 'a.com': null, 'b.com': null });
  });
});

describe('registration', () => {
  const delegation: Zone = (name, type) => {
    if (name === 'com' && type === 'NS') return [['NS', 'a.gtld.net']];
    if (name === 'a.gtld.net' && type === 'A') return A('192.0.2.53');
    if (name === 'lame.com' || name === 'gone.com') return 'SERVFAIL';
    if (name === 'mute.com') return 'TIMEOUT';
    if (name === 'odd.com') return 'REFUSED';
    return name === 'mail.com' ? [] : 'NXDOMAIN';
  };
  const registry = (_: string, domain: string): Partial<ServerAnswer> =>
    domain === 'gone.com' || domain === 'odd.com'
      ? { rcode: 'NXDOMAIN' }
      : { isAuthoritative: false, referral: [{ owner: domain, host: `ns1.${domain}` }] };

  test('the servers of the registry are asked, without the resolvers in between', async () => {
    const names = ['lame.com', 'gone.com', 'mute.com', 'odd.com', 'mail.com'];
    const run = await validate(names, { zone: delegation, registry });
    expect(run.verdicts).toMatchObject({
      'lame.com': 'SERVFAIL',
      'mute.com': 'TIMEOUT',
      'mail.com': 'NOANSWER',
    });
    expect(run.available).toEqual({
      'lame.com': false,
      'gone.com': true,
      'mute.com': false,
      'odd.com': true,
      'mail.com': false,
    });
    expect(run.evidence['lame.com']?.['registration']).toEqual({
      domain: 'lame.com',
      state: 'delegated',
      by: 'registry',
      server: '192.0.2.53',
      rcode: 'NOERROR',
      nameServers: ['ns1.lame.com'],
    });
    expect(questionsOf(run, 'com')).toEqual(['NS']);
  });

  test('where the registry cannot be asked and the resolvers fail, nothing is said', async () => {
    const run = await validate(['lame.com', 'mute.com'], { zone: delegation, registry: () => null });
    expect(run.available).toEqual({ 'lame.com': null, 'mute.com': null });
    expect(run.asked).not.toContainEqual({ name: 'mute.com', type: 'NS', resolver: MAIN });
  });

  test('a wildcard answer does not hide whether a name is delegated', async () => {
    const zone: Zone = (name, type) =>
      type === 'NS' ? (name === 'held.ws' ? [['NS', 'ns.held.ws']] : []) : type === 'A' ? A('192.0.2.1') : [];
    const run = await validate(['held.ws', 'free.ws'], { zone });
    expect(run.verdicts).toEqual({ 'held.ws': 'WILDCARD', 'free.ws': 'WILDCARD' });
    expect(run.available).toEqual({ 'held.ws': false, 'free.ws': true });
  });

  test('RDAP is asked where it is wanted, and the delegation where it cannot tell', async () => {
    const rdap = (domain: string): RdapAnswer => {
      if (domain === 'unknown.com') return { status: 'unknown', url: null, httpStatus: null };
      if (domain === 'unheard.com' || domain === 'dead.com')
        return { status: 'unknown', url: 'https://rdap/', httpStatus: 503, reason: 'Out of order' };
      const isFree = domain === 'free.com';
      return {
        status: isFree ? 'available' : 'registered',
        url: 'https://rdap/',
        httpStatus: isFree ? 404 : 200,
      };
    };
    const hosts = plain({ 'live.com': A('192.0.2.4'), 'dead.com': 'SERVFAIL' });
    const zone: Zone = (name, type, ...more) =>
      type === 'NS' && name === 'dead.com' ? [['NS', 'ns.dead.com']] : hosts(name, type, ...more);
    const names = ['free.com', 'reserved.com', 'unknown.com', 'live.com', 'unheard.com', 'dead.com'];
    const run = await validate(names, { zone, rdap }, { registrationCheck: 'rdap' });
    expect(run.available).toEqual({
      'free.com': true,
      'reserved.com': false,
      'unknown.com': true,
      'live.com': false,
      // The registry might hold it back, and could not be asked.
      'unheard.com': null,
      'dead.com': false,
    });
    expect(run.evidence['unheard.com']?.['registration']).toMatchObject({
      by: 'rdap',
      status: 'unknown',
      httpStatus: 503,
    });
    expect(run.evidence['dead.com']?.['registration']).toMatchObject({ state: 'delegated' });
    expect(run.evidence['reserved.com']?.['registration']).toMatchObject({ by: 'rdap', httpStatus: 200 });
    expect(run.evidence['unknown.com']?.['registration']).toEqual({ domain: 'unknown.com', by: 'answer' });
  });
});

describe('second opinions', () => {
  const zone = plain({ 'lie.com': A('192.0.2.66'), 'true.com': A('192.0.2.5'), 'open.com': 'SERVFAIL' });
  const trusted = plain({
    'true.com': A('192.0.2.5'),
    'open.com': A('192.0.2.8'),
    'missed.com': A('192.0.2.9'),
  });
  const names = ['lie.com', 'true.com', 'open.com', 'missed.com'];

  test('trusted resolvers decide on positives and on what stayed open', async () => {
    const run = await validate(names, { zone, trusted });
    expect(run.verdicts).toEqual({
      'lie.com': 'NXDOMAIN',
      'true.com': 'OK',
      'open.com': 'OK',
      'missed.com': 'NXDOMAIN',
    });
    expect(run.evidence['lie.com']?.['recheck']).toEqual({
      resolver: TRUSTED,
      verdict: 'NXDOMAIN',
      because: 'trusted',
      instead: { resolver: MAIN, verdict: 'OK', rcode: 'NOERROR' },
    });
    expect(run.metrics).toMatchObject({
      'recheck.asked': 3,
      'recheck.agreed': 1,
      'recheck.changed': 2,
      [`disagrees.${MAIN}`]: 1,
    });
  });

  test('on everything, or on nothing, where that is wanted', async () => {
    const all = await validate(names, { zone, trusted }, { recheck: 'all' });
    expect(all.verdicts['missed.com']).toBe('OK');
    const none = await validate(names, { zone, trusted }, { recheck: 'none' });
    expect(none.verdicts['lie.com']).toBe('OK');
    expect(none.asked.filter(({ resolver }) => resolver === TRUSTED)).toEqual([]);
  });
});

describe('canaries', () => {
  const LIAR = '192.0.2.2:53';
  const canaries = { enabled: true, perThousand: 100, positives: ['known.org'] };
  const known = {
    'known.org': A('192.0.2.10'),
    ...Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`live${index}.com`, A('192.0.2.11')])),
  };
  const truth = plain(known);
  const names = Array.from({ length: 600 }, (_, index) =>
    index % 2 === 0 ? `live${index / 2}.com` : `absent${index}.com`,
  );

  test.each([3, 64])(
    'of %i resolvers one that invents answers is found out before it is believed',
    async (count) => {
      const zone: Zone = (name, type, resolver) => {
        const reply = truth(name, type, resolver);
        return resolver === LIAR && reply === 'NXDOMAIN' ? (type === 'A' ? A('192.0.2.66') : []) : reply;
      };
      const others = Array.from({ length: count - 2 }, (_, index) => `192.0.2.${index + 3}:53`);
      const run = await validate(names, { zone }, { canaries }, [MAIN, ...others, LIAR]);
      for (const name of names)
        expect([name, run.verdicts[name]]).toEqual([name, name in known ? 'OK' : 'NXDOMAIN']);
      expect(run.metrics[`lying.${LIAR}`]).toBe(1);
      expect(run.metrics[`canary.${LIAR}.falsePositive`]).toBeGreaterThanOrEqual(2);
      expect(run.metrics[`canary.${MAIN}.falsePositive`]).toBeUndefined();
    },
  );

  test('a resolver that misses names is asked less', async () => {
    let turn = 0;
    const zone: Zone = (name, type, resolver) =>
      resolver === LIAR && name === 'known.org' && turn++ % 2 === 0
        ? 'NXDOMAIN'
        : truth(name, type, resolver);
    const many = Array.from({ length: 8_000 }, (_, index) => `absent${index}.com`);
    const run = await validate(['live0.com', ...many], { zone }, { canaries }, [MAIN, LIAR]);
    expect(run.slowed).toContain(LIAR);
    expect(run.slowed).not.toContain(MAIN);
    expect(run.metrics[`denying.${LIAR}`]).toBe(1);
    expect(run.metrics['recheck.agreed']).toBeGreaterThan(1_000);
    expect(run.metrics[`canary.${LIAR}.falseNegative`]).toBeGreaterThan(10);
    expect(run.metrics[`canary.${MAIN}.falseNegative`]).toBeUndefined();
    expect(run.metrics[`canary.${MAIN}.positiveAsked`]).toBeGreaterThan(4);
  });

  test('where every resolver lies nothing is claimed, and the evidence says so', async () => {
    // One answer in four is a lie, so that the zone is not taken for a wildcard.
    let turn = 0;
    const zone: Zone = (name, type, resolver) => {
      const reply = truth(name, type, resolver);
      if (reply !== 'NXDOMAIN' || type !== 'A') return reply;
      turn += 1;
      return turn > 1 && turn % 4 === 0 ? A('192.0.2.66') : reply;
    };
    const run = await validate(names, { zone }, { canaries }, [MAIN]);
    const lies = names.filter((name) => run.verdicts[name] === 'OK' && !(name in known));
    expect(lies.length).toBeGreaterThan(0);
    const doubted = lies.filter((name) => run.evidence[name]?.['recheck'] !== undefined);
    expect(doubted.length).toBeGreaterThan(lies.length / 2);
    for (const name of doubted) {
      expect(run.evidence[name]?.['recheck']).toEqual({
        resolver: null,
        verdict: 'OK',
        because: 'unreliable',
      });
      expect(run.available[name]).not.toBe(false);
    }
  });

  test('names that a denying resolver denies are asked again', async () => {
    let count = 0;
    const zone: Zone = (name, type, resolver) => {
      if (name === 'late.com') return resolver === LIAR ? 'NXDOMAIN' : type === 'A' ? A('192.0.2.12') : [];
      return resolver === LIAR && name === 'known.org' && count++ % 2 === 0
        ? 'NXDOMAIN'
        : truth(name, type, resolver);
    };
    const many = Array.from({ length: 4_000 }, (_, index) => `absent${index}.com`);
    for (const padding of [[], ['pad.com']]) {
      const run = await validate(['live0.com', ...many, ...padding, 'late.com'], { zone }, { canaries }, [
        MAIN,
        LIAR,
      ]);
      expect(run.verdicts['late.com']).toBe('OK');
    }
  });

  test('where nothing known exists it is said, and the run goes on', async () => {
    const run = await validate(['a.com', 'b.com'], { zone: plain({}) }, { canaries: { enabled: true } });
    expect(run.metrics['canary.unconfirmed']).toBe(1);
  });
});

describe('retries', () => {
  test('beyond the budget each question is asked once, and what stays open is marked', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `mute${index}.com`);
    const run = await validate(
      names,
      { zone: () => 'TIMEOUT' },
      { retryBudget: 0.5, registrationCheck: 'off' },
    );
    const cut = names.filter((name) => run.evidence[name]?.['retriesCut'] === true);
    expect(cut.length).toBeGreaterThan(300);
    expect(cut.length).toBeLessThan(400);
    expect(run.metrics['retries.cut']).toBe(cut.length);
  });
});
