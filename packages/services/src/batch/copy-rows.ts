import type { TransactionSql } from 'postgres';

/** Rows are put together and sent in pieces of about so many characters, so that nothing else waits for more. */
const PIECE_LENGTH = 128 * 1024;

interface Copy {
  send(piece: string | Uint8Array): Promise<void>;
  end(piece: string): Promise<void>;
  /** Tells the server to forget it; the transaction can only be rolled back then. */
  cancel(error: Error): Promise<void>;
}

/**
 * Copies rows in COPY's text format, drawn as they are sent; without any row nothing is asked of the database. Octets are
 * whole rows, put together already.
 */
export async function copyRows(
  tx: TransactionSql,
  target: string,
  rows: Iterable<string | Uint8Array>,
): Promise<void> {
  let piece = '';
  let copy: Copy | null = null;
  try {
    for (const row of rows) {
      if (typeof row === 'string') {
        piece += row;
        if (piece.length < PIECE_LENGTH) continue;
      }
      copy ??= await startCopy(tx, target);
      if (piece !== '') await copy.send(piece);
      if (typeof row !== 'string') await copy.send(row);
      piece = '';
    }
  } catch (error) {
    await copy?.cancel(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  if (piece === '' && copy === null) return;
  copy ??= await startCopy(tx, target);
  await copy.end(piece);
}

async function startCopy(tx: TransactionSql, target: string): Promise<Copy> {
  const copy = tx.unsafe(`COPY ${target} FROM STDIN`);
  const stream = await copy.writable();
  const failed = new Promise<never>((_, reject) => {
    // What the server says meanwhile and after the last row (a duplicate key, a full disk) goes to the statement, which
    // has answered already with its stream: postgres-js would leave the stream waiting without end.
    void Object.assign(copy, { reject });
    stream.once('error', reject);
  });
  // It may come while nobody waits for it.
  failed.catch(() => undefined);
  const unlessFailed = (start: (done: () => void) => void): Promise<void> =>
    Promise.race([failed, new Promise<void>(start)]);
  return {
    send: (piece) => unlessFailed((done) => stream.write(piece, () => done())),
    end: (piece) =>
      unlessFailed((done) => {
        stream.once('finish', done);
        stream.end(piece);
      }),
    async cancel(error) {
      stream.destroy(error);
      await failed.catch(() => undefined);
    },
  };
}
