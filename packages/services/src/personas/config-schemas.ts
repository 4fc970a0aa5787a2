import { invalidInput } from '@domainflow/domain/errors.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import type { z } from 'zod';
import { refuseDropped } from '../operation/dropped-field.ts';

export const PERSONA_KINDS = ['dns', 'http'] as const;
export type PersonaKind = (typeof PERSONA_KINDS)[number];

/** Configurations as people give them: a field that does not exist is a mistake, not something to drop. */
export const configSchemas = {
  dns: dnsPersonaSchema.strict(),
  http: httpPersonaSchema.strict(),
} satisfies Record<PersonaKind, z.ZodType>;

/** The configuration as its kind reads it; `INVALID_INPUT` names the first field at fault (`config.timeoutMs`). */
export function parsePersonaConfig(kind: PersonaKind, config: unknown): Record<string, unknown> {
  const parsed = configSchemas[kind].safeParse(config);
  if (parsed.success) {
    refuseDropped(config, parsed.data, 'config');
    return parsed.data;
  }
  const issues = parsed.error.issues.map((issue) => {
    const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    return { field: ['config', ...issue.path, ...unknownKey].map(String).join('.'), message: issue.message };
  });
  const [first] = issues;
  const message =
    first === undefined ? 'The configuration is not valid.' : `${first.field}: ${first.message}`;
  throw invalidInput(message, first?.field ?? 'config', { issues });
}
