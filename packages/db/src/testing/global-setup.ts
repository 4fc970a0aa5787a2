import type { TestProject } from 'vitest/node';
import { createTemplate, dropDatabase } from './test-database.ts';
import { startTestServer } from './test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testDatabaseServerUrl: string;
    testDatabaseTemplate: string;
  }
}

/** Vitest's globalSetup: one server and one migrated template for a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  try {
    const template = await createTemplate(server.url);
    project.provide('testDatabaseServerUrl', server.url);
    project.provide('testDatabaseTemplate', template);
    return async () => {
      await dropDatabase(server.url, template);
      await server.stop();
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
