import { inject } from 'vitest';
import type {} from './global-setup.ts';
import { copyTemplate, type TestDatabase } from './test-database.ts';

/**
 * A migrated, empty database for one test file on the run's server. Call it in `beforeAll`, and `drop()` in `afterAll`.
 * The file must belong to the vitest project `integration` (vitest.config.ts says which folders do).
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject('testDatabaseServerUrl'), inject('testDatabaseTemplate'));
}
