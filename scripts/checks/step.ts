import { spawn } from 'node:child_process';

/** One command of the checks. */
export type Step = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
};

export type StepResult = {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly durationMs: number;
};

/** Runs a step to its end and keeps what it says. A command that cannot be started is a failed step. */
export function runStep(step: Step, root: string): Promise<StepResult> {
  const started = performance.now();
  const [program, ...args] = step.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...QUIET_ENVIRONMENT },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const settle = (passed: boolean, note: string) =>
      resolve({
        name: step.name,
        passed,
        output: Buffer.concat(chunks).toString() + note,
        durationMs: performance.now() - started,
      });
    child.once('error', (error) => settle(false, error.message));
    child.once('close', (code, signal) => settle(code === 0, signal === null ? '' : `\nended by ${signal}`));
  });
}

/** No colours in captured output, and no calls home from the tools. */
const QUIET_ENVIRONMENT = {
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  NO_UPDATE_NOTIFIER: '1',
};

/** Runs steps `atOnce` at a time and tells each result as it comes. A failure stops nothing. */
export async function runSteps(
  steps: readonly Step[],
  root: string,
  atOnce: number,
  report: (result: StepResult) => void,
): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await runStep(step, root);
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
