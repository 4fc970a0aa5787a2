import { Button, IconButton } from '@domainflow/ui/primitives/button.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';
import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';

interface NamedWeightsProps {
  title: string;
  hint: string;
  /** What a name is: `Technology`. */
  what: string;
  /** What the number is: `Points`, `Factor`. */
  unit: string;
  first: number;
  values: Readonly<Record<string, number>>;
  suggestions?: readonly string[];
  onChange: (values: Record<string, number>) => void;
}

/** Weights by name: one is added by its name, and removed. */
export function NamedWeights({
  title,
  hint,
  what,
  unit,
  first,
  values,
  suggestions = [],
  onChange,
}: NamedWeightsProps) {
  const [name, setName] = useState('');
  const list = useId();
  const trimmed = name.trim();
  const isKnown = Object.hasOwn(values, trimmed);
  const add = (): void => {
    if (trimmed === '' || isKnown) return;
    onChange({ ...values, [trimmed]: first });
    setName('');
  };
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-sm font-medium">{title}</legend>
      <p className="text-xs text-ink-faint">{hint}</p>
      <ul className="space-y-1">
        {Object.entries(values).map(([each, value]) => (
          <li key={each} className="grid grid-cols-[minmax(0,1fr)_5rem_2rem] items-center gap-2">
            <span className="truncate text-sm" title={each}>
              {each}
            </span>
            <Input
              type="number"
              step="any"
              inputMode="decimal"
              aria-label={`${unit} of ${each}`}
              value={Number.isNaN(value) ? '' : value}
              aria-invalid={Number.isNaN(value) ? true : undefined}
              onChange={(event) => onChange({ ...values, [each]: event.target.valueAsNumber })}
            />
            <IconButton
              label={`Remove ${each}`}
              onClick={() =>
                onChange(Object.fromEntries(Object.entries(values).filter(([other]) => other !== each)))
              }
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Input
          aria-label={`${what} to add`}
          placeholder={what}
          list={list}
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <Button
          icon={<Plus aria-hidden className="size-4" />}
          disabled={trimmed === '' || isKnown}
          onClick={add}
        >
          Add
        </Button>
      </div>
    </fieldset>
  );
}
