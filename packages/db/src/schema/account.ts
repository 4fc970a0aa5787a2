import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, updatedAt, uuidv7Key } from './columns.ts';

export const ROLES = ['admin', 'member'] as const;

/** People who may sign in. Their passwords are in `credentials`, so that no list of users can carry one. */
export const users = pgTable('users', {
  id: uuidv7Key(),
  /** Lower case: two people never differ by case alone. */
  username: text('username').notNull().unique(),
  role: text('role', { enum: ROLES }).notNull().default('member'),
  /** Set on a one-time password: nothing but changing it is allowed. */
  mustChangePassword: boolean('must_change_password').notNull().default(false),
  disabledAt: instant('disabled_at'),
  lastSignInAt: instant('last_sign_in_at'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const credentials = pgTable('credentials', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  passwordHash: text('password_hash').notNull(),
  changedAt: instant('changed_at').notNull().default(sql`now()`),
});

/** Signed-in browsers and clients. A revoked session is a row that is gone. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuidv7Key(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the cookie's token, hexadecimal: whoever reads this table cannot sign in with it. */
    tokenHash: text('token_hash').notNull().unique(),
    /** Moves on with use, up to a limit after `createdAt`. */
    expiresAt: instant('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
  },
  (table) => [index('sessions_user_id').on(table.userId), index('sessions_expires_at').on(table.expiresAt)],
);

/** Failed sign-ins by account and by address; a row is gone when its failures no longer count. */
export const signInLimits = pgTable(
  'sign_in_limits',
  {
    /** `account:` or `address:` and the SHA-256 of the name: people type passwords into the wrong field. */
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    /** No attempt is looked at before this time. */
    lockedUntil: instant('locked_until'),
    lastFailureAt: instant('last_failure_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [index('sign_in_limits_last_failure').on(table.lastFailureAt)],
);
