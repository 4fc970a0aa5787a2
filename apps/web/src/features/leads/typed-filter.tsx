import type { FieldControl } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { useEffect, useRef, useState } from 'react';

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
  const [typed, setTyped] = useState(value);
  const reported = useRef(value);
  const onChangeRef = useRef(onChange);
  onChangeRef.current = onChange;
  // The value changes from outside too: with the back button, or when filters are cleared.
  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === reported.current) return;
    const timer = setTimeout(() => {
      reported.current = typed;
      onChangeRef.current(typed);
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [typed]);
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
