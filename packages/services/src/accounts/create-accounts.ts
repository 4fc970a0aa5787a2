import type { Database } from '@domainflow/db/client.ts';
import type { Actor } from '../operation/operation.ts';
import type { AccountSettings, PasswordHasher } from './account-settings.ts';
import { ensureFirstAdmin, type FirstAdmin } from './ensure-first-admin.ts';
import { newOneTimePassword } from './password.ts';
import { resolveSession } from './sessions.ts';

export interface Accounts extends AccountSettings {
  /** Whose session these request headers carry; null for nobody. Asks the database each time: nothing is cached. */
  resolveActor(headers: Headers): Promise<Actor | null>;
  /** Makes the first administrator where there is no user yet; null otherwise. */
  ensureFirstAdmin(): Promise<FirstAdmin | null>;
}

export interface AccountsOptions {
  readonly db: Database;
  readonly hasher: PasswordHasher;
  /** `auto` (the default): `Secure` where the request came over https. */
  readonly secureCookies?: boolean | 'auto';
}

/** Accounts over one database. Its own fields are what operations need as `deps.accounts`. */
export function createAccounts({ db, hasher, secureCookies = 'auto' }: AccountsOptions): Accounts {
  const decoyHash = hasher.hash(newOneTimePassword());
  // Whoever awaits it gets the error; until then it must not count as unhandled.
  decoyHash.catch(() => {});
  return {
    hasher,
    secureCookies,
    decoyHash,
    resolveActor: (headers) => resolveSession(db, headers),
    ensureFirstAdmin: () => ensureFirstAdmin(db, hasher),
  };
}
