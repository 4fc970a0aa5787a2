import { expect, test } from 'vitest';
import { z } from 'zod';
import { droppedField } from './dropped-field.ts';

const schema = z.object({
  rules: z.array(z.object({ pattern: z.string(), weight: z.number().default(1) })),
  named: z.record(z.string(), z.number()).default({}),
  ids: z
    .array(z.string())
    .transform((ids) => [...new Set(ids)])
    .default([]),
});

test.each([
  [{ rules: [{ pattern: 'a' }, { pattern: 'b', weigth: 5 }] }, 'rules.1.weigth'],
  [{ rules: [], more: 1 }, 'more'],
  [{ rules: [{ pattern: 'a', weight: 2 }], named: { x: 1 }, ids: ['a', 'a'] }, null],
  [{ rules: [{ pattern: 'a', weigth: undefined }], named: { constructor: 1 } }, null],
] as const)('%j: %s', (given, path) => {
  expect(droppedField(given, schema.parse(given))).toBe(path);
});
