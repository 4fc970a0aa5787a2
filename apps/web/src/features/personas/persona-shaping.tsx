import { Controller, useFormContext } from 'react-hook-form';
import { ShapingFields } from '../phases/shaping-fields.tsx';
import type { DnsPersonaValues, HttpPersonaInput } from './persona-schema.ts';

/** What both kinds have. */
interface Shaped {
  config: Pick<DnsPersonaValues['config'] | HttpPersonaInput['config'], 'shaping'>;
}

/** The fields say themselves what is wrong with them; this says that something is. */
const faultOf = (error: unknown): string | undefined =>
  error === undefined ? undefined : 'One of these settings is not possible.';

/** The shaping of phases with this persona that say nothing of their own. */
export function PersonaShaping({ phase }: { phase: 'dns' | 'http' }) {
  const { control, formState } = useFormContext<Shaped>();
  return (
    <Controller
      control={control}
      name="config.shaping"
      render={({ field: { value, onChange } }) => (
        <ShapingFields
          phase={phase}
          isOfPersona
          value={value ?? null}
          onChange={onChange}
          error={faultOf(formState.errors.config?.shaping)}
        />
      )}
    />
  );
}
