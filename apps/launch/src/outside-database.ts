import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { LaunchError } from './launch-error.ts';

/** uuidv7() came with PostgreSQL 18. */
const MIN_VERSION = 180_000;
const ATTEMPTS = 4;

/**
 * Sees whether the server of DATABASE_URL can be used. It is tried for some seconds: it may be starting as well.
 * @throws LaunchError that says what to do and never holds the password.
 */
export async function checkOutsideDatabase(url: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      const [row] = await sql`SELECT current_setting('server_version_num')::int AS version`;
      if (row?.version >= MIN_VERSION) return;
      throw new LaunchError(
        `The server of DATABASE_URL is PostgreSQL ${Math.floor(row?.version / 10_000)}; DomainFlow needs 18 or newer.`,
      );
    } catch (error) {
      if (error instanceof LaunchError) throw error;
      if (attempt === ATTEMPTS || error instanceof postgres.PostgresError) {
        throw new LaunchError(explain(error, url), { cause: error });
      }
    } finally {
      await sql.end({ timeout: 1 });
    }
    await sleep(1_000, undefined, { signal });
  }
}

function explain(error: unknown, url: string): string {
  const { hostname, port, pathname } = new URL(url);
  const place = `${hostname}:${port || 5432}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case '28P01':
    case '28000':
      return `The database server at ${place} refuses the user or password in DATABASE_URL. Correct them and start again.`;
    case '3D000':
      return `The database ${decodeURIComponent(pathname.slice(1))} does not exist at ${place}. Make it (CREATE DATABASE) or correct DATABASE_URL.`;
    case '53300':
      return `The database server at ${place} has no connection left. Raise its max_connections or close other clients.`;
    default:
      return (
        `The database server at ${place} cannot be reached (${code || 'no answer'}). ` +
        'Start it, correct DATABASE_URL, or leave DATABASE_URL out to use the embedded server.'
      );
  }
}
