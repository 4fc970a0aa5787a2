import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Stack, startStack } from '../stack.ts';
import { ApiClient } from './api-client.ts';
import { namePattern } from './name-pattern.ts';
import type { DemoOptions } from './options.ts';
import { type DemoOutcome, runCampaign } from './run-campaign.ts';
import { type Account, signIn } from './sign-in.ts';
import type { Terminal } from './terminal.ts';
import { formatCount, formatDuration } from './text-layout.ts';

/**
 * Runs the demo: its last line is one of JSON.
 * @returns whether the campaign completed and every verdict is right.
 * @throws LaunchError where the stack does not start; the signal's reason where it is called off.
 */
export async function runDemo(
  options: DemoOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  const started = performance.now();
  const names = namePattern(options.count);
  terminal.line(terminal.paint('bold', 'DomainFlow demo'));
  terminal.line(`  ${formatCount(options.count)} names ${names.sketch} under ${names.tlds.join(', ')}`);
  terminal.line(`  in the simulated internet "${options.seed}"`);
  terminal.line();

  const folder = mkdtempSync(path.join(tmpdir(), 'domainflow-demo-'));
  // The database server may run as another user: it must be able to enter.
  chmodSync(folder, 0o755);
  let stack: Stack | undefined;
  let account: Account | undefined;
  let outcome: DemoOutcome;
  try {
    stack = await startStack({
      dataDir: folder,
      lab: { seed: options.seed },
      web: false,
      signal,
      onMessage: (message) => terminal.line(terminal.paint('dim', `  ${message}`)),
    });
    const api = new ApiClient(stack.url, signal);
    account = await signIn(api, stack.firstAdmin);
    terminal.line(terminal.paint('dim', `  Ready after ${formatDuration(performance.now() - started)}.`));
    outcome = await runCampaign(api, names, options, terminal, signal);
  } finally {
    if (signal.aborted) terminal.line(terminal.paint('dim', '  Stopping ...'));
    await stack?.stop();
    if (options.keep) tellKept(terminal, folder, options.seed, account);
    else rmSync(folder, { recursive: true, force: true });
  }
  terminal.line();
  terminal.line(terminal.paint('dim', `The demo took ${formatDuration(performance.now() - started)}.`));
  const { isRight, ...report } = outcome;
  terminal.line(JSON.stringify(report));
  return isRight;
}

function tellKept(terminal: Terminal, folder: string, seed: string, account: Account | undefined): void {
  const quoted = `'${seed.replaceAll("'", "'\\''")}'`;
  terminal.line();
  terminal.line(terminal.paint('bold', 'Kept'));
  terminal.line(`  ${folder}`);
  terminal.line(`  To look at it: npm start -- --data-dir ${folder} --lab-seed ${quoted}`);
  if (account !== undefined)
    terminal.line(`  Sign in as ${account.username} with the password ${account.password}`);
}
