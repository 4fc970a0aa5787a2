import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClosableDnsPort, createDnsPort } from '../dns/dns-port.ts';
import { createGuard } from '../guard/guard.ts';
import { type AddressLookup, createAddressLookup } from './address-lookup.ts';

const VIA = '127.53.0.1';
let lab: Lab;
let dns: ClosableDnsPort;
let lookup: AddressLookup;

beforeAll(async () => {
  lab = await startLab({ seed: 'lookup-test' });
  const guard = createGuard({ lab });
  dns = createDnsPort({ guard, systemResolvers: [] });
  lookup = createAddressLookup({ dns, guard });
});

afterAll(async () => {
  await dns.close();
  await lab.close();
});

describe('lookup of addresses', () => {
  it('gives all addresses, by the lab for redirects of its sites', async () => {
    const { a, aaaa } = lab.truth('live-1.com').dns;
    expect((await lookup('live-1.com', VIA)).sort()).toEqual([...a, ...aaaa].sort());
  });

  it('gives none for names without, and rejects where nobody could say', async () => {
    expect(await lookup('absent-1.com', VIA)).toEqual([]);
    await expect(lookup('servfail-1.com', VIA)).rejects.toThrow('SERVFAIL');
  });

  it('asks once for what is asked again, at once or soon', async () => {
    lab.resetCounts();
    const answers = await Promise.all(Array.from({ length: 20 }, () => lookup('live-2.com', VIA)));
    answers.push(await lookup('live-2.com', VIA));
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(lab.queries().dns.total).toBe(2);
  });

  it('does not ask the lab for names that do not come from it', async () => {
    await expect(lookup('live-3.com', '93.184.216.34')).rejects.toThrow('no DNS resolver');
    await expect(lookup('live-3.com', null)).rejects.toThrow('no DNS resolver');
  });
});
