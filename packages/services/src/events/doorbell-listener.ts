import type { Sql } from 'postgres';
import { EVENT_CHANNEL } from './doorbell.ts';
import { openConnection } from './open-connection.ts';

const CHECK_INTERVAL_MS = 5_000;
const ANSWER_WITHIN_MS = 2_000;

/**
 * LISTENs on the doorbell. A connection that listens is silent by nature, so that one that broke looks like one that
 * has nothing to say: the listener rings itself now and then, and starts over when it does not hear it.
 */
export class DoorbellListener {
  readonly #url: string;
  readonly #onRing: () => void;
  readonly #checkChannel = `domainflow_check_${crypto.randomUUID().replaceAll('-', '')}`;
  #client: Sql | null = null;
  #connecting: Promise<void> | null = null;
  #heardAt = 0;
  #askedAt: number | null = null;
  #stopped = false;

  constructor(url: string, onRing: () => void) {
    this.#url = url;
    this.#onRing = onRing;
  }

  get isListening(): boolean {
    return this.#client !== null;
  }

  /** To be called about once a second, with a connection that works: makes sure that somebody listens. */
  async keepAlive(sql: Sql): Promise<void> {
    const now = performance.now();
    if (this.#connecting !== null || this.#stopped) return;
    if (this.#client === null) {
      this.#connecting = this.#connect().finally(() => {
        this.#connecting = null;
      });
    } else if (this.#askedAt !== null) {
      if (now - this.#askedAt > ANSWER_WITHIN_MS) await this.#drop();
    } else if (now - this.#heardAt > CHECK_INTERVAL_MS) {
      this.#askedAt = now;
      await sql`SELECT pg_notify(${this.#checkChannel}, '')`;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#connecting;
    await this.#drop();
  }

  async #connect(): Promise<void> {
    const client = openConnection(this.#url, 'domainflow doorbell');
    try {
      await client.listen(EVENT_CHANNEL, () => {
        this.#heardAt = performance.now();
        this.#onRing();
      });
      await client.listen(this.#checkChannel, () => {
        this.#heardAt = performance.now();
        this.#askedAt = null;
      });
    } catch {
      // Polling goes on meanwhile, and the next call tries again.
      await client.end({ timeout: 0 }).catch(() => undefined);
      return;
    }
    this.#client = client;
    this.#heardAt = performance.now();
    this.#askedAt = null;
    // What was rung while nobody listened.
    this.#onRing();
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end({ timeout: 0 }).catch(() => undefined);
  }
}
