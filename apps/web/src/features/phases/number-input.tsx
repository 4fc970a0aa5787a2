import type { FieldControl } from '@domainflow/ui/primitives/field.tsx';
import { Input } from '@domainflow/ui/primitives/input.tsx';

interface NumberInputProps extends Partial<FieldControl> {
  value: number;
  onChange: (value: number) => void;
  /** Nothing below zero is taken unless it is said. */
  min?: number;
  max?: number;
  /** Any number unless it is said. */
  step?: number;
  placeholder?: string;
  className?: string;
}

/** An empty field is not a number (NaN), and is complained of as one. */
export function NumberInput({ value, onChange, min = 0, step, ...rest }: NumberInputProps) {
  return (
    <Input
      {...rest}
      type="number"
      inputMode={step === 1 ? 'numeric' : 'decimal'}
      step={step ?? 'any'}
      min={min}
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}
