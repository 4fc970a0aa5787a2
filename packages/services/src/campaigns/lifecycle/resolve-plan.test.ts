import { personas } from '@domainflow/db/schema/persona.ts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServiceFixture, type ServiceFixture } from '../../accounts/testing/service-fixture.ts';
import { parsePersonaConfig } from '../../personas/config-schemas.ts';
import { seedDefaults } from '../../seed/seed-defaults.ts';
import { MISSING_ID } from '../testing/campaign-fixture.ts';
import { resolvePlan } from './resolve-plan.ts';

let services: ServiceFixture;
let named = '';
let ofDnsPhase = '';

async function addPersona(name: string, resolver: string): Promise<string> {
  const config = parsePersonaConfig('dns', { resolvers: [resolver] });
  const [row] = await services.db
    .insert(personas)
    .values({ kind: 'dns', name, description: '', config })
    .returning({ id: personas.id });
  return row?.id ?? '';
}

beforeAll(async () => {
  services = await openServiceFixture();
  await seedDefaults(services.db);
  named = await addPersona('Named', '9.9.9.9');
  ofDnsPhase = await addPersona('Of the DNS phase', '1.1.1.1');
});
afterAll(() => services.close());

const dns = (): Record<string, unknown> => ({ dns: { personaId: ofDnsPhase } });

describe('who is asked for names that the HTTP phase meets', () => {
  it('is the DNS persona that its configuration names', async () => {
    const plan = await resolvePlan(services.db, 'http', { personaId: null, dnsPersonaId: named }, dns());
    expect(plan.lookupPersona).toMatchObject({ resolvers: [{ address: '9.9.9.9' }] });
  });

  it('is that of the campaign’s DNS phase where it names none', async () => {
    const config = { personaId: null, dnsPersonaId: null };
    const plan = await resolvePlan(services.db, 'http', config, dns());
    expect(plan.lookupPersona).toMatchObject({ resolvers: [{ address: '1.1.1.1' }] });
    expect(plan.persona).toMatchObject({ maxRedirects: 5 });
  });

  it('is the platform’s default where the campaign has none', async () => {
    for (const campaign of [{}, { dns: null }, { dns: { personaId: null } }]) {
      const plan = await resolvePlan(services.db, 'http', {}, campaign);
      expect(plan.lookupPersona).toMatchObject({ resolvers: [] });
    }
  });

  it('is nobody for other phases', async () => {
    expect((await resolvePlan(services.db, 'dns', { personaId: named }, dns())).lookupPersona).toBeNull();
    expect((await resolvePlan(services.db, 'analysis', {}, dns())).lookupPersona).toBeNull();
  });

  it('must exist, and be a DNS persona', async () => {
    const [http] = await services.db.select().from(personas).where(eq(personas.kind, 'http'));
    for (const dnsPersonaId of [MISSING_ID, http?.id]) {
      await expect(resolvePlan(services.db, 'http', { dnsPersonaId }, dns())).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        field: 'dnsPersonaId',
      });
    }
  });
});
