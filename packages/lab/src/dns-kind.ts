/** How the lab's DNS behaves for a name. SPEC.md tells of each kind and of its weight. */
export type DnsKind =
  | 'plain'
  | 'slow'
  | 'truncated'
  | 'cname'
  | 'wildcard'
  | 'nodata'
  | 'absent'
  | 'servfail'
  | 'refused'
  | 'timeout'
  | 'suffix';
