import { defineConfig } from 'vitest/config';

/** Browser tests against a whole stack: one file at a time, since each has a server and a browser of its own. */
export default defineConfig({
  test: {
    name: 'e2e',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A page on a busy machine is slower than the usual second.
    expect: { poll: { timeout: 15_000 } },
  },
});
