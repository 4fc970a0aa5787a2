import { expect, test } from 'vitest';
import { parseResolverAddress } from './resolver-address.ts';
import { systemResolvers } from './system-resolvers.ts';

test("the system's resolvers are addresses that a pool takes", () => {
  for (const resolver of systemResolvers()) expect(parseResolverAddress(resolver).port).toBeGreaterThan(0);
});
