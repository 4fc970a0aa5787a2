import { execute } from '@domainflow/services/operation/execute.ts';
import type { Actor, AnyOperation } from '@domainflow/services/operation/operation.ts';
import { translateFailure } from '@domainflow/services/operation/translate-failure.ts';
import { within } from '@domainflow/services/rows/within.ts';
import type { CallContext } from './context.ts';

/** Public operations answer for the platform's state too: they do not wait longer than this for a session. */
const PUBLIC_LOOKUP_MS = 2_000;

async function actorFor(operation: AnyOperation, call: CallContext): Promise<Actor | null> {
  if (operation.access !== 'public') return call.actor();
  const caller = call.actor().catch(() => null);
  return within(PUBLIC_LOOKUP_MS, caller, null);
}

/** Carries out an operation for the caller of this request, whichever interface it came through. */
export async function callOperation(
  operation: AnyOperation,
  call: CallContext,
  rawInput: unknown,
): Promise<object> {
  const { services } = call.deps;
  let actor: Actor | null;
  try {
    actor = await actorFor(operation, call);
  } catch (error) {
    throw translateFailure(error, services.log, {
      operation: operation.name,
      requestId: call.request.requestId,
    });
  }
  return execute(operation, services, actor, call.request, rawInput);
}
