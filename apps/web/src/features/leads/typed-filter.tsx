import type { FieldControl } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useId } from 'react';
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
  /** What can be chosen; anything else can be typed all the same. `hint` says how many there are of it. */
  choices?: readonly { value: string; hint: string }[];
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
  choices,
  className,
}: TypedFilterProps) {
  const list = useId();
  const [typed, setTyped] = useTyped(value, onChange, DELAY_MS);
  const input = (
    <Input
      {...control}
      {...(choices === undefined ? {} : { list })}
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
  if (choices === undefined) return input;
  return (
    <>
      {input}
      <datalist id={list}>
        {choices.map(({ value: choice, hint }) => (
          <option key={choice} value={choice}>
            {hint}
          </option>
        ))}
      </datalist>
    </>
  );
}
