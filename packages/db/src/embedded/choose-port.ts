import { createServer } from 'node:net';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * Gives the asked port of 127.0.0.1 when it is free, or any free one when none is asked for.
 * @throws EmbeddedPostgresError PORT_TAKEN
 */
export function choosePort(asked: number | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) => {
      reject(
        new EmbeddedPostgresError(
          'PORT_TAKEN',
          `Port ${asked ?? 0} of 127.0.0.1, chosen for the embedded PostgreSQL, cannot be used: another program has it. Choose another port or leave it out.`,
          { cause },
        ),
      );
    });
    probe.listen({ host: '127.0.0.1', port: asked ?? 0, exclusive: true }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : (asked ?? 0);
      probe.close(() => resolve(port));
    });
  });
}
