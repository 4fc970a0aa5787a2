import type { Transaction } from '@domainflow/db/client.ts';
import { idempotencyKeys } from '@domainflow/db/schema/idempotency-key.ts';
import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import type { UserId } from '@domainflow/domain/ids.ts';
import { and, eq } from 'drizzle-orm';
import { sha256Hex } from '../sha-256.ts';

const MAX_KEY_LENGTH = 200;
/** Stored in the place of an answer that held a secret shown once. */
const WITHHELD = { withheld: true } as const;

export interface IdempotentRequest {
  readonly userId: UserId;
  readonly key: string;
  readonly operation: string;
  readonly input: unknown;
}

/** JSON with keys in one order, so that equal inputs have equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) => {
    if (typeof child === 'bigint') return child.toString();
    if (typeof child !== 'object' || child === null || Array.isArray(child)) return child;
    return Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function checkKey(key: string): void {
  if (key.length > MAX_KEY_LENGTH || !/^[\x21-\x7e]+$/.test(key)) {
    throw invalidInput(
      `Idempotency-Key must be 1 to ${MAX_KEY_LENGTH} visible ASCII characters.`,
      'Idempotency-Key',
    );
  }
}

/**
 * Runs `work` once for each (user, key): later calls with the same input get the first one's answer, with another
 * input `CONFLICT`. The key is taken by an insert in the same transaction as the effects, so that a concurrent call
 * waits for the first to end, and a failed one leaves the key free.
 */
export async function onceForKey<T extends object>(
  tx: Transaction,
  request: IdempotentRequest,
  options: { readonly withholdOutput: boolean },
  work: () => Promise<T>,
): Promise<T> {
  checkKey(request.key);
  const { userId, key, operation } = request;
  const inputHash = await sha256Hex(canonicalJson(request.input));
  const mine = and(eq(idempotencyKeys.userId, userId), eq(idempotencyKeys.key, key));
  const taken = await tx
    .insert(idempotencyKeys)
    .values({ userId, key, operation, inputHash, output: WITHHELD })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });

  if (taken.length === 1) {
    const output = await work();
    if (!options.withholdOutput) await tx.update(idempotencyKeys).set({ output }).where(mine);
    return output;
  }

  const [stored] = await tx.select().from(idempotencyKeys).where(mine);
  if (stored === undefined) {
    throw new DomainFlowError('CONFLICT', 'This Idempotency-Key has just expired. Use a new one.');
  }
  if (stored.operation !== operation || stored.inputHash !== inputHash) {
    throw new DomainFlowError(
      'CONFLICT',
      'This Idempotency-Key was used for another request. Use a new one.',
      {
        field: 'Idempotency-Key',
      },
    );
  }
  if (options.withholdOutput) {
    throw new DomainFlowError(
      'CONFLICT',
      'This request was carried out before; its answer held a secret that is shown once and not kept.',
      { field: 'Idempotency-Key' },
    );
  }
  return stored.output as T;
}
