import { describe, expect, test } from 'vitest';
import { labIdentity, planDns } from '../dns-plan.ts';
import { labTruth } from '../truth.ts';
import { HELD_RATE, planRdap, RDAP_WEIGHTS } from './rdap-plan.ts';
import { RdapRegistry, rdapBootstrap } from './rdap-server.ts';

const lab = labIdentity('rdap');
const HOST = 'rdap-registry-0.com';

function ask(registry: RdapRegistry, name: string, host = HOST) {
  const answer = registry.answer(host, `/v1/domain/${name}`);
  if (answer.type !== 'reply') throw new Error('silence');
  return answer;
}

describe('the registry of the lab', () => {
  test('knows what is delegated, and what it holds back', () => {
    const registry = new RdapRegistry(lab);
    expect(ask(registry, 'live-1.com')).toMatchObject({ status: 200 });
    expect(JSON.parse(ask(registry, 'live-1.com').body)).toMatchObject({ ldhName: 'LIVE-1.COM' });
    expect(ask(registry, 'absent-1.com')).toMatchObject({ status: 404 });
    expect(labTruth('rdap', 'held-1.com').dns.verdict).toBe('NXDOMAIN');
    expect(JSON.parse(ask(registry, 'held-1.com').body)).toMatchObject({ status: ['server hold'] });
    expect(ask(registry, 'com')).toMatchObject({ status: 404 });
    expect(ask(registry, 'www.live-1.com')).toMatchObject({ status: 404 });
  });

  test('keeps the documented shares', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `shop${index.toString(36)}.com`);
    const plans = names.map((name) => planRdap(lab, name)).filter((plan) => plan !== null);
    for (const [kind, weight] of RDAP_WEIGHTS) {
      const share = plans.filter((plan) => plan.kind === kind).length / plans.length;
      expect(Math.abs(share - weight / 1_000)).toBeLessThan(4 * Math.sqrt(weight / 1_000 / plans.length));
    }
    const absent = names.filter((name) => planDns(lab, name).kind === 'absent');
    const held = absent.filter((name) => planRdap(lab, name)?.isHeld === true);
    expect(Math.abs(held.length / absent.length - HELD_RATE)).toBeLessThan(0.006);
  });

  test('a limited name is told once its time has come, and haste is noticed', () => {
    let now = 5_000;
    const registry = new RdapRegistry(lab, () => now);
    expect(ask(registry, 'live-limited-1.com')).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '1' },
      isHasty: false,
    });
    now += 900;
    expect(ask(registry, 'live-limited-1.com')).toMatchObject({ status: 429, isHasty: true });
    now += 100;
    expect(ask(registry, 'live-limited-1.com')).toMatchObject({ status: 200, isHasty: false });
  });

  test('the others say nothing that can be believed', () => {
    const registry = new RdapRegistry(lab);
    expect(ask(registry, 'live-1.io', 'rdap-busy-0.net')).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '3600' },
    });
    expect(ask(registry, 'live-down-1.com').status).toBe(503);
    expect(() => JSON.parse(ask(registry, 'live-broken-1.com').body)).toThrow();
    expect(JSON.parse(ask(registry, 'live-mistaken-1.com').body)).toMatchObject({
      ldhName: 'NOT-LIVE-MISTAKEN-1.COM',
    });
    expect(registry.answer(HOST, '/v1/domain/live-silent-1.com')).toEqual({ type: 'silence' });
    expect(ask(registry, 'live-circling-1.com').headers['Location']).toBe(
      `https://${HOST}/v1/domain/live-circling-1.com`,
    );
    const location = ask(registry, 'live-moved-1.com').headers['Location'] ?? '';
    expect(ask(registry, 'live-moved-1.com', new URL(location).hostname).status).toBe(200);
  });

  test('its servers stand where the lab has hosts', () => {
    const { services } = JSON.parse(rdapBootstrap()) as { services: [string[], string[]][] };
    for (const [, [url = '']] of services) {
      expect(labTruth('any', new URL(url).hostname).dns).toMatchObject({ verdict: 'OK', kind: 'plain' });
    }
  });
});
