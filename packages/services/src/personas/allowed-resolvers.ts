import { invalidInput } from '@domainflow/domain/errors.ts';
import type { Probes } from '@domainflow/domain/probe/probes.ts';
import { z } from 'zod';

const LISTS = ['resolvers', 'trustedResolvers'] as const;
const entries = z.array(z.object({ address: z.string() })).default([]);
const resolversSchema = z.object({ resolvers: entries, trustedResolvers: entries });

/**
 * Refuses a configuration that names a resolver which may not be asked (loopback, private and the like, unless the
 * boot option allows it): `INVALID_INPUT` with the field, such as `config.resolvers.0.address`. Configurations without
 * resolvers pass. Connections are checked again when they are made.
 */
export function requireAllowedResolvers(
  probes: Probes,
  config: Readonly<Record<string, unknown>>,
  path: readonly string[] = ['config'],
): void {
  const lists = resolversSchema.parse(config);
  const issues = LISTS.flatMap((list) =>
    lists[list].flatMap(({ address }, index) => {
      const reason = probes.resolverRefusal(address);
      const field = [...path, list, index, 'address'].join('.');
      return reason === null
        ? []
        : [{ field, message: `The resolver ${address} may not be asked: ${reason}.` }];
    }),
  );
  const [first] = issues;
  if (first !== undefined) throw invalidInput(first.message, first.field, { issues });
}
