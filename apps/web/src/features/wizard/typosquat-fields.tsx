import {
  KEYBOARDS,
  type Keyboard,
  TYPOSQUAT_KINDS,
  type TyposquatKind,
} from '@domainflow/domain/generation/typosquat/kinds.ts';
import { Button } from '@domainflow/ui/primitives/button.tsx';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { ChipsInput } from '@domainflow/ui/primitives/chips-input.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { TYPOSQUAT_TEXTS } from './describe-pattern.ts';
import type { PatternErrors } from './pattern-values.ts';
import { TldsField } from './tlds-field.tsx';
import type { WizardValues } from './wizard-values.ts';

const KEYBOARD_LABELS: Readonly<Record<Keyboard, string>> = {
  qwerty: 'QWERTY',
  qwertz: 'QWERTZ',
  azerty: 'AZERTY',
};

/** Kinds that depend on which keys lie side by side. */
const OF_KEYBOARDS: readonly TyposquatKind[] = ['insertion', 'replacement'];

function FieldsetError({ message }: { message: string | undefined }) {
  return message === undefined ? null : (
    <p role="alert" className="mt-1 text-xs text-bad-ink">
      {message}
    </p>
  );
}

/** Names that are mistaken for others. */
export function TyposquatFields({ errorOf }: { errorOf: PatternErrors }) {
  const { control, setValue } = useFormContext<WizardValues>();
  const [kinds, keyboards] = useWatch<WizardValues, ['pattern.kinds', 'pattern.keyboards']>({
    name: ['pattern.kinds', 'pattern.keyboards'],
  });
  const setKinds = (next: readonly TyposquatKind[]): void =>
    setValue('pattern.kinds', [...next], { shouldValidate: true });
  return (
    <>
      <Controller
        control={control}
        name="pattern.seeds"
        render={({ field }) => (
          <Field
            label="Domains to imitate"
            hint="Up to 50. Of a host such as www.example.com its registrable domain is taken."
            error={errorOf('seeds')}
          >
            {(wiring) => (
              <ChipsInput
                control={wiring}
                values={field.value}
                onChange={field.onChange}
                normalise={(text) => text.trim().toLowerCase()}
                placeholder="example.com"
              />
            )}
          </Field>
        )}
      />
      <fieldset>
        <legend className="sr-only">Ways of mistaking a name</legend>
        <div className="mb-1.5 flex flex-wrap items-center justify-between gap-2">
          <p aria-hidden className="text-sm font-medium">
            Ways of mistaking a name
          </p>
          <span className="flex gap-1">
            <Button size="sm" look="ghost" onClick={() => setKinds(TYPOSQUAT_KINDS)}>
              All
            </Button>
            <Button size="sm" look="ghost" onClick={() => setKinds([])}>
              None
            </Button>
          </span>
        </div>
        <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
          {TYPOSQUAT_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={TYPOSQUAT_TEXTS[kind].label}
              hint={TYPOSQUAT_TEXTS[kind].hint}
              checked={kinds.includes(kind)}
              onChange={(event) =>
                setKinds(
                  TYPOSQUAT_KINDS.filter((each) =>
                    each === kind ? event.target.checked : kinds.includes(each),
                  ),
                )
              }
            />
          ))}
        </div>
        <FieldsetError message={errorOf('kinds')} />
      </fieldset>
      {OF_KEYBOARDS.some((kind) => kinds.includes(kind)) ? (
        <fieldset>
          <legend className="mb-1 text-sm font-medium">Keyboards that people type on</legend>
          <div className="flex flex-wrap gap-x-6 gap-y-1">
            {KEYBOARDS.map((keyboard) => (
              <Checkbox
                key={keyboard}
                label={KEYBOARD_LABELS[keyboard]}
                checked={keyboards.includes(keyboard)}
                onChange={(event) =>
                  setValue(
                    'pattern.keyboards',
                    KEYBOARDS.filter((each) =>
                      each === keyboard ? event.target.checked : keyboards.includes(each),
                    ),
                    { shouldValidate: true },
                  )
                }
              />
            ))}
          </div>
          <FieldsetError message={errorOf('keyboards')} />
        </fieldset>
      ) : null}
      {kinds.includes('tld_swap') ? (
        <TldsField
          name="pattern.swapTlds"
          label="Other TLDs"
          hint="What is put in place of a domain’s own. Without any, this way gives no names."
          error={errorOf('swapTlds')}
        />
      ) : null}
    </>
  );
}
