import clsx from 'clsx';
import { type ReactNode, useId } from 'react';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly icon?: ReactNode;
}

interface ChoiceCardsProps<Value extends string> {
  legend: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly Choice<Value>[];
  columns?: 2 | 3;
}

/** Radio buttons as cards: one of a few, each with a sentence. */
export function ChoiceCards<Value extends string>({
  legend,
  value,
  onChange,
  choices,
  columns = 2,
}: ChoiceCardsProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className={clsx('grid gap-2', columns === 3 ? 'sm:grid-cols-3' : 'sm:grid-cols-2')}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={clsx(
              'flex cursor-pointer items-start gap-2.5 rounded-lg p-3 ring-1 transition-colors ring-inset',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              value === choice.value ? 'bg-accent-soft ring-accent' : 'bg-surface ring-line hover:bg-sunken',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
              className="mt-1 size-3.5 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="flex items-center gap-1.5 text-sm font-medium">
                {choice.icon}
                {choice.label}
              </span>
              {choice.hint === undefined ? null : (
                <span className="block text-xs text-ink-soft">{choice.hint}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
