import { startProcess } from './start-process.ts';

export interface PageServer extends AsyncDisposable {
  readonly port: number;
}

/** Starts the server of `page-process.ts`, with a page of so many octets, and so many a second of those that drip. */
export async function startPageServer(octets: number, dripOctets: number): Promise<PageServer> {
  const file = new URL('page-process.ts', import.meta.url).pathname;
  const server = await startProcess(file, [String(octets), String(dripOctets)]);
  return { port: Number(server.firstLine), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
