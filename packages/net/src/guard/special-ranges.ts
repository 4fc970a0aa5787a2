/**
 * Address blocks that no campaign may reach: they lead into the operator's own network or nowhere.
 * Sources: IANA special-purpose address registries (RFC 6890 and its updates), RFC 5771, RFC 4291.
 */
export interface SpecialRange {
  readonly cidr: string;
  readonly meaning: string;
}

export const IPV4_REFUSED: readonly SpecialRange[] = [
  { cidr: '0.0.0.0/8', meaning: 'this network (unspecified)' },
  { cidr: '10.0.0.0/8', meaning: 'private' },
  { cidr: '100.64.0.0/10', meaning: 'shared by carriers (CGNAT)' },
  { cidr: '127.0.0.0/8', meaning: 'loopback' },
  { cidr: '169.254.0.0/16', meaning: 'link-local' },
  { cidr: '172.16.0.0/12', meaning: 'private' },
  { cidr: '192.0.0.0/24', meaning: 'reserved for protocols' },
  { cidr: '192.0.2.0/24', meaning: 'documentation' },
  { cidr: '192.31.196.0/24', meaning: 'reserved (AS112)' },
  { cidr: '192.52.193.0/24', meaning: 'reserved (AMT)' },
  { cidr: '192.88.99.0/24', meaning: 'reserved (6to4 relays)' },
  { cidr: '192.168.0.0/16', meaning: 'private' },
  { cidr: '192.175.48.0/24', meaning: 'reserved (AS112)' },
  { cidr: '198.18.0.0/15', meaning: 'benchmarking' },
  { cidr: '198.51.100.0/24', meaning: 'documentation' },
  { cidr: '203.0.113.0/24', meaning: 'documentation' },
  { cidr: '224.0.0.0/4', meaning: 'multicast' },
  { cidr: '240.0.0.0/4', meaning: 'reserved' },
];

/** Refused within global unicast and outside it, named so that the reason can be read; the rest of IPv6 is refused too. */
export const IPV6_REFUSED: readonly SpecialRange[] = [
  { cidr: '::/128', meaning: 'unspecified' },
  { cidr: '::1/128', meaning: 'loopback' },
  { cidr: '::ffff:0:0/96', meaning: 'IPv4-mapped' },
  { cidr: '::ffff:0:0:0/96', meaning: 'IPv4-translated' },
  { cidr: '::/96', meaning: 'IPv4-compatible' },
  { cidr: '64:ff9b::/96', meaning: 'NAT64' },
  { cidr: '64:ff9b:1::/48', meaning: 'local-use NAT64' },
  { cidr: '100::/64', meaning: 'discard-only' },
  { cidr: '2001::/32', meaning: 'Teredo' },
  { cidr: '2001::/23', meaning: 'reserved for protocols' },
  { cidr: '2001:db8::/32', meaning: 'documentation' },
  { cidr: '2002::/16', meaning: '6to4' },
  { cidr: '2620:4f:8000::/48', meaning: 'reserved (AS112)' },
  { cidr: '3fff::/20', meaning: 'documentation' },
  { cidr: 'fc00::/7', meaning: 'unique local' },
  { cidr: 'fe80::/10', meaning: 'link-local' },
  { cidr: 'fec0::/10', meaning: 'site-local' },
  { cidr: 'ff00::/8', meaning: 'multicast' },
];

/** All addresses of the public IPv6 internet lie in here (RFC 4291, 2.4). */
export const IPV6_GLOBAL_UNICAST = '2000::/3';
