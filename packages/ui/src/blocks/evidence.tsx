import type { ReactNode } from 'react';
import { readableKey } from './readable-key.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const depthOf = (value: unknown): number =>
  isRecord(value) ? 1 : Array.isArray(value) && value.some(isRecord) ? 2 : 0;

function renderValue(value: unknown): ReactNode {
  if (value === null || value === undefined || value === '')
    return <span className="text-ink-faint">none</span>;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint') {
    return <span className="font-mono text-xs break-all">{String(value)}</span>;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="text-ink-faint">none</span>;
    return (
      <ul className="space-y-1">
        {value.map((each, index) => (
          // Evidence is read-only: positions are its identity.
          <li key={`${index}`} className={isRecord(each) ? 'border-l-2 border-line pl-2' : undefined}>
            {renderValue(each)}
          </li>
        ))}
      </ul>
    );
  }
  if (isRecord(value)) return <Evidence value={value} />;
  return null;
}

/** JSON kept with a verdict, laid out so that a person can check it. */
export function Evidence({ value }: { value: Readonly<Record<string, unknown>> }) {
  // Simple values first: they are what is looked for, and stand close together.
  const entries = Object.entries(value).toSorted(([, one], [, other]) => depthOf(one) - depthOf(other));
  if (entries.length === 0) return <p className="text-xs text-ink-faint">No evidence was kept.</p>;
  return (
    <dl className="grid grid-cols-[minmax(5rem,max-content)_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
      {entries.map(([key, each]) => (
        <div key={key} className="contents">
          <dt className="text-ink-faint">{readableKey(key)}</dt>
          <dd className="min-w-0">{renderValue(each)}</dd>
        </div>
      ))}
    </dl>
  );
}
