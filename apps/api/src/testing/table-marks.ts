import type { Sql } from 'postgres';

export interface TableMarks {
  /** Tables with other rows than at the last call. */
  changed(): Promise<string[]>;
}

/** What requests write beside their work: when a session was last used. */
const BESIDE = new Set(['sessions', 'auth_throttle']);

/** Watches all tables of ours for rows that were written, changed or taken away. */
export async function writesWatch(sql: Sql): Promise<TableMarks> {
  const tables = await sql<{ name: string }[]>`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`;
  const marks = tables
    .filter(({ name }) => !BESIDE.has(name))
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*) || ':' || coalesce(sum(xmin::text::numeric), 0) AS mark FROM ${name}`,
    );
  const read = async (): Promise<Map<string, string>> => {
    const rows = await sql.unsafe<{ name: string; mark: string }[]>(marks.join(' UNION ALL '));
    return new Map(rows.map(({ name, mark }) => [name, mark]));
  };
  let before = await read();
  return {
    async changed() {
      const now = await read();
      const others = [...now].filter(([name, mark]) => before.get(name) !== mark).map(([name]) => name);
      before = now;
      return others;
    },
  };
}
