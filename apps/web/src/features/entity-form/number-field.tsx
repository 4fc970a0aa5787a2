import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';

interface NumberFieldProps {
  label: string;
  /** What `register` gives for it. */
  registration: UseFormRegisterReturn;
  hint?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
}

/** A number of a form. */
export function NumberField({ label, registration, hint, error, placeholder }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(field) => (
        <Input
          {...field}
          {...registration}
          type="number"
          inputMode="decimal"
          step="any"
          placeholder={placeholder}
        />
      )}
    </Field>
  );
}
