import type { Database, Transaction } from '@domainflow/db/client.ts';
import { sessions, users } from '@domainflow/db/schema/account.ts';
import type { UserId } from '@domainflow/domain/ids.ts';
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Actor, QueryContext } from '../operation/operation.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.ts';
import { hashSessionToken, newSessionToken } from './session-token.ts';

/** A session ends after this long without a request, … */
const IDLE_DAYS = 7;
/** … and after this long in any case. */
const MAX_DAYS = 30;
const SECONDS_PER_DAY = 86_400;

const NEW_EXPIRY = sql<string>`now() + make_interval(days => ${sql.raw(String(IDLE_DAYS))})`;
const MOVED_EXPIRY = sql<string>`least(${sessions.createdAt} + make_interval(days => ${sql.raw(String(MAX_DAYS))}), ${NEW_EXPIRY})`;

const isSecure = (ctx: QueryContext<Actor | null>): boolean =>
  ctx.accounts.secureCookies === 'auto' ? ctx.request.isHttps : ctx.accounts.secureCookies;

/** Whose session the request carries, or null. One indexed query; once an hour of use it moves the expiry on. */
export async function resolveSession(db: Database, headers: Headers): Promise<Actor | null> {
  const tokenHash = await hashSessionToken(readSessionCookie(headers));
  if (tokenHash === null) return null;
  const [row] = await db
    .select({
      sessionId: sessions.id,
      userId: users.id,
      username: users.username,
      role: users.role,
      mustChangePassword: users.mustChangePassword,
      isDue: sql<boolean>`${sessions.expiresAt} < ${MOVED_EXPIRY} - interval '1 hour'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, sql`clock_timestamp()`),
        isNull(users.disabledAt),
      ),
    );
  if (row === undefined) return null;
  if (row.isDue) {
    await db.update(sessions).set({ expiresAt: MOVED_EXPIRY }).where(eq(sessions.id, row.sessionId));
  }
  const { username, role, mustChangePassword } = row;
  return { userId: row.userId as UserId, username, role, mustChangePassword };
}

/** Opens a session under a new token and sends the token to the client; a session that it came with is closed. */
export async function openSession(
  tx: Transaction,
  ctx: QueryContext<Actor | null>,
  userId: string,
): Promise<void> {
  await revokeRequestSession(tx, ctx.request.headers);
  const token = newSessionToken();
  await tx.insert(sessions).values({
    userId,
    tokenHash: (await hashSessionToken(token)) ?? '',
    expiresAt: NEW_EXPIRY,
    ipAddress: ctx.request.ipAddress,
    userAgent: ctx.request.headers.get('user-agent')?.slice(0, 256) ?? null,
  });
  await tx.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
  setSessionCookie(ctx.request.responseHeaders, token, {
    maxAgeSeconds: MAX_DAYS * SECONDS_PER_DAY,
    secure: isSecure(ctx),
  });
}

/** Closes the request's session and takes the client's cookie away. */
export async function closeSession(tx: Transaction, ctx: QueryContext<Actor | null>): Promise<void> {
  await revokeRequestSession(tx, ctx.request.headers);
  clearSessionCookie(ctx.request.responseHeaders, isSecure(ctx));
}

async function revokeRequestSession(tx: Transaction, headers: Headers): Promise<void> {
  const tokenHash = await hashSessionToken(readSessionCookie(headers));
  if (tokenHash !== null) await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}

/** Closes all of a user's sessions: none is accepted from the moment this commits. */
export async function revokeSessions(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId));
}
