import { readFileSync } from 'node:fs';

/** A process id alone can be reused by the system; together with its start time it names one process for good. */
export type ProcessIdentity = { readonly pid: number; readonly startTicks: string };

/** The identity of a running process, or `undefined` when there is none with that id. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // proc(5): the command in parentheses may hold spaces and parentheses itself; state is field 3, starttime field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = fields[19];
  if (fields[0] === 'Z' || startTicks === undefined) return undefined;
  return { pid, startTicks };
}

/** Whether that very process still runs. */
export function isRunning(process: ProcessIdentity): boolean {
  return identifyProcess(process.pid)?.startTicks === process.startTicks;
}

/** The command line of a running process, or an empty list. */
export function commandLineOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
