/** What would suppress this domain or e-mail address: itself, and every domain that it lies in. */
export function coveringValues(value: string): string[] {
  const normal = value.toLowerCase();
  const at = normal.lastIndexOf('@');
  const labels = normal.slice(at + 1).split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return at < 0 ? domains : [normal, ...domains];
}
