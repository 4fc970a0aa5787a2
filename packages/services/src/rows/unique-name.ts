import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { z } from 'zod';

/** What a record that people make is called and described by. */
export const nameFields = {
  name: z.string().trim().min(1, 'A name is needed').max(100),
  description: z.string().trim().max(2_000),
};

/** Another record has the name already; `what` says to people which kind of record it is. */
export const nameTaken = (what: string, name: string): DomainFlowError =>
  new DomainFlowError('CONFLICT', `There is a ${what} called ${JSON.stringify(name)} already.`, {
    field: 'name',
  });

/** For the `catch` of an UPDATE: throws `nameTaken` where PostgreSQL refused the row because of this constraint. */
export const refuseTakenName =
  (constraint: string, what: string, name: string) =>
  (error: unknown): never => {
    throw isUniqueViolation(error, constraint) ? nameTaken(what, name) : error;
  };

/** SQLSTATE 23505 of this constraint, whatever the driver and the query builder have wrapped around it. */
function isUniqueViolation(error: unknown, constraint: string): boolean {
  let next = error;
  for (let depth = 0; next instanceof Error && depth < 8; depth += 1) {
    if ('code' in next && next.code === '23505') {
      return 'constraint_name' in next && next.constraint_name === constraint;
    }
    next = next.cause;
  }
  return false;
}
