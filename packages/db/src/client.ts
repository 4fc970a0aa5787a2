import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import * as schema from './schema/all.ts';

export type Schema = typeof schema;
export type Database = PostgresJsDatabase<Schema>;
/** A transaction of `Database`. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseClients {
  /** For queries and small writes. */
  readonly db: Database;
  /** For COPY, cursors and LISTEN: its own connections, because Drizzle changes the parsers of those it is given. */
  readonly sql: Sql;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly url: string;
  /** Connections of each of the two pools. */
  readonly maxConnections?: number;
  readonly applicationName: string;
  /** Server settings of the connections of `sql`, over the common ones. */
  readonly sqlSettings?: Readonly<Record<string, string>>;
}

/** Opens the two pools; connections are made when they are first used. */
export function openDatabase(options: ClientOptions): DatabaseClients {
  const settings = {
    max: options.maxConnections ?? 8,
    connect_timeout: 10,
    keep_alive: 5,
    // The driver's own waits grow to half a minute: a database that is back would not be noticed for as long.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    connection: {
      application_name: options.applicationName,
      // A client that stops in mid-transaction must not hold its locks for longer than a lease.
      idle_in_transaction_session_timeout: 15_000,
      // Notices a peer that is gone without a word.
      tcp_user_timeout: 10_000,
    },
  };
  const forDrizzle = postgres(options.url, settings);
  const sql = postgres(options.url, {
    ...settings,
    connection: { ...settings.connection, ...options.sqlSettings },
  });
  return {
    db: drizzle(forDrizzle, { schema }),
    sql,
    close: async () => {
      await Promise.all([forDrizzle.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    },
  };
}
