import { addressLookup } from '@domainflow/domain/http/address-lookup.ts';
import type { AddressLookup } from '@domainflow/domain/http/http-port.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { type Lab, startLab } from '@domainflow/lab/start-lab.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProcessClock } from '../clock/process-clock.ts';
import { type ClosableDnsPort, createDnsPort } from '../dns/dns-port.ts';
import { createGuard } from '../guard/guard.ts';

const clock = createProcessClock();
let lab: Lab;
let dns: ClosableDnsPort;

const lookupBy = (fields: object): AddressLookup =>
  addressLookup(dnsPersonaSchema.parse(fields), { dns, clock });
const resolvers = (): string[] => [`${lab.dns.host}:${lab.dns.port}`];

beforeAll(async () => {
  lab = await startLab({ seed: 'lookup-test' });
  dns = createDnsPort({ guard: createGuard({ lab }), systemResolvers: [] });
});

afterAll(async () => {
  await dns.close();
  await lab.close();
});

describe('lookup of addresses', () => {
  it('asks the resolvers of the persona, for the types that it asks for', async () => {
    const { a, aaaa } = lab.truth('live-1.com').dns;
    expect([...(await lookupBy({ resolvers: resolvers() })('live-1.com'))].sort()).toEqual(
      [...a, ...aaaa].sort(),
    );
    expect(await lookupBy({ resolvers: resolvers(), recordTypes: ['A'] })('live-1.com')).toEqual(a);
    await expect(lookupBy({})('live-1.com')).rejects.toThrow('no DNS resolver');
  });

  it('gives none for names without, and rejects where nobody could say', async () => {
    const lookup = lookupBy({ resolvers: resolvers(), timeoutMs: 100, attempts: 1 });
    expect(await lookup('absent-1.com')).toEqual([]);
    await expect(lookup('servfail-1.com')).rejects.toMatchObject({ rcode: 'SERVFAIL' });
    await expect(lookup('timeout-1.com')).rejects.toMatchObject({ rcode: 'TIMEOUT' });
  });

  it('asks once for what is asked again, at once or soon, whatever batch asks', async () => {
    lab.resetCounts();
    const persona = { resolvers: resolvers(), attempts: 2 };
    const answers = await Promise.all(Array.from({ length: 20 }, () => lookupBy(persona)('live-2.com')));
    answers.push(await lookupBy(persona)('live-2.com'));
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(lab.queries().dns.total).toBe(2);
    await lookupBy({ ...persona, attempts: 3 })('live-2.com');
    expect(lab.queries().dns.total).toBe(4);
  });
});
