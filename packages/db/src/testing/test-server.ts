import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';

export type TestServer = { readonly url: string; stop(): Promise<void> };

/**
 * The server that a test run uses: the one of DOMAINFLOW_TEST_DATABASE_URL (its user must be allowed to make
 * databases), or a new embedded one in a temporary folder, which may forget everything in a crash.
 */
export async function startTestServer(): Promise<TestServer> {
  const outside = process.env.DOMAINFLOW_TEST_DATABASE_URL;
  if (outside !== undefined && outside !== '') return { url: outside, stop: async () => {} };

  const folder = mkdtempSync(path.join(tmpdir(), 'domainflow-test-'));
  chmodSync(folder, 0o755);
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({
      dataDir: path.join(folder, 'postgres'),
      settings: {
        fsync: 'off',
        full_page_writes: 'off',
        synchronous_commit: 'off',
        shared_buffers: '128MB',
        max_connections: '300',
      },
    });
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}
