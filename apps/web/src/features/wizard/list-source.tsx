import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useFormContext, useWatch } from 'react-hook-form';
import { formatCount } from '../../lib/format.ts';
import { namesOf, tooManyNames, type WizardValues } from './wizard-values.ts';

export function ListSource({ error }: { error: string | null }) {
  const { register } = useFormContext<WizardValues>();
  const list = useWatch<WizardValues, 'list'>({ name: 'list' });
  const count = namesOf(list).length;
  return (
    <Field
      label="Names"
      aside={`${formatCount(count)} ${count === 1 ? 'name' : 'names'}`}
      hint="One a line, or separated by commas or spaces."
      error={error ?? tooManyNames(count)}
    >
      {(field) => (
        <Textarea
          {...field}
          {...register('list')}
          rows={10}
          placeholder={'example.com\nexample.org'}
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
        />
      )}
    </Field>
  );
}
