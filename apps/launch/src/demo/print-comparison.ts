import type { Comparison } from './compare-with-truth.ts';
import type { Terminal } from './terminal.ts';
import { formatCount } from './text-layout.ts';

/** Whether everything is right, and the first things that are not. */
export function printComparison(
  terminal: Terminal,
  { names, wrong, first }: Comparison,
  wrongCounters: readonly string[],
): void {
  const { paint } = terminal;
  terminal.line();
  terminal.line(paint('bold', 'Comparison with the truth'));
  if (wrong === 0) {
    terminal.line(`  ${paint('green', `Every verdict on ${formatCount(names)} names is right.`)}`);
  } else {
    terminal.line(`  ${paint('red', `${formatCount(wrong)} differences on ${formatCount(names)} names:`)}`);
    for (const { domain, what, found, expected, because } of first) {
      terminal.line(`  ${domain}  ${what} is ${paint('red', found)}, must be ${expected} (${because})`);
    }
    if (wrong > first.length) terminal.line(`  and ${formatCount(wrong - first.length)} more`);
  }
  for (const counter of wrongCounters) terminal.line(`  ${paint('red', counter)}`);
}
