import { useEffect, useRef, useState } from 'react';

/**
 * What is being typed into a field, and how to set it: it is reported `delayMs` after the last key. A `value` that
 * changes from outside (with the back button, or when filters are cleared) replaces what was typed.
 */
export function useTyped(
  value: string,
  onChange: (value: string) => void,
  delayMs: number,
): readonly [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  const reported = useRef(value);
  const onChangeRef = useRef(onChange);
  onChangeRef.current = onChange;
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
    }, delayMs);
    return () => clearTimeout(timer);
  }, [typed, delayMs]);
  return [typed, setTyped];
}
