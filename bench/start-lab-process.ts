import { fileURLToPath } from 'node:url';
import { type LabRoute, labRouteFromEnv } from '@domainflow/net/guard/lab-route.ts';
import { startProcess } from './start-process.ts';

export interface LabProcess extends AsyncDisposable {
  readonly route: LabRoute;
}

const FREE_PORTS = ['--dns-port', '0', '--http-port', '0', '--https-port', '0'];

/** Starts the lab of a seed as `npm run lab` does, on free ports. */
export async function startLabProcess(seed: string): Promise<LabProcess> {
  const entry = fileURLToPath(import.meta.resolve('@domainflow/lab/entry.lab.ts'));
  const lab = await startProcess(entry, ['--seed', seed, ...FREE_PORTS, '--exit-with-parent']);
  const route = labRouteFromEnv(lab.firstLine);
  if (route === null) throw new Error('The lab did not say where it listens.');
  return { route, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
}
