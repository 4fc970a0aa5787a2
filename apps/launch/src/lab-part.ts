import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './launch-error.ts';
import type { LogFile } from './log-file.ts';
import { freeDnsPort, reserveTcpPort } from './network-ports.ts';
import { Part } from './part.ts';
import { repositoryRoot } from './repository.ts';

const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 30_000;

type Address = { readonly host: string; readonly port: number };

/** Where the lab answers. API and worker get it as DOMAINFLOW_LAB: the boot option that lets the guard pass it. */
export type LabAddresses = {
  readonly dns: Address;
  readonly http: Address;
  readonly https: Address;
  /** The certificate authority that the lab's sites are signed by. */
  readonly caPem: string;
};

export type RunningLab = {
  /** As they are now: a lab that was started again has another certificate authority. */
  addresses(): LabAddresses;
};

/** Starts the lab on free ports and waits until it answers. */
export async function startLab(options: {
  dataDir: string;
  seed: string;
  log: LogFile;
  signal: AbortSignal;
  onStart: (part: Part) => void;
  onCrash: (message: string) => void;
  /** Told when the lab has come back after a crash: whoever trusts its old authority must be started again. */
  onReturn: () => void;
}): Promise<RunningLab> {
  const folder = path.join(options.dataDir, 'lab');
  const caFile = path.join(folder, 'ca.pem');
  mkdirSync(folder, { recursive: true });
  rmSync(caFile, { force: true });
  const [dnsPort, httpPort, httpsPort] = [
    await freeDnsPort(HOST),
    await reserveTcpPort(HOST, 0),
    await reserveTcpPort(HOST, 0),
  ];
  let addresses: LabAddresses | undefined;
  const part = new Part({
    name: 'lab',
    script: path.join(repositoryRoot, 'packages/lab/src/entry.lab.ts'),
    args: [
      `--seed=${options.seed}`,
      `--dns-port=${dnsPort}`,
      `--http-port=${httpPort}`,
      `--https-port=${httpsPort}`,
      `--ca-file=${caFile}`,
      '--exit-with-parent',
    ],
    env: () => ({}),
    log: options.log,
    onLine: (line) => {
      if (!saysReady(line)) return false;
      const returned = addresses !== undefined;
      addresses = {
        dns: { host: HOST, port: dnsPort },
        http: { host: HOST, port: httpPort },
        https: { host: HOST, port: httpsPort },
        caPem: readFileSync(caFile, 'utf8'),
      };
      if (returned) options.onReturn();
      return false;
    },
    onCrash: options.onCrash,
  });
  options.onStart(part);
  const first = await firstOf(part, () => addresses, options.signal);
  return { addresses: () => addresses ?? first };
}

/** The lab's ports are open before its certificate is written: only its own line says that it is ready. */
function saysReady(line: string): boolean {
  if (!line.includes('"ready"')) return false;
  try {
    return (JSON.parse(line) as { ready?: unknown }).ready === true;
  } catch {
    return false;
  }
}

async function firstOf(
  lab: Part,
  addresses: () => LabAddresses | undefined,
  signal: AbortSignal,
): Promise<LabAddresses> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const found = addresses();
    if (found !== undefined) return found;
    signal.throwIfAborted();
    if (lab.crashes > 0 || performance.now() > deadline) {
      throw new LaunchError(
        `The lab does not start. What it said last:\n${lab.lastLines}\nLAB=off starts without it.`,
      );
    }
    await sleep(20);
  }
}
