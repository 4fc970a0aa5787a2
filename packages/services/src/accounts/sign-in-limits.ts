import type { Database, Transaction } from '@domainflow/db/client.ts';
import { signInLimits } from '@domainflow/db/schema/account.ts';
import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { eq, lt, sql } from 'drizzle-orm';
import { sha256Hex } from '../sha-256.ts';

interface Policy {
  /** Failures in a row that bring the first lock. */
  readonly maxFailures: number;
  /** Length of the first lock; each further failure doubles it, … */
  readonly firstLockSeconds: number;
  /** … up to this. Locks end by themselves: the owner of an account is never shut out for longer. */
  readonly maxLockSeconds: number;
  /** Failures older than this no longer count. */
  readonly forgetSeconds: number;
}

const ACCOUNT_POLICY: Policy = {
  maxFailures: 10,
  firstLockSeconds: 30,
  maxLockSeconds: 900,
  forgetSeconds: 86_400,
};

/** Higher, because many people can share an address; longer, so that one address cannot keep an account locked. */
const ADDRESS_POLICY: Policy = {
  maxFailures: 40,
  firstLockSeconds: 60,
  maxLockSeconds: 3_600,
  forgetSeconds: 7_200,
};

/** An attempt that has been counted as a failure before anything was looked at: parallel guesses all count. */
export interface SignInAttempt {
  readonly accountKey: string;
  readonly addressKey: string | null;
}

const accountKeyOf = async (username: string): Promise<string> =>
  `account:${await sha256Hex(username.toLowerCase())}`;

/**
 * Counts an attempt against the account's name (whether it exists or not) and the address. Throws `RATE_LIMITED` with
 * `retryAfterSeconds` in its details while either is locked. Call `settleSignIn` when the attempt was right.
 */
export async function beginSignIn(
  db: Database,
  username: string,
  ipAddress: string | null,
): Promise<SignInAttempt> {
  const attempt = {
    accountKey: await accountKeyOf(username),
    addressKey: ipAddress === null ? null : `address:${await sha256Hex(ipAddress)}`,
  };
  if (attempt.addressKey !== null) await countAttempt(db, attempt.addressKey, ADDRESS_POLICY);
  await countAttempt(db, attempt.accountKey, ACCOUNT_POLICY);
  return attempt;
}

async function countAttempt(db: Database, key: string, policy: Policy): Promise<void> {
  const failures = sql`(CASE WHEN l.last_failure_at < clock_timestamp() - make_interval(secs => ${policy.forgetSeconds})
    THEN 1 ELSE l.failures + 1 END)`;
  const rows = await db.execute(sql`
    INSERT INTO sign_in_limits AS l (key, failures) VALUES (${key}, 1)
    ON CONFLICT (key) DO UPDATE SET
      failures = ${failures},
      last_failure_at = clock_timestamp(),
      locked_until = CASE WHEN ${failures} >= ${policy.maxFailures}::int THEN clock_timestamp() + make_interval(secs =>
        least(${policy.maxLockSeconds}::float8,
          ${policy.firstLockSeconds}::float8 * power(2, least(${failures} - ${policy.maxFailures}::int, 20)))) END
    WHERE l.locked_until IS NULL OR l.locked_until <= clock_timestamp()
    RETURNING 1`);
  if (rows.length > 0) return;
  const [lock] = await db
    .select({
      seconds: sql<number>`greatest(1, ceil(extract(epoch FROM ${signInLimits.lockedUntil} - clock_timestamp())))::int`,
    })
    .from(signInLimits)
    .where(eq(signInLimits.key, key));
  const retryAfterSeconds = lock?.seconds ?? 1;
  throw new DomainFlowError(
    'RATE_LIMITED',
    `Too many failed sign-ins. Try again in ${retryAfterSeconds} seconds.`,
    { details: { retryAfterSeconds } },
  );
}

/** The attempt was right: the account's failures are forgotten, and the address is given its one back. */
export async function settleSignIn(tx: Transaction | Database, attempt: SignInAttempt): Promise<void> {
  await tx.delete(signInLimits).where(eq(signInLimits.key, attempt.accountKey));
  if (attempt.addressKey !== null) {
    await tx
      .update(signInLimits)
      .set({ failures: sql`greatest(${signInLimits.failures} - 1, 0)`, lockedUntil: null })
      .where(eq(signInLimits.key, attempt.addressKey));
  }
  await tx.delete(signInLimits).where(lt(signInLimits.lastFailureAt, sql`now() - interval '2 days'`));
}

/** Takes an account's lock away. */
export async function forgetFailures(tx: Transaction, username: string): Promise<void> {
  await tx.delete(signInLimits).where(eq(signInLimits.key, await accountKeyOf(username)));
}
