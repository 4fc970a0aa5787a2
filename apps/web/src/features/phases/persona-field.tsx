import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Select } from '@domainflow/ui/primitives/input.tsx';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';

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
export function PersonaField({ kind, label, value, onChange, noneLabel, hint, error }: PersonaFieldProps) {
  const personas = useQuery(trpc.personas.list.queryOptions({ kind, limit: 200 }));
  const items = personas.data?.items ?? [];
  const standard = items.find((persona) => persona.isDefault);
  const chosen = items.find((persona) => persona.personaId === value);
  const explained = hint ?? (value === null ? standard : chosen)?.description ?? '';
  return (
    <div className="max-w-lg space-y-2">
      <Field label={label} error={error} hint={explained === '' ? undefined : explained}>
        {(control) => (
          <Select
            {...control}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">
              {noneLabel ?? (standard === undefined ? 'Default' : `Default: ${standard.name}`)}
            </option>
            {items.map((persona) => (
              <option key={persona.personaId} value={persona.personaId}>
                {persona.name}
              </option>
            ))}
            {value === null || chosen !== undefined ? null : (
              <option value={value}>{personas.isPending ? 'Loading…' : 'A persona that is gone'}</option>
            )}
          </Select>
        )}
      </Field>
      {personas.error === null ? null : (
        <ErrorNotice error={personas.error} title="The personas could not be loaded" />
      )}
    </div>
  );
}
