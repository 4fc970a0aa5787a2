import type { ReactNode } from 'react';
import { formatAgo } from '../../lib/format.ts';

interface WorkerReport {
  readonly workerId: string;
  readonly host: string | null;
  readonly reportedAt: string;
}

/** What each worker has found of something, behind the number of workers; the caller says in which columns. */
export function WorkersTable<Report extends WorkerReport>({
  name,
  workers,
  columns,
  nowMs,
}: {
  /** Of what they report. */
  name: string;
  workers: readonly Report[];
  columns: readonly (readonly [title: string, cell: (worker: Report) => ReactNode])[];
  nowMs: number;
}) {
  return (
    <details>
      <summary className="text-xs text-ink-faint">
        {workers.length === 1 ? 'One worker' : `${workers.length} workers`}
      </summary>
      <div className="mt-1.5 overflow-x-auto">
        <table className="w-full text-xs whitespace-nowrap">
          <caption className="sr-only">How each worker finds {name}</caption>
          <thead>
            <tr className="text-left text-ink-faint">
              {['Worker', ...columns.map(([title]) => title), 'Reported'].map((title) => (
                <th key={title} className="py-1 pr-4 font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {workers.map((worker) => (
              <tr key={worker.workerId} className="border-t border-line/70">
                <td className="py-1 pr-4">
                  {worker.host ?? 'unknown host'}
                  <span className="text-ink-faint"> {worker.workerId.slice(0, 8)}</span>
                </td>
                {columns.map(([title, cell]) => (
                  <td key={title} className="py-1 pr-4">
                    {cell(worker)}
                  </td>
                ))}
                <td className="py-1 text-ink-faint">{formatAgo(worker.reportedAt, nowMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
