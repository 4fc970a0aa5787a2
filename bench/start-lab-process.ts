import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type LabRoute, labRouteFromEnv } from '@domainflow/net/guard/lab-route.ts';

export interface LabProcess extends AsyncDisposable {
  readonly route: LabRoute;
}

/** Starts the lab of a seed in its own process, so that its work does not count as the engine's. */
export async function startLabProcess(seed: string): Promise<LabProcess> {
  const file = fileURLToPath(new URL('./lab-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, seed], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    exited.then(([code]) => Promise.reject(new Error(`The lab ended with code ${code}.`))),
  ]);
  const route = labRouteFromEnv(first);
  if (route === null) throw new Error('The lab did not say where it listens.');
  return {
    route,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}
