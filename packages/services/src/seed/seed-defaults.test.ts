import { keywordSets } from '@domainflow/db/schema/keyword-set.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { allLabKeywords } from '@domainflow/lab/vocabulary.ts';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServiceFixture, type ServiceFixture } from '../accounts/testing/service-fixture.ts';
import { checkRules } from '../keyword-sets/rules-input.ts';
import { starterRules } from '../keyword-sets/starter-rules.ts';
import { seedDefaults } from './seed-defaults.ts';

let fixture: ServiceFixture;
beforeAll(async () => {
  fixture = await openServiceFixture();
});
afterAll(() => fixture.close());

const names = async () =>
  (await fixture.db.select().from(personas).orderBy(personas.kind, personas.name)).map(
    (each) => `${each.kind} ${each.name}${each.isDefault ? ' (default)' : ''}`,
  );
const labDns = async () => {
  const lab = and(eq(personas.kind, 'dns'), eq(personas.name, 'Lab'));
  const [row] = await fixture.db.select().from(personas).where(lab);
  return row;
};

test('a new installation has its defaults, once, however many processes start', async () => {
  await Promise.all([seedDefaults(fixture.db), seedDefaults(fixture.db), seedDefaults(fixture.db)]);
  expect(await names()).toEqual(['dns System resolvers (default)', 'http Standard (default)']);
  expect(await fixture.db.select().from(keywordSets)).toMatchObject([{ name: 'Commerce and services' }]);
});

test('the lab persona follows the address of the lab and keeps what people changed', async () => {
  await seedDefaults(fixture.db, { labDns: { host: '127.0.0.1', port: 5301 } });
  expect(await names()).toEqual([
    'dns Lab',
    'dns System resolvers (default)',
    'http Lab',
    'http Standard (default)',
  ]);
  expect(await labDns()).toMatchObject({
    version: 1,
    config: {
      resolvers: [{ address: '127.0.0.1:5301' }],
      timeoutMs: 1_000,
      attempts: 3,
      recordTypes: ['A', 'AAAA'],
    },
  });
  await seedDefaults(fixture.db, { labDns: { host: '127.0.0.1', port: 5301 } });
  expect(await labDns()).toMatchObject({ version: 1 });
  const [byDefault] = await fixture.db.select().from(personas).where(eq(personas.name, 'System resolvers'));
  expect(byDefault).toMatchObject({ version: 1, config: { resolvers: [] } });

  const config = { ...(await labDns())?.config, timeoutMs: 1_500 };
  await fixture.db.update(personas).set({ config }).where(eq(personas.name, 'Lab'));
  await seedDefaults(fixture.db, { labDns: { host: '::1', port: 5302 } });
  expect(await labDns()).toMatchObject({
    version: 2,
    config: { resolvers: [{ address: '[::1]:5302' }], timeoutMs: 1_500, attempts: 3 },
  });
});

test('a keyword set that was deleted stays deleted; a default that an administrator chose stays', async () => {
  await fixture.db.delete(keywordSets);
  const chosen = { kind: 'dns' as const, name: 'Chosen', config: {}, isDefault: true };
  await fixture.db.delete(personas).where(eq(personas.isDefault, true));
  await fixture.db.insert(personas).values(chosen);
  await seedDefaults(fixture.db);
  expect(await fixture.db.select().from(keywordSets)).toEqual([]);
  expect(await names()).toEqual(['dns Chosen (default)', 'dns Lab', 'http Lab', 'http Standard (default)']);
});

test('the starter rules can run, and each language of the lab has words among them', async () => {
  await checkRules(starterRules);
  const patterns = new Set(starterRules.map((rule) => rule.pattern));
  const found = allLabKeywords.filter((keyword) => patterns.has(keyword));
  expect(found.length / allLabKeywords.length).toBeGreaterThan(0.9);
});
