import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Lab, startLab } from './start-lab.ts';

const help = `Usage: npm run lab -- [options]

A deterministic simulated internet on loopback: DNS (UDP, TCP and HTTPS), HTTP, HTTPS and RDAP.

  --seed TEXT          decides every answer (LAB_SEED; 'domainflow')
  --host ADDRESS       address to listen on (127.0.0.1)
  --dns-port PORT      DNS, UDP and TCP (LAB_DNS_PORT; 5300; 0 takes a free one)
  --http-port PORT     HTTP (LAB_HTTP_PORT; 8480)
  --https-port PORT    HTTPS (LAB_HTTPS_PORT; 8443)
  --exist-rate SHARE   share of arbitrary names that exist, 0 to 1 (0.3)
  --ca-file PATH       writes the certificate that clients must trust
  --rdap-file PATH     writes the list of the lab's RDAP servers (DOMAINFLOW_RDAP_BOOTSTRAP)
  --log FILE           appends a JSON line per query
  --exit-with-parent   ends when its standard input closes
  --help               shows this text

When it is ready it prints one line of JSON with its seed, ports and CA.`;

interface Settings {
  seed: string;
  host: string;
  dnsPort: number;
  httpPort: number;
  httpsPort: number;
  existRate: number;
  caFile: string | null;
  rdapFile: string | null;
  logFile: string | null;
  exitWithParent: boolean;
}

/** Reads the command line over the environment over the defaults; null where help was asked for. */
function readSettings(args: string[], environment: NodeJS.ProcessEnv): Settings | null {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      host: { type: 'string' },
      'dns-port': { type: 'string' },
      'http-port': { type: 'string' },
      'https-port': { type: 'string' },
      'exist-rate': { type: 'string' },
      'ca-file': { type: 'string' },
      'rdap-file': { type: 'string' },
      log: { type: 'string' },
      'exit-with-parent': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return null;
  return {
    seed: values.seed ?? environment['LAB_SEED'] ?? 'domainflow',
    host: values.host ?? '127.0.0.1',
    dnsPort: portOf('--dns-port', values['dns-port'] ?? environment['LAB_DNS_PORT'] ?? '5300'),
    httpPort: portOf('--http-port', values['http-port'] ?? environment['LAB_HTTP_PORT'] ?? '8480'),
    httpsPort: portOf('--https-port', values['https-port'] ?? environment['LAB_HTTPS_PORT'] ?? '8443'),
    existRate: shareOf('--exist-rate', values['exist-rate'] ?? '0.3'),
    caFile: values['ca-file'] ?? null,
    rdapFile: values['rdap-file'] ?? null,
    logFile: values.log ?? null,
    exitWithParent: values['exit-with-parent'] ?? false,
  };
}

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`${option}: '${text}' is not a port (0 to 65535)`);
  return port;
}

function shareOf(option: string, text: string): number {
  const share = Number(text);
  if (text === '' || !(share >= 0 && share <= 1))
    throw new Error(`${option}: '${text}' is not a share (0 to 1)`);
  return share;
}

/** Says what went wrong in one line and what can be done about it. */
function explain(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `port ${port ?? ''} is taken: end the program that has it, or give another (--dns-port, --http-port, --https-port; 0 takes a free one)`;
  }
  if (code === 'EACCES') return `not allowed to listen on port ${port ?? ''}: give one above 1023`;
  return message;
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings === null) {
    console.log(help);
    return;
  }
  const { caFile, rdapFile, logFile, exitWithParent, ...options } = settings;
  const lab = await startLab({ ...options, ...(logFile === null ? {} : { logFile }) });
  if (caFile !== null) await writeFile(caFile, lab.caPem);
  if (rdapFile !== null) await writeFile(rdapFile, lab.rdapBootstrap);
  endOn(lab, exitWithParent);
  const { seed, dns, http, https, caPem } = lab;
  const ca = caFile === null ? { caPem } : { caFile };
  console.log(
    JSON.stringify({
      ready: true,
      pid: process.pid,
      seed,
      existRate: options.existRate,
      dns,
      http,
      https,
      ...ca,
    }),
  );
}

function endOn(lab: Lab, exitWithParent: boolean): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void lab.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (exitWithParent) {
    process.stdin.on('end', end);
    process.stdin.on('error', end);
    process.stdin.resume();
  }
}

main().catch((error: unknown) => {
  console.error(`lab: ${explain(error)}`);
  process.exitCode = 1;
});
