import * as tls from 'node:tls';

/** What `tls.connect` is given so that it trusts the platform's authorities, and further ones where told. */
export type Trust = Pick<tls.ConnectionOptions, 'ca' | 'secureContext'>;

/**
 * Groups for the key exchange. Without the default's post-quantum one, whose keys cost 0.1 ms for each connection:
 * public pages need no secrecy that lasts for decades.
 */
const GROUPS = 'X25519:P-256:P-384:P-521';

/**
 * Options shared by all connections: loading the authorities costs milliseconds, so a context is made once. Deno has
 * its own store, to which `ca` adds; it does not read `secureContext`.
 */
export function createTrust(extraCaPems: readonly string[]): Trust {
  if ('Deno' in globalThis) return extraCaPems.length === 0 ? {} : { ca: [...extraCaPems] };
  return {
    secureContext:
      extraCaPems.length === 0
        ? tls.createSecureContext({ ecdhCurve: GROUPS })
        : // The default ones include those that NODE_EXTRA_CA_CERTS and --use-system-ca add.
          tls.createSecureContext({
            ecdhCurve: GROUPS,
            ca: [...tls.getCACertificates('default'), ...extraCaPems],
          }),
  };
}
