export const SESSION_COOKIE = 'domainflow_session';

/** The session token that a request carries; null where it carries none. */
export function readSessionCookie(headers: Headers): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === SESSION_COOKIE) return pair.slice(at + 1).trim();
  }
  return null;
}

const cookie = (value: string, maxAgeSeconds: number, secure: boolean): string =>
  `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;

/** Gives the client its session token. The cookie may outlive the session: the database decides. */
export function setSessionCookie(
  headers: Headers,
  token: string,
  options: { maxAgeSeconds: number; secure: boolean },
): void {
  headers.append('set-cookie', cookie(token, options.maxAgeSeconds, options.secure));
}

/** Makes the client forget its session token. */
export function clearSessionCookie(headers: Headers, secure: boolean): void {
  headers.append('set-cookie', cookie('', 0, secure));
}
