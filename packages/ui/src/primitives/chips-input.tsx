import clsx from 'clsx';
import { X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import type { FieldControl } from './field.tsx';

interface ChipsInputProps {
  control: FieldControl;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What is kept of a typed or pasted piece; an empty answer drops it. */
  normalise: (text: string) => string;
  placeholder?: string;
}

const SEPARATORS = /[\s,;]+/;

/** Several short values in one field: Enter, comma, space and paste add, Backspace takes the last one away. */
export function ChipsInput({ control, values, onChange, normalise, placeholder }: ChipsInputProps) {
  const [text, setText] = useState('');

  const add = (raw: string): void => {
    const pieces = raw
      .split(SEPARATORS)
      .map(normalise)
      .filter((piece) => piece !== '');
    setText('');
    if (pieces.length > 0) onChange([...new Set([...values, ...pieces])]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' || event.key === ',' || event.key === ' ') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && values.length > 0) {
      onChange(values.slice(0, -1));
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const pasted = event.clipboardData.getData('text');
    if (!SEPARATORS.test(pasted)) return;
    event.preventDefault();
    add(text + pasted);
  };

  return (
    <div
      className={clsx(
        'flex min-h-9 flex-wrap items-center gap-1 rounded-md bg-surface p-1 shadow-panel ring-1 ring-inset sm:min-h-8',
        'has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent',
        control['aria-invalid'] === true ? 'ring-bad' : 'ring-line-strong',
      )}
    >
      {values.map((value) => (
        <span
          key={value}
          className="inline-flex items-center gap-0.5 rounded-sm bg-sunken py-px pr-0.5 pl-1.5 font-mono text-xs ring-1 ring-line ring-inset"
        >
          {value}
          <button
            type="button"
            aria-label={`Remove ${value}`}
            onClick={() => onChange(values.filter((each) => each !== value))}
            className="rounded-sm p-0.5 text-ink-faint hover:text-ink"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <input
        {...control}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => add(text)}
        placeholder={values.length === 0 ? placeholder : undefined}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        className="h-6 min-w-16 flex-1 bg-transparent px-1.5 text-base outline-none sm:text-sm"
      />
    </div>
  );
}
