import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { killWhenOrphaned } from './kill-orphan.ts';
import type { LogFile } from './log-file.ts';

/**
 * MiB of each half of the young generation. With the default, garbage of loading the libraries and of each batch piles up
 * to twice the memory before it is collected.
 */
const NODE_FLAGS = ['--max-semi-space-size=8'];
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
/** A part that ran this long was healthy: its next crash starts the waiting over. */
const HEALTHY_AFTER_MS = 60_000;
const LAST_LINES = 15;

export type PartOptions = {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  /** More flags of Node for it. */
  readonly nodeFlags?: readonly string[];
  /** Read anew at every start. */
  readonly env: () => Readonly<Record<string, string>>;
  readonly log: LogFile;
  /** Sees each line of the standard output first; `true` keeps it out of the log. */
  readonly onLine?: (line: string) => boolean;
  readonly onCrash: (message: string) => void;
};

/**
 * A part of the stack in a process of its own, started again when it crashes. Its standard input is a pipe that ends
 * when this process ends, however it does, and DOMAINFLOW_EXIT_WITH_PARENT tells it to stop then.
 */
export class Part {
  readonly name: string;
  readonly #options: PartOptions;
  readonly #stopping = new AbortController();
  readonly #lastLines: string[] = [];
  #child: ChildProcess | undefined;
  #supervision: Promise<void>;
  #crashes = 0;
  #restartAsked = false;

  constructor(options: PartOptions) {
    this.name = options.name;
    this.#options = options;
    this.#supervision = this.#supervise();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** How often it ended without being asked to. */
  get crashes(): number {
    return this.#crashes;
  }

  /** What it said last, for a message about its end. */
  get lastLines(): string {
    return this.#lastLines.join('\n');
  }

  /** Ends it in order and starts it again at once, with its environment as it is by then. */
  restart(): void {
    if (this.#child === undefined || this.#stopping.signal.aborted) return;
    this.#restartAsked = true;
    this.#child.kill('SIGTERM');
  }

  /** Asks it to end (SIGTERM), makes it end after the limit, and starts it no more. */
  async stop(timeoutMs: number): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    child?.kill('SIGTERM');
    const timer = setTimeout(() => child?.kill('SIGKILL'), timeoutMs);
    await this.#supervision;
    clearTimeout(timer);
  }

  async #supervise(): Promise<void> {
    const { signal } = this.#stopping;
    let backoffMs = FIRST_BACKOFF_MS;
    while (!signal.aborted) {
      const started = performance.now();
      const end = await this.#run();
      if (signal.aborted) return;
      if (this.#restartAsked) {
        this.#restartAsked = false;
        continue;
      }
      this.#crashes++;
      if (performance.now() - started > HEALTHY_AFTER_MS) backoffMs = FIRST_BACKOFF_MS;
      this.#options.onCrash(
        `${this.name} ended (${end}); starting it again in ${backoffMs / 1000} s. Its log: ${this.#options.log.file}`,
      );
      await sleep(backoffMs, undefined, { signal }).catch(() => {});
      backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
    }
  }

  #run(): Promise<string> {
    const { script, args = [], nodeFlags = [], env, log, onLine } = this.#options;
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [...NODE_FLAGS, ...nodeFlags, script, ...args], {
        // Ctrl-C in a terminal must not reach it: the launcher stops its parts one after the other.
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, ...env(), DOMAINFLOW_EXIT_WITH_PARENT: '1' },
      });
      this.#child = child;
      child.stdin.on('error', () => {});
      const endWatch = child.pid === undefined ? () => {} : killWhenOrphaned(child.pid);
      this.#follow(child.stdout, (line) => {
        if (onLine?.(line) !== true) this.#keep(log, line);
      });
      this.#follow(child.stderr, (line) => this.#keep(log, line));
      const settle = (end: string) => {
        endWatch();
        this.#child = undefined;
        resolve(end);
      };
      child.once('error', (error) => settle(error.message));
      child.once('close', (code, signal) => settle(signal ?? `exit code ${code}`));
    });
  }

  #follow(stream: Readable, onLine: (line: string) => void): void {
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', onLine);
  }

  #keep(log: LogFile, line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > LAST_LINES) this.#lastLines.shift();
    log.write(line);
  }
}
