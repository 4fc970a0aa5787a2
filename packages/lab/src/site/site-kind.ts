/** What a site of the lab does. SPEC.md tells of each kind, and of its weight among the sites. */
export type SiteKind =
  | 'live'
  | 'contact'
  | 'bare'
  | 'parked'
  | 'redirect-www'
  | 'redirect-other'
  | 'redirect-chain'
  | 'redirect-loop'
  | 'notfound'
  | 'error500'
  | 'forbidden'
  | 'slowsite'
  | 'reset'
  | 'expired'
  | 'selfsigned'
  | 'wronghost'
  | 'httponly'
  | 'tarpit'
  | 'bigpage'
  | 'malformed'
  | 'robotsdeny'
  | 'lander'
  | 'spa'
  | 'onepage'
  | 'hosted';

/** Weights in thousandths of the sites that names without a special label have. */
export const siteWeights: readonly (readonly [SiteKind, number])[] = [
  ['live', 518],
  ['bare', 80],
  ['parked', 100],
  ['redirect-www', 40],
  ['redirect-other', 30],
  ['redirect-chain', 20],
  ['redirect-loop', 5],
  ['notfound', 50],
  ['error500', 35],
  ['forbidden', 10],
  ['slowsite', 25],
  ['reset', 20],
  ['expired', 15],
  ['selfsigned', 15],
  ['wronghost', 5],
  ['httponly', 22],
  ['tarpit', 5],
  ['bigpage', 3],
  ['malformed', 2],
];
