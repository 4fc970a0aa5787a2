import { Input } from '@domainflow/ui/primitives/input.tsx';
import clsx from 'clsx';
import { Search } from 'lucide-react';
import { useTyped } from '../../lib/use-typed.ts';
import { SEARCH_FIELD } from './use-search-shortcut.ts';

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

const DELAY_MS = 250;

/** Filters while one types, a moment after the last key. `/` goes here. */
export function SearchField({ label, placeholder, value, onChange, className }: SearchFieldProps) {
  const [typed, setTyped] = useTyped(value, onChange, DELAY_MS);
  return (
    <div className={clsx('relative', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint"
      />
      <Input
        type="search"
        aria-label={label}
        title="Press / to search"
        placeholder={placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        className="pl-8"
        {...SEARCH_FIELD}
      />
    </div>
  );
}
