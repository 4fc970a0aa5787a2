import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Controller, useFormContext } from 'react-hook-form';
import type { WizardValues } from './wizard-values.ts';

const asTld = (text: string): string => text.trim().toLowerCase().replace(/^\.+/, '');

interface TldsFieldProps {
  name: 'pattern.tlds' | 'pattern.swapTlds';
  label?: string;
  hint?: string;
  error: string | undefined;
}

/** Several TLDs, or suffixes such as co.uk. */
export function TldsField({
  name,
  label = 'TLDs',
  hint = 'Enter or comma adds one.',
  error,
}: TldsFieldProps) {
  const { control } = useFormContext<WizardValues>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <Field label={label} hint={hint} error={error}>
          {(wiring) => (
            <ChipsInput
              control={wiring}
              values={field.value}
              onChange={field.onChange}
              normalise={asTld}
              placeholder="com, de, co.uk"
            />
          )}
        </Field>
      )}
    />
  );
}
