import { getResolverHealth } from './get-resolver-health.ts';
import { testResolvers } from './test-resolvers.ts';

export const resolverOperations = {
  health: getResolverHealth,
  test: testResolvers,
};
