import type { Database, Transaction } from '@domainflow/db/client.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { authorise } from './authorise.ts';
import { onceForKey } from './idempotency.ts';
import type {
  Actor,
  AnyOperation,
  AuditEntry,
  MutationContext,
  QueryContext,
  RequestInfo,
  ServiceDeps,
} from './operation.ts';
import { translateFailure, wasUndone } from './translate-failure.ts';
import { validateInput } from './validate-input.ts';

type Query = Extract<AnyOperation, { kind: 'query' }>;
type Mutation = Extract<AnyOperation, { kind: 'mutation' }>;

/**
 * Carries out one operation for one caller: authorises, validates, and for a mutation opens the one transaction in
 * which its effects, its audit entry and its idempotency key commit together. Every failure is a `DomainFlowError`.
 */
export async function execute(
  operation: AnyOperation,
  deps: ServiceDeps,
  actor: Actor | null,
  request: RequestInfo,
  rawInput: unknown,
): Promise<object> {
  try {
    authorise(operation.access, actor);
    const input = validateInput(operation.input, rawInput);
    const context: QueryContext<Actor | null> = { ...deps, actor, request };
    switch (operation.kind) {
      case 'query':
        return await runQuery(operation, context, input);
      case 'mutation':
        return await runMutation(operation, context, input);
    }
  } catch (error) {
    // Nobody reads the answer, and nothing is wrong.
    if (request.signal.aborted && error === request.signal.reason) {
      throw new DomainFlowError('UNAVAILABLE', 'The client has left.');
    }
    throw translateFailure(error, deps.log, { operation: operation.name, requestId: request.requestId });
  }
}

async function runQuery(
  operation: Query,
  context: QueryContext<Actor | null>,
  input: unknown,
): Promise<object> {
  return (await operation.run(context, input)) as object;
}

async function runMutation(
  operation: Mutation,
  context: QueryContext<Actor | null>,
  input: unknown,
): Promise<object> {
  const { actor, request } = context;
  const prepared = await operation.prepare?.(context, input);
  return inTransaction(context.db, async (tx) => {
    const work = async (): Promise<object> => {
      const mutationContext: MutationContext<Actor | null> = { ...context, tx };
      const output = (await operation.run(mutationContext, input, prepared)) as object;
      const entry = operation.audit(input, output);
      if (entry !== null) await writeAudit(tx, operation.name, actor, request, entry);
      return output;
    };
    // Signing in and out answer with cookies, which cannot be replayed; the rest takes an Idempotency-Key.
    const takesKey = operation.access === 'member' || operation.access === 'admin';
    if (request.idempotencyKey === null || actor === null || !takesKey) return work();
    const { userId } = actor;
    return onceForKey(
      tx,
      { userId, key: request.idempotencyKey, operation: operation.name, input },
      { withholdOutput: operation.answerIsSecret === true },
      work,
    );
  });
}

/** Tries of a transaction that met others: two that change the same rows in another order wait for each other. */
const MAX_TRIES = 4;

async function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (tries === MAX_TRIES || !wasUndone(error)) throw error;
    }
  }
}

async function writeAudit(
  tx: Transaction,
  action: string,
  actor: Actor | null,
  request: RequestInfo,
  entry: AuditEntry,
): Promise<void> {
  await tx.insert(auditLogs).values({
    userId: actor?.userId ?? null,
    action,
    entity: entry.entity,
    entityId: entry.entityId,
    ipAddress: request.ipAddress,
    details: entry.details ?? {},
  });
}
