import { availableParallelism } from 'node:os';
import { staticSteps } from './checks/static-steps.ts';
import { runSteps, type StepResult } from './checks/step.ts';
import { runVitest } from './checks/vitest-run.ts';

/** `npm test`: every check, then every test. Ends with one line that says how many of both passed and failed. */
const root = process.cwd();
const results = await runSteps(staticSteps, root, Math.min(2, availableParallelism()), report);
const tests = await runVitest(root, process.argv.slice(2));

const failedSteps = results.filter((result) => !result.passed);
for (const step of failedSteps) console.log(`failed: ${step.name}`);
const passed = results.length - failedSteps.length + tests.passed;
const failed = failedSteps.length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function report(result: StepResult): void {
  const seconds = (result.durationMs / 1000).toFixed(1);
  console.log(`${result.passed ? 'ok    ' : 'FAILED'} ${result.name} (${seconds} s)`);
  if (!result.passed) console.log(result.output.trimEnd().replace(/^/gm, '    '));
}
