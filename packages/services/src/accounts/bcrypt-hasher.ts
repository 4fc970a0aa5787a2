import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { hash, verify } from '@node-rs/bcrypt';
import type { PasswordHasher } from './account-settings.ts';

export interface BcryptOptions {
  /** Binary logarithm of the rounds. */
  readonly cost?: number;
  /** Hashes at once: each holds one of the process's few background threads for a quarter of a second. */
  readonly concurrency?: number;
  /** Callers that may wait for their turn; further ones are turned away. */
  readonly maxWaiting?: number;
}

/** bcrypt reads 72 bytes and stops at NUL: a digest of the password has 44 and none. */
async function digestPassword(password: string): Promise<string> {
  const bytes = new TextEncoder().encode(`domainflow-password:${password.normalize('NFKC')}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

/** Password hashing with bcrypt (cost 12 by default), off the event loop. Native code: for entries and tests only. */
export function createBcryptHasher(options: BcryptOptions = {}): PasswordHasher {
  const { cost = 12, concurrency = 2, maxWaiting = 64 } = options;
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < concurrency) running++;
    else if (waiting.length < maxWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new DomainFlowError('UNAVAILABLE', 'Too many sign-ins at once. Try again in a few seconds.');
    try {
      return await work();
    } finally {
      // A place is handed on, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  }

  return {
    hash: async (password) => {
      const digest = await digestPassword(password);
      return inTurn(() => hash(digest, { cost }));
    },
    verify: async (password, hashed) => {
      const digest = await digestPassword(password);
      return inTurn(() => verify(digest, hashed));
    },
  };
}
