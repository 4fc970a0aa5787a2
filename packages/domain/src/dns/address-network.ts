/** The network that an address of A or AAAA data lies in, as text: the same for all addresses of it. Whole octets and groups. */
export function networkOf(address: string, bits: { readonly ipv4: number; readonly ipv6: number }): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .slice(0, bits.ipv4 / 8)
      .join('.');
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups.slice(0, bits.ipv6 / 16).join(':');
}

/** An IPv4 address at the end stands for two groups, which no network reaches. */
const groupsOf = (text: string): string[] =>
  text === ''
    ? []
    : text.split(':').flatMap((group) => (group.includes('.') ? ['', ''] : [group.replace(/^0+(?=.)/, '')]));
