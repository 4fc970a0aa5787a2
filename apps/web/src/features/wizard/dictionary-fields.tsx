import { CONSTANT_POSITIONS, type ConstantPosition } from '@domainflow/domain/generation/pattern.ts';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select } from '@domainflow/ui/primitives/input.tsx';
import { Plus } from 'lucide-react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import type { PatternErrors } from './pattern-values.ts';
import { TldsField } from './tlds-field.tsx';
import type { WizardValues } from './wizard-values.ts';
import { WordSourceField } from './word-source-field.tsx';

const MAX_LISTS = 6;

const POSITIONS: Readonly<Record<ConstantPosition, string>> = {
  before: 'Before the words',
  after: 'After the words',
  between: 'After the first word',
  either: 'Before, and after: both',
};

const SEPARATORS = [
  { value: '', label: 'Nothing', example: 'redcar' },
  { value: '-', label: 'A hyphen', example: 'red-car' },
] as const;

/** A word of each list, joined, with a constant part among them. */
export function DictionaryFields({ errorOf }: { errorOf: PatternErrors }) {
  const { register, control, setValue } = useFormContext<WizardValues>();
  const lists = useFieldArray<WizardValues, 'pattern.lists'>({ control, name: 'pattern.lists' });
  const [constantPart, separators] = useWatch<WizardValues, ['pattern.constantPart', 'pattern.separators']>({
    name: ['pattern.constantPart', 'pattern.separators'],
  });
  const toggle = (value: string, isChosen: boolean): void =>
    setValue(
      'pattern.separators',
      SEPARATORS.map((each) => each.value).filter((each) =>
        each === value ? isChosen : separators.includes(each),
      ),
      { shouldValidate: true },
    );
  const separatorsError = errorOf('separators');
  const isJoined = lists.fields.length > 1 || constantPart.trim() !== '';
  return (
    <>
      <ol className="space-y-3">
        {lists.fields.map((list, index) => (
          <li key={list.id}>
            <WordSourceField
              index={index}
              errorOf={errorOf}
              {...(lists.fields.length > 1 ? { onRemove: () => lists.remove(index) } : {})}
            />
          </li>
        ))}
      </ol>
      {lists.fields.length < MAX_LISTS ? (
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => lists.append({ kind: 'typed', text: '', wordListId: '' })}
        >
          Add another list of words
        </Button>
      ) : null}
      <p className="text-xs text-ink-faint">A name takes one word of each list, in the order of the lists.</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Constant part" aside="optional" error={errorOf('constantPart')}>
          {(field) => (
            <Input
              {...field}
              {...register('pattern.constantPart')}
              placeholder="shop"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        {constantPart.trim() === '' ? null : (
          <Field label="It stands" error={errorOf('constantPosition')}>
            {(field) => (
              <Select {...field} {...register('pattern.constantPosition')}>
                {CONSTANT_POSITIONS.map((position) => (
                  <option key={position} value={position}>
                    {POSITIONS[position]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {isJoined ? (
        <fieldset>
          <legend className="mb-1 text-sm font-medium">Joined by</legend>
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {SEPARATORS.map(({ value, label, example }) => (
              <Checkbox
                key={value}
                label={label}
                hint={<span className="font-mono">{example}</span>}
                checked={separators.includes(value)}
                onChange={(event) => toggle(value, event.target.checked)}
              />
            ))}
          </div>
          {separatorsError === undefined ? null : (
            <p role="alert" className="mt-1 text-xs text-bad-ink">
              {separatorsError}
            </p>
          )}
        </fieldset>
      ) : null}
      <TldsField name="pattern.tlds" error={errorOf('tlds')} />
    </>
  );
}
