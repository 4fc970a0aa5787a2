import { runVitest } from './checks/vitest-run.ts';

/** `npm run test:e2e`: the browser tests, ended by the line that `.ci/run` adds up. */
const tally = await runVitest(process.cwd(), ['--config', 'e2e/vitest.config.ts', ...process.argv.slice(2)]);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
