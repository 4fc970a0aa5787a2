import { demoHelp, readDemoOptions } from './demo/options.ts';
import { runDemo } from './demo/run-demo.ts';
import { openTerminal } from './demo/terminal.ts';
import { LaunchError } from './launch-error.ts';
import { stopSignals } from './stop-signals.ts';

/** `npm run demo`: a campaign through all phases against the lab, compared with the lab's truth. */
const STOPPED = 130;

try {
  const options = readDemoOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(demoHelp);
    process.exit(0);
  }
  const stopAsked = stopSignals();
  try {
    const isRight = await runDemo(options, openTerminal(process.stdout, process.env), stopAsked);
    process.exit(isRight ? 0 : 1);
  } catch (error) {
    if (!stopAsked.aborted) throw error;
    process.stdout.write('Stopped.\n');
    process.exit(STOPPED);
  }
} catch (error) {
  console.error(error instanceof LaunchError ? `\nThe demo did not run.\n${error.message}` : error);
  process.exit(1);
}
