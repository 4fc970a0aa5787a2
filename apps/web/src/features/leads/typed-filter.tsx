import type { FieldControl } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useTyped } from '../../lib/use-typed.ts';

const DELAY_MS = 350;

interface TypedFilterProps {
  value: string;
  onChange: (value: string) => void;
  /** Where it stands in a field; `label` names it where it stands alone. */
  control?: FieldControl;
  label?: string;
  placeholder?: string;
  type?: 'text' | 'number';
  className?: string;
}

/** A filter that is typed: it counts a moment after the last key. */
export function TypedFilter({
  value,
  onChange,
  control,
  label,
  placeholder = label,
  type = 'text',
  className,
}: TypedFilterProps) {
  const [typed, setTyped] = useTyped(value, onChange, DELAY_MS);
  return (
    <Input
      {...control}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(type === 'number' ? { type, inputMode: 'numeric' as const, min: 0, max: 100, step: 1 } : { type })}
      placeholder={placeholder}
      value={typed}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => setTyped(event.target.value)}
      {...(className === undefined ? {} : { className })}
    />
  );
}
