import { testResolvers } from './test-resolvers.ts';

export const resolverOperations = {
  test: testResolvers,
};
