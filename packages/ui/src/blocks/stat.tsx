import type { ReactNode } from 'react';

interface StatProps {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
}

/** A number with its name. */
export function Stat({ label, value, hint }: StatProps) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-faint">{label}</dt>
      <dd className="break-words text-xl font-semibold tracking-tight">{value}</dd>
      {hint === undefined ? null : <dd className="break-words text-xs text-ink-faint">{hint}</dd>}
    </div>
  );
}
