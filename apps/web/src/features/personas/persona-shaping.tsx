import { Controller, useFormContext } from 'react-hook-form';
import { ShapingFields } from '../phases/shaping-fields.tsx';
import type { DnsPersonaValues, HttpPersonaInput } from './persona-schema.ts';

/** The fields say themselves what is wrong with them; this says that something is. */
const faultOf = (error: unknown): string | undefined =>
  error === undefined ? undefined : 'One of these settings is not possible.';

/** The shaping of DNS phases with this persona that say nothing of their own. */
export function DnsPersonaShaping() {
  const { control, formState } = useFormContext<DnsPersonaValues>();
  return (
    <Controller
      control={control}
      name="config.shaping"
      render={({ field: { value, onChange } }) => (
        <ShapingFields
          phase="dns"
          isOfPersona
          value={value ?? null}
          onChange={onChange}
          error={faultOf(formState.errors.config?.shaping)}
        />
      )}
    />
  );
}

/** The same for HTTP phases. */
export function HttpPersonaShaping() {
  const { control, formState } = useFormContext<HttpPersonaInput>();
  return (
    <Controller
      control={control}
      name="config.shaping"
      render={({ field: { value, onChange } }) => (
        <ShapingFields
          phase="http"
          isOfPersona
          value={value ?? null}
          onChange={onChange}
          error={faultOf(formState.errors.config?.shaping)}
        />
      )}
    />
  );
}
