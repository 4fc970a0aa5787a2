import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { defaultNamed, StoredChoiceField } from './stored-choice-field.tsx';

interface PersonaFieldProps {
  kind: 'dns' | 'http';
  label: string;
  value: string | null;
  onChange: (personaId: string | null) => void;
  /** What choosing none means, where it is not the platform's default. */
  noneLabel?: string;
  /** Instead of the description of the persona. */
  hint?: string;
  error?: string | null | undefined;
}

/** One persona of a kind, or none. */
export function PersonaField({ kind, value, noneLabel, hint, ...field }: PersonaFieldProps) {
  const personas = useQuery(trpc.personas.list.queryOptions({ kind, limit: 200 }));
  const items = personas.data?.items ?? [];
  const standard = items.find((persona) => persona.isDefault);
  const meant = value === null ? standard : items.find((persona) => persona.personaId === value);
  return (
    <StoredChoiceField
      {...field}
      list={personas}
      what="personas"
      optionOf={(persona) => [persona.personaId, persona.name]}
      none={noneLabel ?? defaultNamed(standard)}
      gone="A persona that is gone"
      value={value}
      hint={hint ?? meant?.description}
    />
  );
}
