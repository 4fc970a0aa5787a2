import type { Database } from '@domainflow/db/client.ts';
import { credentials, users } from '@domainflow/db/schema/account.ts';
import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { sql } from 'drizzle-orm';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import type { PasswordHasher } from './account-settings.ts';
import { newOneTimePassword } from './password.ts';

const FIRST_ADMIN = 'admin';

export interface FirstAdmin {
  readonly username: string;
  /** To be shown once; it must be changed at the first sign-in. */
  readonly password: string;
}

/** Makes the administrator where there is no user at all; null otherwise. Processes may call it at the same time. */
export async function ensureFirstAdmin(db: Database, hasher: PasswordHasher): Promise<FirstAdmin | null> {
  const anybody = () => db.select({ id: users.id }).from(users).limit(1);
  if ((await anybody()).length > 0) return null;
  const password = newOneTimePassword();
  const passwordHash = await hasher.hash(password);
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.firstAdmin})`);
    const [existing] = await tx.select({ id: users.id }).from(users).limit(1);
    if (existing !== undefined) return null;
    const [user] = await tx
      .insert(users)
      .values({ username: FIRST_ADMIN, role: 'admin', mustChangePassword: true })
      .returning({ id: users.id });
    if (user === undefined) return null;
    await tx.insert(credentials).values({ userId: user.id, passwordHash });
    await tx
      .insert(auditLogs)
      .values({ action: 'users.create', entity: 'user', entityId: user.id, details: { firstAdmin: true } });
    return { username: FIRST_ADMIN, password };
  });
}
