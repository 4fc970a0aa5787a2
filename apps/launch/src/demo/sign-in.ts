import { randomBytes } from 'node:crypto';
import type { FirstAdmin } from '../first-admin.ts';
import { type ApiClient, ApiError } from './api-client.ts';

export type Account = FirstAdmin;

/** Signs in with the one-time password and changes it, as everybody must. Gives the account with its new password. */
export async function signIn(api: ApiClient, firstAdmin: FirstAdmin | undefined): Promise<Account> {
  if (firstAdmin === undefined) throw new ApiError('The API has not told of its first administrator.');
  const { username, password: oneTime } = firstAdmin;
  const password = randomBytes(15).toString('base64url');
  await api.login(username, oneTime);
  await api.changePassword(oneTime, password);
  return { username, password };
}
