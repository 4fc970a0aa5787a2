import path from 'node:path';
import postgres from 'postgres';
import { choosePort } from './choose-port.ts';
import { claimDataFolder, explainFileError } from './claim-data-folder.ts';
import { clearOrphan } from './clear-orphan.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { findServerBinaries } from './find-server-binaries.ts';
import { initCluster, SUPERUSER } from './init-cluster.ts';
import { launchServer, type ServerProcess } from './launch-server.ts';
import { chooseServerIdentity } from './server-identity.ts';
import { serverSettings } from './server-settings.ts';

const DATABASE = 'domainflow';
const STOP_TIMEOUT_MS = 15_000;

export type EmbeddedPostgresOptions = {
  /** The folder that holds the cluster, its password and its log. Made when it is missing. */
  readonly dataDir: string;
  /** Port of 127.0.0.1; any free one when left out. */
  readonly port?: number | undefined;
  /** Server settings (postgresql.conf names) over our own. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type EmbeddedPostgres = {
  /** Connection string of the database `domainflow`, with the password: not for logs. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server has ended, whoever ended it. */
  readonly exited: ServerProcess['exited'];
  /** Shuts the server down in order, or at once after the limit (default 15 s), and gives the data folder back. */
  stop(timeoutMs?: number): Promise<void>;
};

/**
 * Starts a PostgreSQL server of our own on 127.0.0.1 that lives no longer than this process.
 * @throws EmbeddedPostgresError with a message that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = findServerBinaries();
  const dataDir = path.resolve(options.dataDir);
  const clusterDir = path.join(dataDir, 'cluster');
  const release = claimDataFolder(dataDir);
  let server: ServerProcess | undefined;
  try {
    const identity = chooseServerIdentity(dataDir, clusterDir, binaries);
    await clearOrphan(clusterDir);
    const password = await initCluster(dataDir, clusterDir, binaries, identity);
    const launch = async () => {
      const port = await choosePort(options.port);
      const settings = await serverSettings(port, options.settings ?? {});
      return { port, process: await launchServer({ dataDir, clusterDir, binaries, identity, settings }) };
    };
    // A port found free can be taken by another program before the server binds it: once more, then.
    const { port, process } = await launch().catch((error: unknown) => {
      if (options.port === undefined && isPortTaken(error)) return launch();
      throw error;
    });
    server = process;
    const urlOf = (database: string) =>
      `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
    await ensureDatabase(urlOf('postgres'));
    return {
      url: urlOf(DATABASE),
      port,
      pid: process.pid,
      exited: process.exited,
      stop: async (timeoutMs = STOP_TIMEOUT_MS) => {
        await process.stop(timeoutMs);
        release();
      },
    };
  } catch (error) {
    await server?.stop(STOP_TIMEOUT_MS);
    release();
    throw explainFileError(error, dataDir);
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof EmbeddedPostgresError && error.code === 'PORT_TAKEN';
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
    if (found.length === 0) await sql.unsafe(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === '28P01') {
      throw new EmbeddedPostgresError(
        'PASSWORD_MISSING',
        'The embedded PostgreSQL does not accept the password in its data folder. Restore the file "password" there from a backup.',
        { cause: error },
      );
    }
    throw error;
  } finally {
    await sql.end();
  }
}
