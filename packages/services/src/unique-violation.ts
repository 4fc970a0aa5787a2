/** True where PostgreSQL refused a row because of this unique constraint (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  let next = error;
  for (let depth = 0; next instanceof Error && depth < 8; depth += 1) {
    if ('code' in next && next.code === '23505') {
      return 'constraint_name' in next && next.constraint_name === constraint;
    }
    next = next.cause;
  }
  return false;
}
