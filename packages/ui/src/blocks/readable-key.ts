/** `finalUrl` -> `final URL`, `rttMs` -> `rtt (ms)`: keys of evidence as a person reads them. */
export function readableKey(key: string): string {
  const unit = /^(.+)(Ms|Bytes)$/.exec(key);
  const stem = unit?.[1] ?? key;
  const words = stem
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replaceAll(/\b(url|dns|http|tls|ttl|ip|id|sha256|rcode)\b/g, (word) => word.toUpperCase());
  return unit === null ? words : `${words} (${unit[2] === 'Ms' ? 'ms' : 'bytes'})`;
}
