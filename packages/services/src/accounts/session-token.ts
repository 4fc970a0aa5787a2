import { sha256Hex } from '../sha-256.ts';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A new session token: 256 random bits, base64url. */
export function newSessionToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** What the database keeps of the token in `cookieToken`; null for what cannot be one. */
export const hashSessionToken = async (token: string | null): Promise<string | null> =>
  token !== null && TOKEN.test(token) ? sha256Hex(token) : null;
