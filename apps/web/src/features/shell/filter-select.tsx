import { Select } from '@domainflow/ui/primitives/input.tsx';
import clsx from 'clsx';
import { oneOf } from '../../lib/search-params.ts';

interface FilterSelectProps<Value extends string> {
  label: string;
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
  options: readonly (readonly [value: Value, label: string])[];
  className?: string;
}

/** A filter that shows what it filters by also while it is off. */
export function FilterSelect<Value extends string>({
  label,
  value,
  onChange,
  options,
  className,
}: FilterSelectProps<Value>) {
  const values = options.map(([each]) => each);
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(oneOf(values, event.target.value))}
      className={clsx(value !== undefined && '!ring-accent', className)}
    >
      <option value="">{label}: any</option>
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {label}: {text}
        </option>
      ))}
    </Select>
  );
}
