/** How the lab's DNS behaves for a name. SPEC.md tells of each kind and of its weight. */
export type DnsKind =
  | 'plain'
  | 'slow'
  | 'truncated'
  | 'cname'
  | 'wildcard'
  | 'wildcard-cname'
  | 'wildcard-balanced'
  | 'nodata'
  | 'absent'
  | 'servfail'
  | 'lame'
  | 'refused'
  | 'timeout'
  | 'suffix';
