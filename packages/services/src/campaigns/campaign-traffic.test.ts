import { afterAll, beforeAll, expect, test } from 'vitest';
import { personaOperations } from '../personas/operations.ts';
import { campaignOperations } from './operations.ts';
import { type CampaignFixture, MISSING_ID, names, openCampaignFixture } from './testing/campaign-fixture.ts';

let fixture: CampaignFixture;
beforeAll(async () => {
  fixture = await openCampaignFixture();
});
afterAll(() => fixture.close());

interface Traffic {
  readonly phases: readonly {
    readonly phase: string;
    readonly report: {
      readonly order: { readonly configured: string };
      readonly caps: readonly object[];
    } | null;
    readonly sentence: string;
  }[];
}

const traffic = (id: string): Promise<Traffic> =>
  fixture.owner.call<Traffic>(campaignOperations.traffic, { id });

async function started(dns: Record<string, unknown>): Promise<string> {
  const { campaignId } = await fixture.create({ phases: { dns } });
  await fixture.owner.call(campaignOperations.start, { id: campaignId });
  return campaignId;
}

async function personaWith(shaping: unknown): Promise<string> {
  const { personaId } = await fixture.owner.call<{ personaId: string }>(personaOperations.create, {
    kind: 'dns',
    name: `Shaped ${crypto.randomUUID()}`,
    config: { resolvers: ['192.0.2.53'], shaping },
  });
  return personaId;
}

test('a phase that has not begun is not told of, and one without shaping says so', async () => {
  const { campaignId } = await fixture.create();
  expect((await traffic(campaignId)).phases).toEqual([]);
  const plain = await traffic(await started({}));
  expect(plain.phases).toMatchObject([
    { phase: 'dns', report: null, sentence: 'Traffic is not shaped: nothing was measured.' },
  ]);
});

test('the phase’s own shaping wins over its persona’s, and off switches that off', async () => {
  const personaId = await personaWith({ preset: 'gentle' });
  const [byPersona] = (await traffic(await started({ personaId }))).phases;
  expect(byPersona?.report?.caps).toMatchObject([
    { target: 'resolver', perSecond: 200 },
    {},
    { perSecond: 5 },
  ]);
  const [own] = (
    await traffic(await started({ personaId, shaping: { caps: { resolver: { perSecond: 7 } } } }))
  ).phases;
  expect(own?.report).toMatchObject({
    order: { configured: 'sequential' },
    caps: [{ perSecond: 7 }, {}, { perSecond: null }],
  });
  expect(
    (await traffic(await started({ personaId, shaping: { preset: 'off' } }))).phases[0]?.report,
  ).toBeNull();
  const [mixed] = (await traffic(await started({ shaping: { preset: 'discreet', order: 'sequential' } })))
    .phases;
  expect(mixed?.report).toMatchObject({
    order: {
      configured: 'sequential',
      sentence: 'Too few domains have begun to say anything of their order.',
    },
    interArrival: { configured: { distribution: 'exponential', meanMs: 200, variation: 1 } },
  });
});

test('a retry has a report of its own run', async () => {
  const campaignId = await started({ shaping: { order: 'random' } });
  await fixture.sql`
    UPDATE batches SET metrics = '{"traffic.starts": 12, "traffic.n": 5, "canary.sent": 3}'
    WHERE campaign_id = ${campaignId}`;
  expect((await traffic(campaignId)).phases[0]?.report).toMatchObject({ starts: 12, order: { domains: 5 } });
  await fixture.sql`UPDATE phase_runs SET run = 2 WHERE campaign_id = ${campaignId}`;
  expect((await traffic(campaignId)).phases[0]?.report).toMatchObject({ starts: 0, order: { domains: 0 } });
});

test.each([
  [{ order: 'backwards' }, 'phases.dns.shaping.order'],
  [{ preset: 'furtive' }, 'phases.dns.shaping.preset'],
  [{ jitter: { distribution: 'normal', meanMs: -1 } }, 'phases.dns.shaping.jitter.meanMs'],
  [{ caps: { resolver: { perSecond: 0 } } }, 'phases.dns.shaping.caps.resolver.perSecond'],
  [
    { quietHours: { timeZone: 'Nowhere', from: '22:00', to: '06:00' } },
    'phases.dns.shaping.quietHours.timeZone',
  ],
  [{ quietHours: { timeZone: 'UTC', from: '22:00', to: '22:00' } }, 'phases.dns.shaping.quietHours.to'],
  [{ rotation: { personaIds: [MISSING_ID] } }, 'phases.dns.shaping.rotation.personaIds.0'],
])('%j is refused, and nothing is written', async (shaping, field) => {
  const before = (await fixture.owner.call<{ total: number }>(campaignOperations.list, {})).total;
  await expect(
    fixture.create({ input: { source: 'list', domains: names(2) }, phases: { dns: { shaping } } }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
  expect((await fixture.owner.call<{ total: number }>(campaignOperations.list, {})).total).toBe(before);
});
