import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { Log } from './operation.ts';

/** postgres-js and the sockets below it, when there is no connection or it broke. */
const CONNECTION_FAILURES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * PostgreSQL's own words for "not now" (appendix A of its manual): class 08 connection exception, 53 insufficient
 * resources, 57P operator intervention, 40 a transaction rolled back by the server, 25P03 idle for too long.
 */
const notNow = (sqlState: string): boolean =>
  /^(08|53|57P|40)/.test(sqlState) || sqlState === '25P03' || sqlState === '55P03';

function* causes(error: unknown): Generator<Error & { readonly code?: unknown }> {
  let next = error;
  for (let depth = 0; next instanceof Error && depth < 8; depth += 1) {
    yield next;
    if (next instanceof AggregateError) next = next.errors[0];
    else next = next.cause;
  }
}

/** True when the server undid a transaction so that another could go on (deadlock, serialization): it may be done again. */
export function wasUndone(error: unknown): boolean {
  for (const { code } of causes(error)) if (code === '40P01' || code === '40001') return true;
  return false;
}

/** True when the database could not be reached, or gave up on the transaction for reasons of its own. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (const { code } of causes(error)) {
    if (typeof code === 'string' && (CONNECTION_FAILURES.has(code) || notNow(code))) return true;
  }
  return false;
}

/**
 * What a caller may know of a failure: `DomainFlowError` as it is; a database that cannot be reached is `UNAVAILABLE`;
 * everything else becomes `INTERNAL` with an id that is in the log beside the real error.
 */
export function translateFailure(error: unknown, log: Log, fields: Record<string, unknown>): DomainFlowError {
  for (const cause of causes(error)) {
    if (cause instanceof DomainFlowError) return cause;
  }
  if (isDatabaseUnavailable(error)) {
    log.warn({ ...fields, err: error }, 'the database is not available');
    return new DomainFlowError(
      'UNAVAILABLE',
      'The database cannot be reached at the moment. Try again in a few seconds.',
    );
  }
  const errorId = crypto.randomUUID();
  log.error({ ...fields, errorId, err: error }, 'unexpected failure');
  return new DomainFlowError(
    'INTERNAL',
    `Something went wrong on our side. Quote ${errorId} when you report it.`,
    {
      details: { errorId },
    },
  );
}
