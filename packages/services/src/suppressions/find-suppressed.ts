import type { Database, Transaction } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import { coveringValues } from './covering-values.ts';

/** Which of these domains and e-mail addresses are suppressed, by themselves or by a domain above them. */
export async function findSuppressed(
  db: Database | Transaction,
  given: readonly string[],
): Promise<Set<string>> {
  const values: string[] = [];
  const candidates: string[] = [];
  for (const value of new Set(given))
    for (const candidate of coveringValues(value)) {
      values.push(value);
      candidates.push(candidate);
    }
  if (values.length === 0) return new Set();
  const found = await db.execute<{ value: string }>(sql`
    SELECT DISTINCT c.value
    FROM unnest(${sql.param(values)}::text[], ${sql.param(candidates)}::text[]) AS c (value, candidate)
    JOIN suppressions s ON s.digest = sha256(convert_to(c.candidate, 'UTF8'))`);
  return new Set(found.map(({ value }) => value));
}
