import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Tally = { readonly passed: number; readonly failed: number };

/** Runs vitest with its own output on the terminal, and counts the tests. */
export async function runVitest(root: string, args: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitest-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const code = await new Promise<number>((resolve, reject) => {
      const child = spawn(
        'vitest',
        ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
        { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
      );
      child.once('error', reject);
      child.once('close', (exitCode) => resolve(exitCode ?? 1));
    });
    return tally(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The figures of vitest's JSON report. A test file that could not be loaded has no tests of its own, and an error
 * between tests belongs to none: a run that ended badly counts as at least one failure.
 */
function tally(report: string, exitCode: number): Tally {
  let counts: { numPassedTests?: number; numFailedTests?: number; testResults?: FileResult[] };
  try {
    counts = JSON.parse(readFileSync(report, 'utf8')) as typeof counts;
  } catch {
    return { passed: 0, failed: 1 };
  }
  const unloadable = (counts.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = (counts.numFailedTests ?? 0) + unloadable;
  return {
    passed: counts.numPassedTests ?? 0,
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
  };
}

type FileResult = { status: string; assertionResults: { status: string }[] };
