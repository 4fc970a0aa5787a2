import { storableText } from './storable-text.ts';

/** Fields that say nothing of the software behind a site. */
const SILENT = new Set(
  (
    'date content-length connection keep-alive cache-control expires etag last-modified age vary accept-ranges ' +
    'transfer-encoding content-encoding pragma strict-transport-security x-content-type-options x-frame-options ' +
    'x-xss-protection referrer-policy permissions-policy feature-policy expect-ct report-to nel location ' +
    'content-security-policy content-security-policy-report-only access-control-allow-origin p3p'
  ).split(' '),
);
const FIELDS_KEPT = 40;
const VALUE_KEPT = 256;

/** Response headers that technologies are read from. Of cookies only the names: their values may be secrets. */
export function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  let count = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (SILENT.has(name) || name.length > 64 || !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) continue;
    if (++count > FIELDS_KEPT) break;
    kept[name] = storableText(name === 'set-cookie' ? cookieNames(value) : value, VALUE_KEPT);
  }
  return kept;
}

const cookieNames = (value: string): string =>
  value
    .split('\n')
    .map((cookie) => (cookie.split('=', 1)[0] ?? '').trim())
    .join(', ');
