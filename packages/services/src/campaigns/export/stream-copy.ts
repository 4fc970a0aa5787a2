import type { Database } from '@domainflow/db/client.ts';
import { sql as statement } from 'drizzle-orm';
import type { Sql } from 'postgres';
import type { FileWriter } from './file-writers.ts';

export interface CopyDeps {
  /** Tells the database that the reader has gone. */
  readonly db: Database;
  /** Gives a connection for as long as the reader takes. */
  readonly sql: Sql;
  /** How long a reader may rest; two minutes unless told otherwise. */
  readonly stallMs?: number;
}

/** A reader that takes nothing for so long holds a connection and a snapshot of the database for nothing. */
const STALL_MS = 120_000;

/** A reader may rest for longer than a peer may be silent elsewhere. */
const PATIENT = 'SET LOCAL tcp_user_timeout = 0';

/**
 * What `COPY … TO STDOUT` writes, as a file: PostgreSQL goes on while lines are on their way, at the pace of the reader.
 * Cancelling it frees the database connection, and so does resting for too long; that and an error of the database are
 * errors of the stream, never an early end.
 */
export function streamCopy(
  deps: CopyDeps,
  statements: CopyStatements,
  writer: FileWriter,
): ReadableStream<Uint8Array> {
  let source: CopySource | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const head = writer.begin();
      if (head.length > 0) controller.enqueue(head);
    },
    async pull(controller) {
      clearTimeout(rest);
      source ??= new CopySource(deps, statements);
      for (let piece = await source.next(); piece !== null; piece = await source.next()) {
        const bytes = writer.lines(piece);
        if (bytes.length === 0) continue;
        controller.enqueue(bytes);
        rest = setTimeout(() => {
          controller.error(new Error('The reader has taken nothing for too long.'));
          void source?.leave();
        }, deps.stallMs ?? STALL_MS);
        return;
      }
      const tail = writer.end();
      if (tail.length > 0) controller.enqueue(tail);
      controller.close();
    },
    async cancel() {
      clearTimeout(rest);
      await source?.leave();
    },
  });
}

export interface CopyStatements {
  readonly copy: string;
  /** Settings of the server that hold for it alone. */
  readonly settings: readonly string[];
}

interface OpenCopy {
  readonly pid: number;
  readonly pieces: AsyncIterator<Uint8Array>;
}

/** A COPY under way in a transaction of its own. */
class CopySource {
  readonly #deps: CopyDeps;
  readonly #open: Promise<OpenCopy>;
  readonly #transaction: Promise<void>;
  readonly #over = Promise.withResolvers<void>();

  constructor(deps: CopyDeps, { copy, settings }: CopyStatements) {
    this.#deps = deps;
    const { promise, resolve, reject } = Promise.withResolvers<OpenCopy>();
    this.#open = promise;
    this.#transaction = deps.sql.begin('read only', async (tx) => {
      await tx.unsafe([PATIENT, ...settings].join(';'));
      const [row] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      const readable = await tx.unsafe(copy).readable();
      // The driver rests its socket while much is unread, and where the end has come with that it never wakes it: the
      // answer to COMMIT would not be read.
      readable.once('close', () => {
        try {
          readable._read(0);
        } catch {
          // The connection is gone: there is nothing to wake.
        }
      });
      resolve({ pid: row?.pid ?? 0, pieces: readable.iterator({ destroyOnReturn: false }) });
      await this.#over.promise;
    });
    this.#transaction.catch(reject);
  }

  /** The next bytes; null when all have come and the database says so. */
  async next(): Promise<Uint8Array | null> {
    const { pieces } = await this.#open;
    const piece = await pieces.next();
    if (piece.done !== true) return piece.value;
    this.#over.resolve();
    await this.#transaction;
    return null;
  }

  /** Ends it early. What is on its way must be read for the connection to be of use again. */
  async leave(): Promise<void> {
    try {
      const { pid, pieces } = await this.#open;
      await this.#deps.db.execute(statement`SELECT pg_cancel_backend(${pid})`);
      while ((await pieces.next()).done !== true);
    } catch {
      // The statement that was called off says so.
    } finally {
      this.#over.resolve();
      await this.#transaction.catch(() => undefined);
    }
  }
}
