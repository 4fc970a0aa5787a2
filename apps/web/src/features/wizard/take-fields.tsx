import { Notice } from '@domainflow/ui/blocks/notice.tsx';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { ChoiceCards } from '@domainflow/ui/primitives/choice-cards.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { formatBigCount } from '../../lib/format.ts';
import type { PatternErrors } from './pattern-values.ts';
import type { PatternPreviewState } from './use-pattern-preview.ts';
import type { WizardValues } from './wizard-values.ts';

function resumeHint(preview: PatternPreviewState): string {
  const { data } = preview;
  if (data === undefined) return 'No name is given to two campaigns.';
  if (data.nextOffset === '0') return 'No campaign has had any of it: this one begins at offset 0.';
  return `Next offset: ${formatBigCount(data.nextOffset)} of ${formatBigCount(data.size)}. What came before has been given to campaigns.`;
}

interface TakeFieldsProps {
  errorOf: PatternErrors;
  preview: PatternPreviewState;
}

/** What the campaign takes of the space: how much, from where, and whether names may repeat. */
export function TakeFields({ errorOf, preview }: TakeFieldsProps) {
  const { register, control } = useFormContext<WizardValues>();
  const start = useWatch<WizardValues, 'pattern.start'>({ name: 'pattern.start' });
  const startError = errorOf('start');
  const isUsedUp = start === 'resume' && preview.data?.available === '0';
  return (
    <div className="space-y-4 border-t border-line pt-4">
      <Field label="Names to generate" aside="empty takes all" className="max-w-60" error={errorOf('target')}>
        {(field) => (
          <Input {...field} {...register('pattern.target')} inputMode="numeric" autoComplete="off" />
        )}
      </Field>
      <Controller
        control={control}
        name="pattern.start"
        render={({ field }) => (
          <ChoiceCards
            legend="Where it begins"
            value={field.value}
            onChange={field.onChange}
            choices={[
              {
                value: 'resume',
                label: 'Go on where this pattern stopped',
                hint: resumeHint(preview),
              },
              { value: 'offset', label: 'At an offset', hint: 'Names may have been generated before.' },
            ]}
          />
        )}
      />
      {isUsedUp || startError !== undefined ? (
        <Notice tone="warn" title="Nothing of this pattern is left">
          {startError ??
            'All of it has been given to campaigns. Widen the pattern, or begin at an offset to go through it again.'}
        </Notice>
      ) : null}
      {start === 'offset' ? (
        <Field
          label="Offset"
          hint={
            preview.data === undefined
              ? 'Offsets count from 0.'
              : `From 0 to ${formatBigCount(String(BigInt(preview.data.size) - 1n))}.`
          }
          className="max-w-80"
          error={errorOf('startOffset')}
        >
          {(field) => (
            <Input
              {...field}
              {...register('pattern.startOffset')}
              inputMode="numeric"
              autoComplete="off"
              className="font-mono"
            />
          )}
        </Field>
      ) : null}
      <Checkbox
        {...register('pattern.enforceUniqueness')}
        label="Each name once"
        hint="An offset that spells a name which a lower one gave is skipped and counted. A campaign never holds a name twice: without this, a pattern that could repeat one is refused."
      />
    </div>
  );
}
