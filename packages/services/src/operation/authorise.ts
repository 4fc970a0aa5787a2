import { assertNever } from '@domainflow/domain/assert-never.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { Access, Actor, ActorFor } from './operation.ts';

/**
 * The one place that decides who may call what; gives the caller. Throws `UNAUTHENTICATED`, `PASSWORD_CHANGE_REQUIRED` or
 * `FORBIDDEN`. Whose rows a caller may see is each operation's own condition.
 */
export function authorise<A extends Access>(access: A, actor: Actor | null): ActorFor<A> {
  refuse(access, actor);
  return actor as ActorFor<A>;
}

function refuse(access: Access, actor: Actor | null): void {
  if (access === 'public') return;
  if (actor === null) throw new DomainFlowError('UNAUTHENTICATED', 'Sign in first.');
  if (access === 'session') return;
  if (actor.mustChangePassword) {
    throw new DomainFlowError('PASSWORD_CHANGE_REQUIRED', 'Change your one-time password first.');
  }
  switch (access) {
    case 'member':
      return;
    case 'admin':
      if (actor.role !== 'admin') {
        throw new DomainFlowError('FORBIDDEN', 'Only administrators may do this.');
      }
      return;
    default:
      assertNever(access);
  }
}
