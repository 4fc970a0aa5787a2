import { newOneTimePassword } from '../accounts/password.ts';
import type { QueryContext } from '../operation/operation.ts';

export interface OneTimePassword {
  /** In the clear: to be answered once, and kept nowhere. */
  readonly oneTimePassword: string;
  readonly passwordHash: string;
}

/** A new one-time password. Hashing takes a quarter of a second: for `prepare`, before a transaction. */
export async function prepareOneTimePassword({ accounts }: QueryContext): Promise<OneTimePassword> {
  const oneTimePassword = newOneTimePassword();
  return { oneTimePassword, passwordHash: await accounts.hasher.hash(oneTimePassword) };
}
