import { FetchFailure } from './failure.ts';
import { HEAD_CAP_BYTES, type ResponseHead } from './response-head.ts';

/** What HTTP/2 says in its own way, or forbids (RFC 9113, 8.2.2). */
const NOT_IN_H2 = new Set(['connection', 'host', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

/** The fields of a GET request for a URL as HTTP/2 has them. */
export function h2Fields(url: URL, fields: readonly (readonly [string, string])[]): Record<string, string> {
  const own: Record<string, string> = {
    ':method': 'GET',
    ':authority': url.host,
    ':scheme': 'https',
    ':path': `${url.pathname}${url.search}`,
  };
  for (const [name, value] of fields) {
    const lower = name.toLowerCase();
    if (!NOT_IN_H2.has(lower)) own[lower] = value;
  }
  return own;
}

/** A response's head in the form of HTTP/1.1; throws a `FetchFailure` where it is none, or longer than the cap. */
export function headOf(headers: Record<string, unknown>): ResponseHead {
  const read: Record<string, string> = Object.create(null);
  let octets = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':')) continue;
    const text = Array.isArray(value) ? value.join('\n') : String(value);
    octets += name.length + text.length;
    if (octets > HEAD_CAP_BYTES)
      throw new FetchFailure(
        'ERROR',
        'exchange',
        `The response head is longer than ${HEAD_CAP_BYTES} octets`,
      );
    read[name] = text;
  }
  const statusCode = Number(headers[':status']);
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 999)
    throw new FetchFailure('ERROR', 'exchange', 'The response has no status');
  return { statusCode, headers: read, isPersistent: true };
}
