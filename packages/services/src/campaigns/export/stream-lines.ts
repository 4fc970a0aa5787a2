import type { Sql } from 'postgres';

/** Lines read from the database at once: what an export holds in memory. */
const LINES_A_CHUNK = 2_000;

/** How lines become a file. */
export interface LineFormat {
  begin(): Uint8Array;
  lines(lines: readonly string[], isFirst: boolean): Uint8Array;
  end(): Uint8Array;
}

/** The rows of a query with one column, `line`, as a stream of bytes. Cancelling it frees the database connection. */
export function streamLines(
  sql: Sql,
  query: string,
  parameters: readonly unknown[],
  format: LineFormat,
): ReadableStream<Uint8Array> {
  const selected = sql.unsafe<{ line: string }[]>(query, parameters as never[]);
  const chunks = selected.cursor(LINES_A_CHUNK)[Symbol.asyncIterator]();
  let failure: Error | null = null;
  let isFirst = true;
  let underWay: Promise<unknown> | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const head = format.begin();
      if (head.length > 0) controller.enqueue(head);
    },
    async pull(controller) {
      const reading = chunks.next();
      underWay = reading;
      const next = await reading;
      if (next.done === true) {
        if (failure !== null) throw failure;
        const tail = format.end();
        if (tail.length > 0) controller.enqueue(tail);
        controller.close();
        return;
      }
      // Should the connection break before the next read, postgres-js tells nobody and says then that this was all.
      void Object.assign(selected, {
        reject: (error: Error) => {
          failure = error;
          void Object.assign(selected, { active: false });
        },
      });
      const bytes = format.lines(
        next.value.map(({ line }) => line),
        isFirst,
      );
      isFirst = false;
      controller.enqueue(bytes);
    },
    async cancel() {
      // A cursor can be closed between two reads only: closed during one, it would keep its connection for ever.
      await underWay?.catch(() => undefined);
      await chunks.return?.();
    },
  });
}
