import type { Inputs, PersonaView } from '../../lib/contract.ts';
import { api } from '../../lib/trpc.ts';

/** What a form of either kind gives. */
export type PersonaDraft = Pick<Inputs['personas']['create'], 'name'> & {
  readonly description: string;
  readonly isDefault: boolean;
} & (
    | {
        readonly kind: 'dns';
        readonly config: NonNullable<Extract<Inputs['personas']['create'], { kind: 'dns' }>['config']>;
      }
    | {
        readonly kind: 'http';
        readonly config: NonNullable<Extract<Inputs['personas']['create'], { kind: 'http' }>['config']>;
      }
  );

/** Creates a persona, or changes the given one at the version that was opened. */
export function savePersona(persona: PersonaView | null, draft: PersonaDraft): Promise<PersonaView> {
  if (persona === null) return api.personas.create.mutate(draft);
  const { name, description, isDefault, config } = draft;
  return api.personas.update.mutate({
    id: persona.personaId,
    version: persona.version,
    name,
    description,
    config: { ...config },
    // Left out where it stays: only administrators may send it.
    ...(isDefault === persona.isDefault ? {} : { isDefault }),
  });
}

/** Deletes a persona; null where it may not be: it is new, or the default. */
export const deletionOf = (persona: PersonaView | null): (() => Promise<unknown>) | null =>
  persona === null || persona.isDefault
    ? null
    : () => api.personas.delete.mutate({ id: persona.personaId, version: persona.version });
