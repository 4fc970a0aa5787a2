import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { mutation } from '../operation/operation.ts';
import { requireAllowedResolvers } from '../personas/allowed-resolvers.ts';
import { runResolversTest } from '../probes/run-persona-test.ts';
import { knownNamesSchema } from '../probes/test-input.ts';
import { type ResolversTest, resolversTestSchema } from '../probes/test-result.ts';

export const testResolvers = mutation({
  name: 'resolvers.test',
  summary: 'Test resolvers: whether they answer, how fast, and whether they can be believed',
  rest: { method: 'POST', path: '/resolvers/test' },
  access: 'member',
  /** The fields of a DNS persona, `resolvers` above all; none: the system's. */
  input: dnsPersonaSchema.safeExtend({ names: knownNamesSchema }).strict(),
  output: resolversTestSchema,
  audit: (_input, { ok, resolvers }) => ({
    entity: 'resolver',
    entityId: null,
    details: { ok, resolvers: resolvers.map(({ resolver }) => resolver) },
  }),

  prepare(ctx, { names, ...persona }): Promise<ResolversTest> {
    requireAllowedResolvers(ctx.probes, persona, []);
    return runResolversTest(ctx, persona, names);
  },
  run: (_ctx, _input, result) => Promise.resolve(result),
});
