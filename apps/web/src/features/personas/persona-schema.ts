import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import type { Resolver } from 'react-hook-form';
import { z } from 'zod';
import type { PersonaView } from '../../lib/contract.ts';
import { zodResolver } from '../../lib/form.ts';

const frame = {
  name: z.string().trim().min(1, 'A name is needed').max(100),
  description: z.string().trim().max(2_000),
  isDefault: z.boolean(),
};
/** What forms of both kinds hold. */
export type PersonaFrameValues = z.output<z.ZodObject<typeof frame>>;

/** What a form starts with; null is a new persona. */
export const frameValuesOf = (persona: PersonaView | null): PersonaFrameValues => ({
  name: persona?.name ?? '',
  description: persona?.description ?? '',
  isDefault: persona?.isDefault ?? false,
});

const dnsSchema = z.object({ ...frame, config: dnsPersonaSchema });
export type DnsPersonaValues = z.output<typeof dnsSchema>;

/** The form always writes resolvers as objects, though the schema would take texts also. */
export const dnsPersonaResolver = zodResolver(dnsSchema) as unknown as Resolver<
  DnsPersonaValues,
  unknown,
  DnsPersonaValues
>;

const httpSchema = z.object({ ...frame, config: httpPersonaSchema });
export type HttpPersonaInput = z.input<typeof httpSchema>;
export type HttpPersonaValues = z.output<typeof httpSchema>;
export const httpPersonaResolver = zodResolver(httpSchema);
