import { defineConfig } from 'vitest/config';

/**
 * Three projects. `unit`: packages that need no database. `integration`: everything else, on one PostgreSQL server
 * that `globalSetup` starts when such a test runs (see packages/db/src/testing). `web`: React in a simulated DOM.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/{domain,net,lab}/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          environment: 'node',
          // Far above what any of them takes: a busy machine is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'packages/{db,services}/src/**/*.test.ts',
            'apps/{api,worker,launch}/src/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          environment: 'node',
          globalSetup: ['packages/db/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'web',
          include: ['{apps/web,packages/ui}/src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 30_000,
        },
      },
    ],
  },
});
