import clsx from 'clsx';
import { type ReactNode, useId } from 'react';

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[];
  /** Stands in a row of fields, and is as high as they are. */
  isField?: boolean;
  /** Shows only icons; labels stay for screen readers and as tooltips. */
  iconsOnly?: boolean;
}

/** One of a few, side by side. */
export function Segmented<Value extends string>({
  label,
  value,
  onChange,
  options,
  isField = false,
  iconsOnly = false,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset
      className={clsx(
        'inline-flex w-fit rounded-md bg-sunken p-0.5 ring-1 ring-line ring-inset',
        isField && 'h-9 sm:h-8',
      )}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={iconsOnly ? option.label : undefined}
          className={clsx(
            'inline-flex cursor-pointer items-center justify-center gap-1.5 rounded-sm px-2.5 py-1 text-xs font-medium transition-colors',
            isField && 'h-8 sm:h-7',
            'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            value === option.value
              ? 'bg-raised text-ink shadow-panel ring-1 ring-line'
              : 'text-ink-soft hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.icon}
          <span className={iconsOnly ? 'sr-only' : undefined}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
