import type { SecretBox } from '../secrets/secret-box.ts';

const COLUMNS = ['username', 'password'] as const;
type Column = (typeof COLUMNS)[number];

/** What a row holds: sealed, null where there is none. */
export type Credentials = Readonly<Record<Column, string | null>>;

const place = (rowId: string, column: Column) => ({ table: 'proxies', rowId, column });

async function each(change: (column: Column) => Promise<string | null>): Promise<Credentials> {
  const [username, password] = await Promise.all([change('username'), change('password')]);
  return { username, password };
}

/** Seals what is given for a row; null clears, and what is absent stays as it is in `before`. */
export const sealCredentials = (
  secrets: SecretBox,
  rowId: string,
  given: { readonly [C in Column]?: string | null | undefined },
  before: Credentials = { username: null, password: null },
): Promise<Credentials> =>
  each(async (column) => {
    const plain = given[column];
    if (plain === undefined) return before[column];
    return plain === null ? null : secrets.seal(place(rowId, column), plain);
  });

/** In the clear, for the one connection that they are for: not to be stored, logged or answered. */
export const openCredentials = (
  secrets: Pick<SecretBox, 'open'>,
  rowId: string,
  sealed: Credentials,
): Promise<Credentials> =>
  each(async (column) => {
    const text = sealed[column];
    return text === null ? null : secrets.open(place(rowId, column), text);
  });
