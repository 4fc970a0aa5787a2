import { getServers } from 'node:dns';

/** The resolvers that the operating system is configured with, as `address` or `address:port`. */
export function systemResolvers(): string[] {
  // A link-local server is only reachable through its interface, which an address alone does not name.
  return getServers().filter((server) => !server.includes('%'));
}
