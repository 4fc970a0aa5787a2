import { invalidInput } from '@domainflow/domain/errors.ts';
import { z } from 'zod';

const MIN_LENGTH = 12;
const MAX_LENGTH = 256;

/** A password as typed to sign in. Not trimmed: spaces belong to it. */
export const typedPasswordSchema = z.string().min(1).max(MAX_LENGTH);

export const newPasswordSchema = z
  .string()
  .max(MAX_LENGTH, `At most ${MAX_LENGTH} characters`)
  .refine((text) => Array.from(text).length >= MIN_LENGTH, `At least ${MIN_LENGTH} characters`);

/** Refuses a new password that is no secret to begin with. `field` is the input field that holds it. */
export function refuseKnownPassword(
  newPassword: string,
  known: { username: string; currentPassword: string },
  field: string,
): void {
  if (newPassword.normalize('NFKC') === known.currentPassword.normalize('NFKC')) {
    throw invalidInput('The new password is the same as the current one.', field);
  }
  if (newPassword.trim().toLowerCase() === known.username.toLowerCase()) {
    throw invalidInput('The new password is the username.', field);
  }
}

/** 32 characters that are not mistaken for each other, so that a byte picks one without bias. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A random password of 100 bits to be handed over once: five groups of four. */
export function newOneTimePassword(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => ALPHABET[byte % 32]);
  return letters.join('').replace(/(.{4})(?!$)/g, '$1-');
}
