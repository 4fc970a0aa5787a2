import { useFormContext, useWatch } from 'react-hook-form';
import { AffixFields } from './affix-fields.tsx';
import { DictionaryFields } from './dictionary-fields.tsx';
import { PatternPreview } from './pattern-preview.tsx';
import type { PatternErrors } from './pattern-values.ts';
import { TakeFields } from './take-fields.tsx';
import { TyposquatFields } from './typosquat-fields.tsx';
import { usePatternPreview } from './use-pattern-preview.ts';
import type { WizardValues } from './wizard-values.ts';

/** A pattern of one of the strategies, with what it means beside it while one types. */
export function PatternSource() {
  const { getFieldState, formState } = useFormContext<WizardValues>();
  const fields = useWatch<WizardValues, 'pattern'>({ name: 'pattern' });
  const preview = usePatternPreview(fields);
  const errorOf: PatternErrors = (field) =>
    getFieldState(`pattern.${field}` as 'pattern', formState).error?.message ?? preview.errorAt(field);
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_19rem] lg:grid-rows-[auto_1fr]">
      <div className="space-y-4">
        {fields.strategy === 'affix' ? <AffixFields errorOf={errorOf} /> : null}
        {fields.strategy === 'dictionary' ? <DictionaryFields errorOf={errorOf} /> : null}
        {fields.strategy === 'typosquat' ? <TyposquatFields errorOf={errorOf} /> : null}
      </div>
      <div className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <PatternPreview preview={preview} />
      </div>
      <TakeFields errorOf={errorOf} preview={preview} />
    </div>
  );
}
