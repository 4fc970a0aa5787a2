import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from '@domainflow/db/embedded/embedded-postgres-error.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@domainflow/db/embedded/start-embedded-postgres.ts';
import { LaunchError } from './launch-error.ts';

export type DatabaseServer = {
  readonly url: string;
  pid(): number;
  /** Shuts the server down, at once when that takes longer than the limit. */
  stop(timeoutMs: number): Promise<void>;
};

/**
 * Starts the embedded server and starts it again, on the same port, when it ends without being asked to: the parts
 * that are connected to it reconnect.
 * @throws LaunchError
 */
export async function startDatabaseServer(
  dataDir: string,
  onCrash: (message: string) => void,
): Promise<DatabaseServer> {
  let server = await start(dataDir);
  const { url, port } = server;
  let stopping = false;

  const supervise = async () => {
    while (!stopping) {
      const { code, signal } = await server.exited;
      if (stopping) return;
      onCrash(`The database server ended (${signal ?? `exit code ${code}`}); starting it again.`);
      await server.stop();
      server = await restart(dataDir, port, onCrash, () => stopping);
    }
  };
  const supervision = supervise();

  return {
    url,
    pid: () => server.pid,
    stop: async (timeoutMs) => {
      stopping = true;
      await server.stop(timeoutMs);
      await supervision;
    },
  };
}

async function restart(
  dataDir: string,
  port: number,
  onCrash: (message: string) => void,
  isStopping: () => boolean,
): Promise<EmbeddedPostgres> {
  for (;;) {
    try {
      return await startEmbeddedPostgres({ dataDir, port });
    } catch (error) {
      if (isStopping()) throw error;
      onCrash(
        `${error instanceof Error ? error.message : String(error)} The database server is tried again in 5 s.`,
      );
      await sleep(5_000);
    }
  }
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  try {
    return await startEmbeddedPostgres({ dataDir });
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw new LaunchError(error.message, { cause: error });
    throw error;
  }
}
