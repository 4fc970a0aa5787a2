import { Input } from '@domainflow/ui/primitives/input.tsx';

interface NumberInputProps {
  value: number;
  onChange: (value: number) => void;
}

/** An empty field is not a number, and is complained of as one. */
export function NumberInput({ value, onChange, ...field }: NumberInputProps) {
  return (
    <Input
      {...field}
      type="number"
      inputMode="decimal"
      step="any"
      min={0}
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}
