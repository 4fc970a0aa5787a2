import type { Database, Transaction } from '@domainflow/db/client.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { type DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { and, eq, sql } from 'drizzle-orm';

/**
 * `INVALID_INPUT` for something that is named by its id and is not there: by the name that it had when it was deleted,
 * which the audit log knows. `called` is what people call it, such as `HTTP persona`.
 */
export async function missingRow(
  db: Database | Transaction,
  entity: 'persona' | 'keyword_set' | 'proxy_pool' | 'score_profile',
  called: string,
  id: string,
  field: string,
): Promise<DomainFlowError> {
  const name = sql<string | null>`${auditLogs.details} ->> 'name'`;
  const [known] = await db
    .select({
      name: sql<
        string | null
      >`(array_agg(${name} ORDER BY ${auditLogs.id} DESC) FILTER (WHERE ${name} IS NOT NULL))[1]`,
      isDeleted: sql<boolean | null>`bool_or(${auditLogs.action} LIKE '%.delete')`,
    })
    .from(auditLogs)
    .where(and(eq(auditLogs.entity, entity), eq(auditLogs.entityId, id)));
  const isGone = known?.isDeleted === true && known.name !== null;
  return invalidInput(
    isGone
      ? `The ${called} ${JSON.stringify(known.name)} was deleted: choose another one.`
      : `No ${called} with id ${id}.`,
    field,
  );
}
