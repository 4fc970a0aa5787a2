import type { Comparison } from './compare-with-truth.ts';
import type { Terminal } from './terminal.ts';
import { bar, formatCount, formatShare, padRight } from './text-layout.ts';

const BAR_COLUMNS = 40;

/** How many names were left at each step: of all, and of those at the step before. */
export function printFunnel(terminal: Terminal, { names, dnsOk, httpOk, leads }: Comparison): void {
  const steps: readonly (readonly [string, number])[] = [
    ['Generated', names],
    ['Resolving', dnsOk],
    ['Reachable', httpOk],
    ['Leads', leads],
  ];
  const labelColumns = Math.max(...steps.map(([label]) => label.length));
  const countColumns = formatCount(names).length;
  terminal.line();
  terminal.line(terminal.paint('bold', 'Funnel'));
  let before = names;
  for (const [index, [label, count]] of steps.entries()) {
    const drawn = terminal.paint('cyan', bar(names === 0 ? 0 : count / names, BAR_COLUMNS));
    const ofAll = `${formatShare(count, names).padStart(6)} of all`;
    const ofBefore =
      index < 2 ? '' : `${formatShare(count, before).padStart(6)} of ${steps[index - 1]?.[0].toLowerCase()}`;
    const figures = `${formatCount(count).padStart(countColumns)}  ${ofAll}`;
    terminal.line(`  ${padRight(label, labelColumns)}  ${drawn}  ${figures}  ${ofBefore}`.trimEnd());
    before = count;
  }
}
