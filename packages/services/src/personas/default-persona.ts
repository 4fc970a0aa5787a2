import type { Transaction } from '@domainflow/db/client.ts';
import { personas } from '@domainflow/db/schema/persona.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Actor } from '../operation/operation.ts';
import type { PersonaKind } from './config-schemas.ts';

/** The default counts for everybody's campaigns. */
export function requireAdminForDefault(actor: Actor): void {
  if (actor.role !== 'admin') {
    throw new DomainFlowError('FORBIDDEN', 'Only administrators choose the default persona.', {
      field: 'isDefault',
    });
  }
}

/**
 * Takes the default away from every other persona of the kind, so that `except` can become it. One at a time for each
 * kind: two that are chosen at once must not both stay.
 */
export async function clearDefault(tx: Transaction, kind: PersonaKind, except: string | null): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`default persona ${kind}`}))`);
  await tx
    .update(personas)
    .set({ isDefault: false, version: sql`${personas.version} + 1`, updatedAt: sql`now()` })
    .where(
      and(
        eq(personas.kind, kind),
        eq(personas.isDefault, true),
        except === null ? undefined : ne(personas.id, except),
      ),
    );
}
