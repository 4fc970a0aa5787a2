import { Input } from '@domainflow/ui/primitives/input.tsx';
import { type CSSProperties, useId, useState } from 'react';
import type { WeightFieldSpec } from './weight-sections.ts';

interface WeightFieldProps {
  spec: WeightFieldSpec;
  value: number;
  error: string | undefined;
  onChange: (value: number) => void;
}

/** A weight as a slider, and as a number for what the slider does not reach. NaN where nothing usable is typed. */
export function WeightField({ spec, value, error, onChange }: WeightFieldProps) {
  const id = useId();
  // What is typed stays as it is typed: `-` and `1.` are on the way to a number.
  const [typed, setTyped] = useState<string | null>(null);
  const text =
    typed !== null && Object.is(toNumber(typed), value) ? typed : Number.isNaN(value) ? '' : `${value}`;
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,1fr)_5rem_4rem] items-center gap-x-3 gap-y-0.5 sm:grid-cols-[10.5rem_minmax(0,1fr)_5rem_4rem]">
        <label htmlFor={id} className="text-sm max-sm:col-span-3">
          {spec.label}
        </label>
        <input
          type="range"
          aria-label={`${spec.label}, slider`}
          min={spec.least}
          max={spec.most}
          step={spec.step}
          value={Number.isNaN(value) ? spec.least : value}
          onChange={(event) => {
            setTyped(null);
            onChange(event.target.valueAsNumber);
          }}
          className="slider h-6 w-full min-w-0"
          style={{ '--filled': `${filledPercent(value, spec)}%` } as CSSProperties}
        />
        <Input
          id={id}
          type="number"
          inputMode="decimal"
          step="any"
          value={text}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={error === undefined ? `${id}-unit` : `${id}-unit ${id}-error`}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(toNumber(event.target.value));
          }}
        />
        <span id={`${id}-unit`} className="text-xs text-ink-faint">
          {spec.unit}
        </span>
      </div>
      {error === undefined ? null : (
        <p id={`${id}-error`} role="alert" className="text-right text-xs text-bad-ink">
          {error}
        </p>
      )}
    </div>
  );
}

/** How far along its slider a value stands; those beyond an end stand at it. */
function filledPercent(value: number, { least, most }: WeightFieldSpec): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(100, Math.max(0, ((value - least) / (most - least)) * 100));
}

const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
