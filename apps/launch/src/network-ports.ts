import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { LaunchError } from './launch-error.ts';

/**
 * Sees whether an address can be listened on, before anything is started.
 * @returns the port, chosen by the system when 0 is asked.
 * @throws LaunchError that says what to do.
 */
export async function reserveTcpPort(host: string, port: number): Promise<number> {
  try {
    return await bindTcp(host, port);
  } catch (error) {
    throw explainListenError(error, host, port);
  }
}

/** A port that is free for both UDP and TCP on the loopback address. */
export async function freeDnsPort(host: string): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await bindTcp(host, 0);
    if (await canBindUdp(host, port)) return port;
  }
  throw new LaunchError(`No port of ${host} is free for both UDP and TCP.`);
}

function bindTcp(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}

function canBindUdp(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new LaunchError(
        `Port ${port} of ${host} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start.`,
      );
    case 'EACCES':
      return new LaunchError(
        `Port ${port} may not be used by this user (ports below 1024 are reserved). Choose another one: PORT=3000 npm start.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new LaunchError(
        `HOST is "${host}", which is not an address of this machine. 127.0.0.1 is for this machine only, 0.0.0.0 for all.`,
      );
    default:
      return error;
  }
}
