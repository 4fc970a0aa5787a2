import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@domainflow/db/embedded/start-embedded-postgres.ts';
import { migrate } from '@domainflow/db/migrate.ts';

/** A migrated database: that of `DATABASE_URL`, else of a fresh PostgreSQL with the settings of `npm start`. */
export interface BenchDatabase {
  readonly url: string;
  /** For files; deleted at the end. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Opens it; `close` stops the server where it is its own. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const outside = process.env['DATABASE_URL'];
  const folder = mkdtempSync(path.join(tmpdir(), 'domainflow-bench-'));
  // PostgreSQL runs as another user.
  chmodSync(folder, 0o755);
  const server =
    outside === undefined ? await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') }) : null;
  const url = server?.url ?? outside ?? '';
  await migrate(url);
  return {
    url,
    folder,
    async close() {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
