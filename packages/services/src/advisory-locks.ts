/**
 * Keys of PostgreSQL's advisory locks that work holds while only one process may do it. Any numbers will do that nothing
 * else in the database uses: `migrate` of packages/db has 4715001.
 */
export const ADVISORY_LOCKS = {
  firstAdmin: 4_715_002,
  seed: 4_715_003,
  expireOldRows: 4_715_010,
  reapBatches: 4_715_020,
} as const;
