import { expect, test } from 'vitest';
import { resolveShaping, type ShapingConfig, shapedBatchSize, shapingSchema } from './shaping-schema.ts';

test.each<[ShapingConfig | { caps: object } | { jitter: object }, number]>([
  [{ order: 'random' }, 10_000],
  [{ preset: 'gentle' }, 200],
  [{ preset: 'discreet' }, 50],
  [{ caps: { nameServer: { perSecond: 120.5 } } }, 121],
  [{ caps: { resolver: { perSecond: 500_000 } } }, 10_000],
  // Targets that are many do not hold back the run.
  [{ caps: { registrableDomain: { perSecond: 1 }, address: { perSecond: 1 } } }, 10_000],
  [{ order: 'random', jitter: { distribution: 'uniform', meanMs: 4 } }, 250],
  // What is to come in sequence comes from one batch after the other.
  [{ jitter: { distribution: 'uniform', meanMs: 4 } }, 10_000],
  [{ jitter: { distribution: 'none', meanMs: 4 } }, 10_000],
])('%j: batches of %i domains', (config, size) => {
  expect(shapedBatchSize(resolveShaping(shapingSchema.parse(config), null), 10_000)).toBe(size);
});

test('a run that is not shaped has the size of its phase', () => {
  expect(shapedBatchSize(null, 1_000)).toBe(1_000);
});
