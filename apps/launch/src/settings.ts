import path from 'node:path';
import { parseArgs } from 'node:util';
import { LaunchError } from './launch-error.ts';

export type LaunchSettings = {
  /** An outside server; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly lab: boolean;
  readonly labSeed: string;
  readonly workers: number;
  /** Whether the web app is built and served beside the API. */
  readonly web: boolean;
  /** Where the parts' logs go: files in the data folder only, or the terminal too. */
  readonly logs: 'files' | 'terminal';
};

export const helpText = `Usage: npm start [-- options]

Starts DomainFlow: database, API, web app, worker and, unless turned off, the lab (a simulated internet to try it on).

Options (environment variable, default)
  --port NUMBER        port of the web app and API; 0 is any free one (PORT, 3000)
  --host ADDRESS       address to listen on (HOST, 127.0.0.1)
  --data-dir FOLDER    database, logs and keys (DOMAINFLOW_DATA_DIR, ./data)
  --workers NUMBER     worker processes to start; 0 for none (WORKERS, 1)
  --web on|off         the web app, beside the API (WEB, on)
  --lab on|off         the simulated internet (LAB, on)
  --lab-seed SEED      which simulated internet (LAB_SEED, domainflow)
  --logs files|terminal
                       files in the data folder, or also the terminal (LOGS, files)
  --help               this text

DATABASE_URL=postgres://user:password@host:5432/database uses that server; no embedded one is started.
`;

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  'data-dir': { type: 'string' },
  workers: { type: 'string' },
  web: { type: 'string' },
  lab: { type: 'string' },
  'lab-seed': { type: 'string' },
  logs: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Reads the settings: options over environment over defaults. An empty variable counts as not set.
 * @returns 'help' when the help is asked for.
 * @throws LaunchError naming the setting that is wrong.
 */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  workingDir: string,
): LaunchSettings | 'help' {
  const given = parseOptions(args);
  if (given.help === true) return 'help';
  const text = (option: string | undefined, variable: string, otherwise: string): string =>
    option ?? (env[variable]?.trim() || otherwise);
  return {
    databaseUrl: databaseUrl(env.DATABASE_URL?.trim()),
    dataDir: path.resolve(workingDir, text(given['data-dir'], 'DOMAINFLOW_DATA_DIR', 'data')),
    host: text(given.host, 'HOST', '127.0.0.1'),
    port: wholeNumber('port (PORT)', text(given.port, 'PORT', '3000'), 65_535),
    web: onOff('web (WEB)', text(given.web, 'WEB', 'on')),
    lab: onOff('lab (LAB)', text(given.lab, 'LAB', 'on')),
    labSeed: text(given['lab-seed'], 'LAB_SEED', 'domainflow'),
    workers: wholeNumber('workers (WORKERS)', text(given.workers, 'WORKERS', '1'), 64),
    logs: choice('logs (LOGS)', text(given.logs, 'LOGS', 'files'), ['files', 'terminal']),
  };
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(`${reason}\nSee npm start -- --help.`);
  }
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw new LaunchError(`The setting ${name} is "${text}"; it must be a whole number from 0 to ${max}.`);
}

function choice<const T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === text);
  if (found !== undefined) return found;
  throw new LaunchError(`The setting ${name} is "${text}"; it must be ${allowed.join(' or ')}.`);
}

function onOff(name: string, text: string): boolean {
  return choice(name, text.toLowerCase(), ['on', 'off']) === 'on';
}

function databaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  // The value itself may hold a password: it is not repeated.
  throw new LaunchError(
    'DATABASE_URL is not a PostgreSQL address. It looks like postgres://user:password@host:5432/database.',
  );
}
