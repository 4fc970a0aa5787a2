import type { Sql } from 'postgres';

export interface WorkerIdentity {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** Runtime and version, such as `node 24.21.0`. */
  readonly runtime: string;
}

/** A worker that has been silent for longer is gone; it says that it is there every two seconds. */
const ALIVE_SECONDS = 15;

/** Says that the worker is there, by the database's clock. */
export async function reportPresence(sql: Sql, { id, host, pid, runtime }: WorkerIdentity): Promise<void> {
  await sql`
    INSERT INTO workers (id, host, pid, runtime) VALUES (${id}, ${host}, ${pid}, ${runtime})
    ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()`;
}

/** Takes the worker off the list when it stops. */
export async function withdrawPresence(sql: Sql, id: string): Promise<void> {
  await sql`DELETE FROM workers WHERE id = ${id}`;
}

/** How many workers have said so of late; at least 1. */
export async function countWorkers(sql: Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM workers WHERE seen_at > clock_timestamp() - make_interval(secs => ${ALIVE_SECONDS})`;
  return Math.max(1, row?.n ?? 1);
}
