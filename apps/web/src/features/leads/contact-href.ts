/** What a contact links to; null where a link would be no use or not safe. */
export function contactHref(kind: string, value: string): string | null {
  if (kind === 'email') return `mailto:${encodeURIComponent(value).replaceAll('%40', '@')}`;
  if (kind === 'phone') return `tel:${value.replaceAll(/[^+0-9]/g, '')}`;
  return /^https?:\/\//.test(value) ? value : null;
}
