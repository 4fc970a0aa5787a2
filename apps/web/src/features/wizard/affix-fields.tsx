import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { CHARSET_PRESETS } from './charset-presets.ts';
import type { PatternErrors } from './pattern-values.ts';
import { TldsField } from './tlds-field.tsx';
import type { WizardValues } from './wizard-values.ts';

const KINDS = [
  { value: 'prefix', label: 'Before' },
  { value: 'suffix', label: 'After' },
  { value: 'both', label: 'Both sides' },
] as const;

/** Variable characters before and after a constant part. */
export function AffixFields({ errorOf }: { errorOf: PatternErrors }) {
  const { register, control, setValue } = useFormContext<WizardValues>();
  const fields = useWatch<WizardValues, 'pattern'>({ name: 'pattern' });
  return (
    <>
      <div className="flex flex-wrap items-start gap-4">
        <div className="flex flex-col gap-1">
          <p className="text-sm font-medium">Variable characters stand</p>
          <Controller
            control={control}
            name="pattern.pattern"
            render={({ field }) => (
              <Segmented
                isField
                label="Where the variable characters stand"
                value={field.value}
                onChange={field.onChange}
                options={KINDS}
              />
            )}
          />
        </div>
        <Field
          label="Constant part"
          aside="optional"
          className="min-w-40 flex-1"
          error={errorOf('constantPart')}
        >
          {(field) => (
            <Input
              {...field}
              {...register('pattern.constantPart')}
              placeholder="bakery"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-4">
        {fields.pattern === 'suffix' ? null : (
          <Field label="Characters before" error={errorOf('prefixVariableLength')}>
            {(field) => (
              <Input
                {...field}
                {...register('pattern.prefixVariableLength', { valueAsNumber: true })}
                type="number"
                inputMode="numeric"
                min={0}
                max={63}
              />
            )}
          </Field>
        )}
        {fields.pattern === 'prefix' ? null : (
          <Field label="Characters after" error={errorOf('suffixVariableLength')}>
            {(field) => (
              <Input
                {...field}
                {...register('pattern.suffixVariableLength', { valueAsNumber: true })}
                type="number"
                inputMode="numeric"
                min={0}
                max={63}
              />
            )}
          </Field>
        )}
      </div>
      <div>
        <Field label="Characters" error={errorOf('charSet')}>
          {(field) => (
            <Input
              {...field}
              {...register('pattern.charSet')}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <fieldset className="mt-1.5 flex flex-wrap gap-1">
          <legend className="sr-only">Common sets of characters</legend>
          {CHARSET_PRESETS.map((preset) => (
            <Button
              key={preset.label}
              size="sm"
              look="ghost"
              aria-pressed={fields.charSet === preset.charSet}
              className="font-mono ring-1 ring-line ring-inset aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
              onClick={() => setValue('pattern.charSet', preset.charSet, { shouldValidate: true })}
            >
              {preset.label}
            </Button>
          ))}
        </fieldset>
      </div>
      <TldsField name="pattern.tlds" error={errorOf('tlds')} />
    </>
  );
}
