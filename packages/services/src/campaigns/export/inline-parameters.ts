import { invalidInput } from '@domainflow/domain/errors.ts';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

const dialect = new PgDialect();

/** A statement with its parameters written into it, for COPY, which takes none. Lists of texts become arrays. */
export function inlineParameters(statement: SQL): string {
  const { sql, params } = dialect.sqlToQuery(statement);
  return sql.replaceAll(/\$(\d+)/g, (_, place: string) => literal(params[Number(place) - 1]));
}

/** A constant of no type yet, as a parameter is one; right whatever `standard_conforming_strings` says. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  const text = Array.isArray(value) ? arrayText(value) : plainText(value);
  if (text.includes('\0')) throw invalidInput('A text with a zero character matches nothing.', 'search');
  return ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

const arrayText = (values: readonly unknown[]): string =>
  `{${values.map((value) => `"${plainText(value).replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return `${value}`;
  throw new Error(`A ${typeof value} has no form as a constant here.`);
}
