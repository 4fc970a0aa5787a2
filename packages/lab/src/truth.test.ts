import { describe, expect, it } from 'vitest';
import { isLabAddress, WILDCARD_IPV4 } from './address.ts';
import { EXISTING_RATES, FAILURE_RATES } from './dns-plan.ts';
import { siteWeights } from './site/site-kind.ts';
import { specialPrefixes } from './special-labels.ts';
import { type LabTruth, labTruth } from './truth.ts';

const names = Array.from({ length: 30_000 }, (_, index) => `shop${index.toString(36)}.com`);
const truths = names.map((name) => labTruth('distribution', name));

/** Standard deviations by which a part's size is off its share: a fair draw stays below 4, a wrong weight does not. */
function deviation(part: LabTruth[], all: LabTruth[], share: number): number {
  return Math.abs(part.length / all.length - share) / Math.sqrt((share * (1 - share)) / all.length);
}

describe('labTruth', () => {
  it('gives the same truth for the same seed and name, and another for another seed', () => {
    for (const name of names.slice(0, 100)) expect(labTruth('a', name)).toEqual(labTruth('a', name));
    const sample = names.slice(0, 5000);
    const differing = sample.filter((name) => labTruth('a', name).exists !== labTruth('b', name).exists);
    // Two independent draws at 0.3 differ for 0.42 of the names.
    expect(differing.length / sample.length).toBeGreaterThan(0.38);
    expect(differing.length / sample.length).toBeLessThan(0.46);
  });

  it('keeps the documented rates of DNS kinds', () => {
    for (const [kind, rate] of Object.entries(FAILURE_RATES)) {
      const part = truths.filter((truth) => truth.dns.kind === kind);
      expect(deviation(part, truths, rate)).toBeLessThan(4);
    }
    const settled = truths.filter((truth) => !(truth.dns.kind in FAILURE_RATES));
    const existing = settled.filter((truth) => truth.dns.verdict !== 'NXDOMAIN');
    expect(deviation(existing, settled, 0.3)).toBeLessThan(4);
    for (const [kind, rate] of Object.entries(EXISTING_RATES)) {
      const part = existing.filter((truth) => truth.dns.kind === kind);
      expect(deviation(part, existing, rate)).toBeLessThan(4);
    }
  });

  it('keeps the documented weights of sites, which add up to a thousand', () => {
    const sites = truths.filter((truth) => truth.site !== null);
    expect(siteWeights.reduce((sum, [, weight]) => sum + weight, 0)).toBe(1000);
    for (const [kind, weight] of siteWeights) {
      const part = sites.filter((truth) => truth.site?.kind === kind);
      expect(deviation(part, sites, weight / 1000)).toBeLessThan(4);
    }
  });

  it('follows the share of existing names that it is given', () => {
    const sample = names.slice(0, 5000);
    const none = sample.filter((name) => labTruth('s', name, { existRate: 0 }).dns.verdict === 'OK');
    expect(none).toEqual([]);
    const all = sample.filter((name) => labTruth('s', name, { existRate: 1 }).dns.verdict === 'NXDOMAIN');
    expect(all).toEqual([]);
  });

  it('gives a site exactly where DNS gives an address, and lab addresses only', () => {
    const wrong = truths.filter(({ dns, site }) => {
      const resolves = dns.verdict === 'OK';
      const foreign =
        !dns.a.every(isLabAddress) || !dns.aaaa.every((address) => address.startsWith('fd53::'));
      return (site !== null) !== resolves || dns.a.length > 0 !== resolves || foreign;
    });
    expect(wrong).toEqual([]);
  });

  it('lets special labels win over the hash for every seed', () => {
    const verdicts = {
      live: 'OK',
      absent: 'NXDOMAIN',
      nodata: 'NOANSWER',
      servfail: 'SERVFAIL',
      refused: 'REFUSED',
      timeout: 'TIMEOUT',
      slow: 'OK',
      truncated: 'OK',
      cname: 'OK',
      parked: 'OK',
    };
    for (const [prefix, verdict] of Object.entries(verdicts)) {
      for (let i = 0; i < 100; i++) {
        expect(labTruth(`seed${i}`, `${prefix}-${i}.com`).dns.verdict).toBe(verdict);
        expect(labTruth(`seed${i}`, `www.${prefix}-${i}.co.uk`).dns.verdict).toBe(verdict);
      }
    }
    for (const prefix of specialPrefixes) {
      const { kind } = labTruth('s', `${prefix}-x.org`).dns;
      expect(['plain', prefix === 'held' ? 'absent' : prefix]).toContain(kind);
    }
  });

  it('answers for every label of the wildcard TLD alike, and marks it', () => {
    for (const name of ['a.ws', 'absent-0.ws', 'abcdefghijklmnop.ws', 'deep.below.ws']) {
      const { exists, dns, site } = labTruth('s', name);
      expect({ exists, verdict: dns.verdict, wildcard: dns.wildcard, a: dns.a }).toEqual({
        exists: false,
        verdict: 'WILDCARD',
        wildcard: true,
        a: WILDCARD_IPV4,
      });
      expect(site?.parked).toBe(true);
    }
    expect(truths.some((truth) => truth.dns.a.some((address) => WILDCARD_IPV4.includes(address)))).toBe(
      false,
    );
  });

  it('lets no probe label exist outside of wildcards', () => {
    for (let i = 0; i < 500; i++) {
      const probe = `q${i.toString(36).padStart(15, 'z')}`;
      expect(labTruth('s', `${probe}.com`).exists).toBe(false);
      expect(labTruth('s', `${probe}.live-1.com`).exists).toBe(false);
      expect(labTruth('s', `${probe}.wildcard-1.com`).dns.wildcard).toBe(true);
    }
  });

  it('lets www, mail and the name servers of a zone exist with it, and nothing below an absent zone', () => {
    for (const truth of truths.slice(0, 1000)) {
      for (const host of ['www', 'mail', 'ns1', 'ns2']) {
        const { dns } = labTruth('distribution', `${host}.${truth.name}`);
        expect([dns.verdict, dns.a]).toEqual([truth.dns.verdict, truth.dns.a]);
      }
      if (!truth.exists) expect(labTruth('distribution', `api.${truth.name}`).exists).toBe(false);
    }
  });

  it('knows suffixes, the empty TLD and the root', () => {
    expect(labTruth('s', 'com').dns.verdict).toBe('NOANSWER');
    expect(labTruth('s', 'co.uk').dns.verdict).toBe('NOANSWER');
    expect(labTruth('s', '').dns.verdict).toBe('NOANSWER');
    expect(labTruth('s', 'live-1.invalid').dns.verdict).toBe('NXDOMAIN');
  });
});
