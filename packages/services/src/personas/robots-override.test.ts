import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServiceFixture, type ServiceFixture } from '../accounts/testing/service-fixture.ts';
import { seedDefaults } from '../seed/seed-defaults.ts';
import { personaOperations } from './operations.ts';

let fixture: ServiceFixture;
beforeAll(async () => {
  fixture = await openServiceFixture();
  await seedDefaults(fixture.db);
});
afterAll(() => fixture.close());

test('robots.txt is ignored with a reason only, and the audit has it', async () => {
  const owner = await fixture.signedIn('owner', 'member');
  const make = (config: object) =>
    owner.call<{ personaId: string }>(personaOperations.create, { kind: 'http', name: 'Own sites', config });
  await expect(make({ robots: 'ignore' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'config.robotsOverrideReason',
  });
  const { personaId } = await make({ robots: 'ignore', robotsOverrideReason: 'They are ours' });
  const entries = await fixture.db
    .select({ details: auditLogs.details })
    .from(auditLogs)
    .where(and(eq(auditLogs.entityId, personaId), eq(auditLogs.action, 'personas.create')));
  expect(entries).toMatchObject([{ details: { robotsOverrideReason: 'They are ours' } }]);
});
