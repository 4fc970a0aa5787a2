import { LaunchError } from './launch-error.ts';
import { helpText, readSettings } from './settings.ts';
import { startStack } from './stack.ts';
import { stopSignals } from './stop-signals.ts';
import { describeFirstAdmin, describeStack } from './welcome.ts';

/** `npm start`: the whole of DomainFlow until Ctrl-C or SIGTERM. */
try {
  const settings = readSettings(process.argv.slice(2), process.env, process.cwd());
  if (settings === 'help') {
    process.stdout.write(helpText);
    process.exit(0);
  }
  const stopAsked = stopSignals();
  const stack = await startStack({
    dataDir: settings.dataDir,
    databaseUrl: settings.databaseUrl,
    host: settings.host,
    port: settings.port,
    lab: settings.lab ? { seed: settings.labSeed } : undefined,
    workers: settings.workers,
    web: settings.web,
    signal: stopAsked,
    onMessage: (message) => console.log(message),
    onFirstAdmin: (admin) => console.log(describeFirstAdmin(admin)),
    onLog: (part, line) => {
      if (settings.logs === 'terminal') console.log(`${part} | ${line}`);
    },
  });
  console.log(describeStack(stack, settings));
  await new Promise<void>((resolve) => {
    if (stopAsked.aborted) resolve();
    else stopAsked.addEventListener('abort', () => resolve(), { once: true });
  });
  console.log('Stopping ...');
  await stack.stop();
  console.log('Stopped.');
  process.exit(0);
} catch (error) {
  if (error instanceof Error && error.name === 'AbortError') {
    console.log('Stopped.');
    process.exit(0);
  }
  console.error(error instanceof LaunchError ? `\nDomainFlow did not start.\n${error.message}` : error);
  process.exit(1);
}
