import path from 'node:path';
import type { FirstAdmin } from './first-admin.ts';
import type { LaunchSettings } from './settings.ts';
import type { Stack } from './stack.ts';

/** What is told when everything runs. */
export function describeStack(stack: Stack, settings: LaunchSettings): string {
  const lines = [`DomainFlow runs at ${stack.url}`];
  if (stack.lab !== undefined)
    lines.push('The lab, a simulated internet, runs: campaigns can be tried on it.');
  lines.push(`Data: ${settings.dataDir}   Logs: ${path.join(settings.dataDir, 'logs')}`, 'Ctrl-C stops it.');
  return frame(lines);
}

/** The one-time password is told here and nowhere else. */
export function describeFirstAdmin(admin: FirstAdmin): string {
  return frame([
    'The first administrator. The password is shown this once; signing in asks for a new one.',
    '',
    `  user name  ${admin.username}`,
    `  password   ${admin.password}`,
  ]);
}

function frame(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const bar = '-'.repeat(width + 2);
  return ['', `+${bar}+`, ...lines.map((line) => `| ${line.padEnd(width)} |`), `+${bar}+`, ''].join('\n');
}
