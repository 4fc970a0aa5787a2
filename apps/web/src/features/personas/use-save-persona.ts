import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Inputs, PersonaView } from '../../lib/contract.ts';
import { api, trpc } from '../../lib/trpc.ts';

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

interface SavePersonaOptions {
  readonly onSaved: () => void;
  readonly onError: (error: unknown) => void;
}

/** Creates a persona, or changes the given one at the version that was opened. */
export function useSavePersona(persona: PersonaView | null, { onSaved, onError }: SavePersonaOptions) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (draft: PersonaDraft): Promise<PersonaView> => {
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
    },
    onSuccess: (saved) => {
      toast.success(`Saved: ${saved.name}`);
      onSaved();
    },
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.personas.pathKey() }),
  });
}
