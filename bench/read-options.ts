import { readFileSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Endpoint } from '@domainflow/net/guard/lab-route.ts';

/** The options of a benchmark. With `--help`, and after an option that it does not know, `help` is printed and it ends. */
export function readOptions<const T extends ParseArgsOptionsConfig>(help: string, options: T) {
  if (process.argv.includes('--help')) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exit(1);
  }
}

/** `HOST:PORT`, an IPv6 address in brackets. */
export function endpointOf(text: string): Endpoint {
  const [, host = '', port = ''] = text.match(/^\[?(.+?)\]?:(\d+)$/) ?? [];
  if (port === '') throw new Error(`${text} is not HOST:PORT.`);
  return { host, port: Number(port) };
}

/** The first word of each line of a file. */
export const namesOfFile = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s/, 1)[0] ?? '')
    .filter((name) => name !== '');
