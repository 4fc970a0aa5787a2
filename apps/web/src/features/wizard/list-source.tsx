import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Textarea } from '@domainflow/ui/primitives/input.tsx';
import { useFormContext, useWatch } from 'react-hook-form';
import { countOf } from '../../lib/format.ts';
import { namesOf } from '../refusals/refusals.ts';
import { RefusedLines } from '../refusals/refused-lines.tsx';
import type { InputProblem } from './input-problem.ts';
import { tooManyNames, type WizardValues } from './wizard-values.ts';

interface ListSourceProps {
  problem: InputProblem | null;
  /** Called as the list changes: what was said of the old one no longer holds. */
  onEdit: () => void;
}

export function ListSource({ problem, onEdit }: ListSourceProps) {
  const { register } = useFormContext<WizardValues>();
  const list = useWatch<WizardValues, 'list'>({ name: 'list' });
  const count = namesOf(list).length;
  const refusal = problem?.refusal ?? null;
  return (
    <div className="space-y-3">
      <Field
        label="Names"
        aside={countOf(count, 'name')}
        hint="One a line, or separated by commas or spaces."
        error={problem?.message ?? tooManyNames(count)}
      >
        {(field) => (
          <Textarea
            {...field}
            {...register('list', { onChange: onEdit })}
            rows={10}
            placeholder={'example.com\nexample.org'}
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      {refusal === null ? null : <RefusedLines lines={refusal.first} total={refusal.rejected} />}
    </div>
  );
}
