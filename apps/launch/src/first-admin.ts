/** The administrator that the API makes on an empty database. The password is told once and stored nowhere. */
export type FirstAdmin = { readonly username: string; readonly password: string };

/** Reads the line by which the API tells of it, or gives `undefined` for any other line. */
export function readFirstAdmin(line: string): FirstAdmin | undefined {
  if (!line.includes('"first_admin"')) return undefined;
  try {
    const { event, username, password } = JSON.parse(line) as Record<string, unknown>;
    if (event !== 'first_admin' || typeof username !== 'string' || typeof password !== 'string') {
      return undefined;
    }
    return { username, password };
  } catch {
    return undefined;
  }
}
