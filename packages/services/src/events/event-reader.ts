import type { Sql } from 'postgres';
import type { Log } from '../operation/operation.ts';
import { within } from '../rows/within.ts';
import { DeliveredEvent, type EventRow } from './delivered-event.ts';
import { DoorbellListener } from './doorbell-listener.ts';
import { IdLedger } from './id-ledger.ts';
import { openConnection } from './open-connection.ts';

const PAGE = 1_000;
/** How often the table is asked when the doorbell is silent. */
const POLL_INTERVAL_MS = 1_000;
/** Between two polls, however often the bell rings. */
const MIN_SPACING_MS = 5;
/** A poll that takes longer has lost its connection without a word. */
const POLL_TIMEOUT_MS = 5_000;
const MAX_BACKOFF_MS = 2_000;

export interface EventReaderOptions {
  readonly url: string;
  readonly log: Log;
  /** Called for each event once, in order within its stream; `safeId` is the ledger's just after it. */
  onEvent(event: DeliveredEvent, safeId: number): void;
  /** Reading has begun: what commits from here on is delivered. Called once. */
  onReady?(): void;
  readonly pollIntervalMs?: number;
}

export interface ReaderStats {
  readonly ready: boolean;
  readonly listening: boolean;
  readonly highestId: number;
  readonly safeId: number;
  readonly openGaps: number;
  /** Since the last poll that succeeded; null before the first. */
  readonly lastPollAgoMs: number | null;
  readonly failedPolls: number;
}

interface PollRow extends Partial<EventRow> {
  readonly oldest_running: string;
}

/** Reads the outbox for one process: each event once, as soon as it can be seen. Survives the database's restarts. */
export class EventReader {
  readonly #options: EventReaderOptions;
  readonly #listener: DoorbellListener;
  #sql: Sql | null = null;
  #ledger: IdLedger | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;
  #failures = 0;
  #failedPolls = 0;
  #lastPollAt: number | null = null;
  #wake: (() => void) | null = null;
  #rung = false;

  constructor(options: EventReaderOptions) {
    this.#options = options;
    this.#listener = new DoorbellListener(options.url, () => this.#ring());
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ring();
    await this.#running;
    await Promise.all([this.#listener.stop(), this.#dropConnection()]);
  }

  stats(): ReaderStats {
    return {
      ready: this.#ledger !== null,
      listening: this.#listener.isListening,
      highestId: this.#ledger?.highest ?? 0,
      safeId: this.#ledger?.safeId ?? 0,
      openGaps: this.#ledger?.gaps.length ?? 0,
      lastPollAgoMs: this.#lastPollAt === null ? null : Math.round(performance.now() - this.#lastPollAt),
      failedPolls: this.#failedPolls,
    };
  }

  #ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      let waitMs: number;
      try {
        const isFull = await within(POLL_TIMEOUT_MS, this.#step(), null);
        if (isFull === null) throw new Error('The database does not answer.');
        if (this.#failures > 0) this.#options.log.info({}, 'reading events again');
        this.#failures = 0;
        this.#lastPollAt = performance.now();
        waitMs = isFull ? 0 : (this.#options.pollIntervalMs ?? POLL_INTERVAL_MS);
      } catch (error) {
        if (this.#failures === 0) this.#options.log.warn({ err: error }, 'events cannot be read');
        this.#failures += 1;
        this.#failedPolls += 1;
        await this.#dropConnection();
        waitMs = Math.min(100 * 2 ** this.#failures, MAX_BACKOFF_MS);
        this.#rung = false;
      }
      await this.#sleep(waitMs);
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (ms === 0 || this.#stopped) return;
    if (!this.#rung) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      this.#wake = null;
    }
    // What rings from here on is about a later commit than the coming poll is sure to see: it counts for the next.
    if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, MIN_SPACING_MS));
    this.#rung = false;
  }

  /** One poll; true when there is more to read at once. */
  async #step(): Promise<boolean> {
    this.#sql ??= openConnection(this.#options.url, 'domainflow events');
    const sql = this.#sql;
    if (this.#ledger === null) {
      const ledger = await beginLedger(sql);
      if (this.#sql !== sql) return false;
      this.#ledger = ledger;
      this.#options.onReady?.();
    }
    const ledger = this.#ledger;
    const rows = await readOutbox(sql, ledger);
    // A poll that was given up on may still end: its events belong to the poll that replaced it.
    if (this.#sql !== sql) return false;
    let events = 0;
    for (const row of rows) {
      if (!isEventRow(row)) continue;
      events += 1;
      const event = new DeliveredEvent(row);
      if (ledger.deliver(event.id)) this.#options.onEvent(event, ledger.safeId);
    }
    const oldestRunning = rows[0]?.oldest_running;
    if (oldestRunning !== undefined) ledger.abandon(BigInt(oldestRunning));
    // Before the next wait, so that the wait counts for the gaps' owners.
    if (ledger.needsBound) {
      const bound = await drawTransactionId(sql);
      // Drawn too early for gaps that another poll has noticed meanwhile.
      if (this.#sql !== sql) return false;
      ledger.setBound(bound);
    }
    await this.#listener.keepAlive(sql);
    return events >= PAGE;
  }

  async #dropConnection(): Promise<void> {
    const sql = this.#sql;
    this.#sql = null;
    await sql?.end({ timeout: 0 }).catch(() => undefined);
  }
}

const isEventRow = (row: PollRow): row is EventRow & PollRow => row.id !== null && row.id !== undefined;

/** Drawing an id takes one: it is higher than that of every transaction that has one already. */
async function drawTransactionId(sql: Sql): Promise<bigint> {
  const [row] = await sql<{ xid: string }[]>`SELECT pg_current_xact_id()::text AS xid`;
  if (row === undefined) throw new Error('PostgreSQL gave no transaction id.');
  return BigInt(row.xid);
}

/** Everything visible now counts as delivered; every id that is missing may belong to an open transaction. */
async function beginLedger(sql: Sql): Promise<IdLedger> {
  const rows = await sql<{ highest: string; lo: string | null; hi: string | null }[]>`
    WITH seen AS (SELECT id, lag(id, 1, 0::bigint) OVER (ORDER BY id) AS before FROM events)
    SELECT (SELECT coalesce(max(id), 0) FROM events)::text AS highest, gap.lo::text, gap.hi::text
    FROM (SELECT 1) AS always
    LEFT JOIN (SELECT before + 1 AS lo, id - 1 AS hi FROM seen WHERE id > before + 1) AS gap ON true
    ORDER BY gap.lo`;
  const gaps = rows.flatMap(({ lo, hi }) =>
    lo === null || hi === null ? [] : [{ lo: Number(lo), hi: Number(hi) }],
  );
  return new IdLedger(Number(rows[0]?.highest ?? 0), gaps);
}

/** New events and those that fill gaps, in the order of ids, all from one snapshot; always at least one row. */
function readOutbox(sql: Sql, ledger: IdLedger): Promise<PollRow[]> {
  const lows = `{${ledger.gaps.map((gap) => gap.lo).join(',')}}`;
  const highs = `{${ledger.gaps.map((gap) => gap.hi).join(',')}}`;
  return sql<PollRow[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest_running,
      e.id::text, e.stream, e.seq::text, e.owner_id, e.type, e.payload, e.at
    FROM (SELECT 1) AS always
    LEFT JOIN (
      (SELECT * FROM events WHERE id > ${ledger.highest}::bigint ORDER BY id LIMIT ${PAGE})
      UNION ALL
      (SELECT events.* FROM unnest(${lows}::bigint[], ${highs}::bigint[]) AS gap (lo, hi)
        JOIN events ON events.id BETWEEN gap.lo AND gap.hi)
    ) AS e ON true
    ORDER BY e.id`;
}
