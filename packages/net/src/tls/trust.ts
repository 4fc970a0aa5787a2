import * as tls from 'node:tls';

/** What `tls.connect` is given so that it trusts the platform's authorities, and further ones where told. */
export type Trust = Pick<tls.ConnectionOptions, 'ca' | 'secureContext'>;

/**
 * Options shared by all connections: loading the authorities costs milliseconds, so a context is made once. Deno has
 * its own store, to which `ca` adds; it does not read `secureContext`.
 */
export function createTrust(extraCaPems: readonly string[]): Trust {
  if ('Deno' in globalThis) return extraCaPems.length === 0 ? {} : { ca: [...extraCaPems] };
  return {
    secureContext:
      extraCaPems.length === 0
        ? tls.createSecureContext()
        : // The default ones include those that NODE_EXTRA_CA_CERTS and --use-system-ca add.
          tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...extraCaPems] }),
  };
}
