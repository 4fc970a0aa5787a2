import { parseArgs } from 'node:util';
import { LaunchError } from '../launch-error.ts';

/** The most names of a demo: what one machine gets through in an hour or two. */
const MAX_COUNT = 1_000_000;
const MAX_SEED_LENGTH = 100;

export interface DemoOptions {
  /** How many names are generated. */
  readonly count: number;
  /** Which simulated internet. */
  readonly seed: string;
  /** Whether the data folder stays. */
  readonly keep: boolean;
}

export const demoHelp = `Usage: npm run demo [-- options]

Runs a campaign through all phases in a simulated internet: generates names, asks DNS for them, visits those that
resolve, reads their pages and scores them as leads. Then compares every verdict with what the simulated internet knows
to be true. Everything runs on this machine, with a database of its own that is removed afterwards.

Options (default)
  --count NUMBER   names to generate, 1 to ${MAX_COUNT.toLocaleString('en')} (5,000)
  --seed TEXT      which simulated internet (domainflow)
  --keep           keep the data, and say where it is and how to look at it
  --help           this text

The last line is one of JSON. The exit code is 0 when the campaign completes and every verdict is right.
`;

/**
 * Reads the command line.
 * @returns 'help' when the help is asked for.
 * @throws LaunchError naming the option that is wrong.
 */
export function readDemoOptions(args: readonly string[]): DemoOptions | 'help' {
  const given = parse(args);
  if (given.help === true) return 'help';
  return {
    count: readCount(given.count ?? '5000'),
    seed: readSeed(given.seed ?? 'domainflow'),
    keep: given.keep ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        count: { type: 'string' },
        seed: { type: 'string' },
        keep: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      strict: true,
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(`${reason}\nSee npm run demo -- --help.`);
  }
}

function readCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MAX_COUNT) return count;
  throw new LaunchError(`--count is "${text}"; it must be a whole number from 1 to ${MAX_COUNT}.`);
}

function readSeed(text: string): string {
  if (text.trim() !== '' && text.length <= MAX_SEED_LENGTH) return text;
  throw new LaunchError(`--seed must be a text of 1 to ${MAX_SEED_LENGTH} characters.`);
}
