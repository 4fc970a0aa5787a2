import { KEYWORD_PLACES } from '@domainflow/domain/keyword/keyword-rule.ts';
import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Card } from '@domainflow/ui/primitives/card.tsx';
import { Input, Select } from '@domainflow/ui/primitives/input.tsx';
import clsx from 'clsx';
import { ChevronDown, Plus, X } from 'lucide-react';
import { memo, type ReactNode, useId, useState } from 'react';
import { useController, useFieldArray, useFormContext, useFormState } from 'react-hook-form';
import { formatCount } from '../../lib/format.ts';
import type { KeywordSetInput } from './keyword-set-schema.ts';
import { NEW_RULE } from './new-rule.ts';
import { PLACE_LABELS, placesText, togglePlace } from './places.ts';
import { TRY_PANEL } from './try-panel.ts';

const GRID =
  'md:grid-cols-[1.25rem_minmax(8rem,1fr)_5.5rem_4.5rem_4.5rem_4.5rem_minmax(7rem,11rem)_minmax(6rem,8rem)_2rem]';
const TOGGLE = 'flex items-center gap-1.5 text-xs text-ink-soft md:justify-center';

/** A field with its name above it where the columns have no heads. */
function OnPhoneNamed({
  name,
  className,
  children,
}: {
  name: string;
  className: string;
  children: ReactNode;
}) {
  return (
    <div className={clsx('md:contents', className)}>
      <span aria-hidden className="mb-0.5 block text-xs text-ink-faint md:hidden">
        {name}
      </span>
      {children}
    </div>
  );
}

const RuleRow = memo(function RuleRow({
  index,
  onRemove,
}: {
  index: number;
  onRemove: (index: number) => void;
}) {
  const { register, control } = useFormContext<KeywordSetInput>();
  const { errors } = useFormState({ control, name: `rules.${index}` });
  const problems = errors.rules?.[index];
  const message =
    problems?.pattern?.message ??
    problems?.weight?.message ??
    problems?.category?.message ??
    problems?.where?.message;
  const { field: where } = useController({ control, name: `rules.${index}.where` });
  const [isPlacing, setPlacing] = useState(false);
  const places = useId();
  const number = index + 1;
  return (
    <li className={clsx('grid grid-cols-2 items-center gap-x-3 gap-y-2 px-4 py-2', GRID)}>
      <label className={clsx(TOGGLE, 'max-md:order-1 md:!justify-start')} title="Active">
        <input
          type="checkbox"
          {...register(`rules.${index}.active`)}
          aria-label={`Active: rule ${number}`}
          className="size-4 accent-accent"
        />
        <span className="md:hidden">Active</span>
      </label>
      <Input
        {...register(`rules.${index}.pattern`)}
        aria-label={`Pattern of rule ${number}`}
        aria-invalid={problems?.pattern === undefined ? undefined : true}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        className="font-mono max-md:order-3 max-md:col-span-2"
      />
      <OnPhoneNamed name="Kind" className="max-md:order-4">
        <Select {...register(`rules.${index}.kind`)} aria-label={`Kind of rule ${number}`}>
          <option value="literal">Text</option>
          <option value="regex">Regex</option>
        </Select>
      </OnPhoneNamed>
      <label className={clsx(TOGGLE, 'max-md:order-6')}>
        <input
          type="checkbox"
          {...register(`rules.${index}.caseSensitive`)}
          aria-label={`Match case: rule ${number}`}
          className="size-4 accent-accent"
        />
        <span className="md:hidden">Match case</span>
      </label>
      <label className={clsx(TOGGLE, 'max-md:order-7')}>
        <input
          type="checkbox"
          {...register(`rules.${index}.wholeWord`)}
          aria-label={`Whole word: rule ${number}`}
          className="size-4 accent-accent"
        />
        <span className="md:hidden">Whole word</span>
      </label>
      <OnPhoneNamed name="Weight" className="max-md:order-5">
        <Input
          {...register(`rules.${index}.weight`, { valueAsNumber: true })}
          type="number"
          inputMode="numeric"
          step="any"
          aria-label={`Weight of rule ${number}`}
          aria-invalid={problems?.weight === undefined ? undefined : true}
        />
      </OnPhoneNamed>
      <OnPhoneNamed name="Category" className="max-md:order-8 max-md:col-span-2">
        <Input
          {...register(`rules.${index}.category`)}
          aria-label={`Category of rule ${number}`}
          placeholder="None"
          autoComplete="off"
        />
      </OnPhoneNamed>
      <OnPhoneNamed name="Where" className="max-md:order-9 max-md:col-span-2">
        <button
          type="button"
          aria-expanded={isPlacing}
          aria-controls={places}
          aria-label={`Where rule ${number} looks: ${placesText(where.value)}`}
          title={placesText(where.value)}
          onClick={() => setPlacing(!isPlacing)}
          className="flex h-9 min-w-0 items-center justify-between gap-1 rounded-md px-2 text-left text-xs text-ink-soft ring-1 ring-line-strong ring-inset hover:bg-sunken max-md:w-full sm:h-8"
        >
          <span className="truncate">{placesText(where.value)}</span>
          <ChevronDown aria-hidden className={clsx('size-3.5 shrink-0', isPlacing && 'rotate-180')} />
        </button>
      </OnPhoneNamed>
      <IconButton
        label={`Remove rule ${number}`}
        onClick={() => onRemove(index)}
        className="max-md:order-2 max-md:justify-self-end"
      >
        <X aria-hidden className="size-4" />
      </IconButton>
      <fieldset
        id={places}
        hidden={!isPlacing}
        className="order-10 col-span-full flex flex-wrap gap-x-4 gap-y-1.5 rounded-md bg-sunken px-3 py-2 text-xs"
      >
        <legend className="sr-only">Where rule {number} looks</legend>
        {KEYWORD_PLACES.map((place) => (
          <label key={place} className="flex items-center gap-1.5">
            <input
              type="checkbox"
              checked={where.value === undefined || where.value.includes(place)}
              onChange={() => where.onChange(togglePlace(where.value, place))}
              className="size-4 accent-accent"
            />
            {PLACE_LABELS[place]}
          </label>
        ))}
      </fieldset>
      {message === undefined ? null : (
        <p role="alert" className="order-11 col-span-full text-xs text-bad-ink">
          {message}
        </p>
      )}
    </li>
  );
});

/** The rules of a set, a row each. */
export function RulesTable() {
  const { control, formState } = useFormContext<KeywordSetInput>();
  const { fields, append, remove } = useFieldArray({ control, name: 'rules' });
  const whole = formState.errors.rules?.root?.message ?? formState.errors.rules?.message;
  return (
    <Card aria-label="Rules">
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <h2 className="text-sm font-semibold">
          Rules <span className="font-normal text-ink-faint">{formatCount(fields.length)}</span>
        </h2>
        <div className="flex gap-2">
          <Button
            size="sm"
            onClick={() => {
              const panel = document.getElementById(TRY_PANEL);
              panel?.scrollIntoView({ block: 'start' });
              panel?.querySelector<HTMLElement>('textarea, input[type=url]')?.focus({ preventScroll: true });
            }}
          >
            Try them
          </Button>
          <Button
            size="sm"
            icon={<Plus aria-hidden className="size-3.5" />}
            onClick={() => append({ ...NEW_RULE })}
          >
            Add a rule
          </Button>
        </div>
      </div>
      {whole === undefined ? null : (
        <p role="alert" className="px-4 pt-2 text-xs text-bad-ink">
          {whole}
        </p>
      )}
      <div aria-hidden className={clsx('hidden gap-3 px-4 pt-2 text-xs text-ink-faint md:grid', GRID)}>
        <span />
        <span>Pattern</span>
        <span>Kind</span>
        <span className="text-center">Match case</span>
        <span className="text-center">Whole word</span>
        <span>Weight</span>
        <span>Category</span>
        <span>Where</span>
      </div>
      <ul className="py-1 max-md:divide-y max-md:divide-line">
        {fields.map((field, index) => (
          <RuleRow key={field.id} index={index} onRemove={remove} />
        ))}
      </ul>
    </Card>
  );
}
