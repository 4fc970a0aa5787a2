import type { PhaseItems } from '@domainflow/domain/phases/phase.ts';
import type { Sql } from 'postgres';
import { suppressedCondition } from '../suppressions/suppressed-condition.ts';

/** Ordinals of those domains that are suppressed now, by themselves or by a domain above them. */
export async function suppressedOrdinals(sql: Sql, items: PhaseItems): Promise<number[]> {
  const all = [...items];
  const rows = await sql<{ ordinal: string }[]>`
    SELECT d.ordinal
    FROM unnest(${all.map(({ ordinal }) => ordinal)}::bigint[], ${all.map(({ name }) => name)}::text[])
      AS d (ordinal, name)
    WHERE ${sql.unsafe(suppressedCondition('d.name'))}`;
  return rows.map(({ ordinal }) => Number(ordinal));
}
