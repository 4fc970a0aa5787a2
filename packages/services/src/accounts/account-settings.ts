/** Slow, salted hashing of passwords. Native code in some runtimes, so an entry gives it. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** False for a wrong password and for a hash that it does not understand. */
  verify(password: string, hash: string): Promise<boolean>;
}

/** What operations on accounts need besides the database. */
export interface AccountSettings {
  readonly hasher: PasswordHasher;
  /** `auto`: `Secure` where the request came over https. */
  readonly secureCookies: boolean | 'auto';
  /** A hash of no one's password: unknown users take the same time as known ones. */
  readonly decoyHash: Promise<string>;
}
