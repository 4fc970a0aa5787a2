import clsx from 'clsx';
import { Check } from 'lucide-react';

interface StepperProps {
  label: string;
  steps: readonly string[];
  current: number;
  /** Steps before the current one can be gone back to. */
  onSelect: (index: number) => void;
}

/** Where a person is in a sequence of steps. */
export function Stepper({ label, steps, current, onSelect }: StepperProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex items-center gap-1 sm:gap-2">
        {steps.map((step, index) => (
          <li key={step} className="flex min-w-0 items-center gap-1 sm:gap-2">
            {index === 0 ? null : <span aria-hidden className="h-px w-3 bg-line-strong sm:w-8" />}
            <button
              type="button"
              disabled={index >= current}
              aria-current={index === current ? 'step' : undefined}
              onClick={() => onSelect(index)}
              className={clsx(
                'flex items-center gap-1.5 rounded-md px-1 py-1 text-sm font-medium',
                index === current ? 'text-ink' : 'text-ink-faint',
                index < current && 'hover:text-ink',
              )}
            >
              <span
                className={clsx(
                  'flex size-5 shrink-0 items-center justify-center rounded-full text-2xs',
                  index < current && 'bg-accent-soft text-accent-ink',
                  index === current && 'bg-accent text-on-accent',
                  index > current && 'ring-1 ring-line-strong ring-inset',
                )}
              >
                {index < current ? <Check aria-hidden className="size-3" /> : index + 1}
              </span>
              <span className={clsx(index !== current && 'max-sm:sr-only')}>{step}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
