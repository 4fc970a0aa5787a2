import { z } from 'zod';
import { mutation } from '../operation/operation.ts';
import { runPersonaTest } from '../probes/run-persona-test.ts';
import { testInput } from '../probes/test-input.ts';
import { type PersonaTest, personaTestSchema } from '../probes/test-result.ts';
import { requireAllowedResolvers } from './allowed-resolvers.ts';
import { configSchemas } from './config-schemas.ts';

export const testConfig = mutation({
  name: 'personas.testConfig',
  summary: 'Try a configuration out before it is saved as a persona',
  rest: { method: 'POST', path: '/personas/test' },
  access: 'member',
  input: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('dns'), config: configSchemas.dns.prefault({}), ...testInput }),
    z.object({ kind: z.literal('http'), config: configSchemas.http.prefault({}), ...testInput }),
  ]),
  output: personaTestSchema,
  audit: ({ kind }, { ok }) => ({ entity: 'persona', entityId: null, details: { kind, ok } }),

  prepare(ctx, { kind, config, ...options }): Promise<PersonaTest> {
    requireAllowedResolvers(ctx.probes, config);
    return runPersonaTest(ctx, kind, config, options);
  },
  run: (_ctx, _input, result) => Promise.resolve(result),
});
