import { Button } from '@domainflow/ui/primitives/button.tsx';
import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Segmented } from '@domainflow/ui/primitives/segmented.tsx';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { CHARSET_PRESETS } from './charset-presets.ts';
import { PatternPreview } from './pattern-preview.tsx';
import { usePatternPreview } from './use-pattern-preview.ts';
import type { WizardValues } from './wizard-values.ts';

const KINDS = [
  { value: 'prefix', label: 'Before' },
  { value: 'suffix', label: 'After' },
  { value: 'both', label: 'Both sides' },
] as const;

const asTld = (text: string): string => text.trim().toLowerCase().replace(/^\.+/, '');

/** A pattern, with what it means beside it while one types. */
export function PatternSource() {
  const { register, control, formState, setValue } = useFormContext<WizardValues>();
  const fields = useWatch<WizardValues, 'pattern'>({ name: 'pattern' });
  const preview = usePatternPreview(fields);
  const errors = formState.errors.pattern;
  /** The form's own complaint, else the API's about the same field. */
  const errorOf = (name: keyof WizardValues['pattern'], apiName: string = name): string | undefined =>
    errors?.[name]?.message ?? preview.errorAt(`pattern.${apiName}`);
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="space-y-4">
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
        <Controller
          control={control}
          name="pattern.tlds"
          render={({ field }) => (
            <Field label="TLDs" hint="Enter or comma adds one." error={errorOf('tlds')}>
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
        <Field
          label="Names to generate"
          aside="empty takes all"
          className="max-w-60"
          error={errorOf('target', 'targetDomainsToGenerate')}
        >
          {(field) => (
            <Input {...field} {...register('pattern.target')} inputMode="numeric" autoComplete="off" />
          )}
        </Field>
      </div>
      <PatternPreview preview={preview} />
    </div>
  );
}
