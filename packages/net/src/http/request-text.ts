import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import { ACCEPT_ENCODING, withoutUnknown } from './decode-content.ts';

type Field = readonly [name: string, value: string];

/** Fields of a request, in the order in which they are sent. */
export interface RequestFields {
  /** `Host` has an empty value and `Connection` is where it belongs; both are filled in by the request. */
  readonly list: readonly Field[];
  /** The persona's own cookies, where those of a visit are put behind them; else they are in `list`. */
  readonly cookie: string | null;
  /** The fields as text, before and after the value of `Host`: on a connection that closes, and on one that is kept. */
  readonly closing: readonly [string, string];
  readonly keeping: readonly [string, string];
}

/**
 * The fields that every request of a persona has, in the persona's order: `Host` first, the standard ones, then its own,
 * unless `headerOrder` says otherwise.
 */
export function personaFields(persona: HttpPersona): RequestFields {
  const fields: [string, string][] = [
    ['Host', ''],
    ['User-Agent', persona.userAgent],
    ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'],
    ['Accept-Language', persona.acceptLanguage],
    [
      'Accept-Encoding',
      persona.acceptEncoding === null ? ACCEPT_ENCODING : withoutUnknown(persona.acceptEncoding),
    ],
    ['Connection', 'close'],
  ];
  let cookie: string | null = null;
  for (const { name, value } of persona.headers) {
    // A request has one such field (RFC 6265, 5.4).
    if (persona.cookies !== 'none' && name.toLowerCase() === 'cookie') {
      cookie = joinedCookies(cookie, value);
      continue;
    }
    const standard = fields.find((field) => field[0].toLowerCase() === name.toLowerCase());
    if (standard === undefined) fields.push([name, value]);
    else standard[1] = value;
  }
  const order = new Map(persona.headerOrder.map((name, at) => [name.toLowerCase(), { name, at }]));
  const ranked = fields.map(([name, value], at) => {
    const wish = order.get(name.toLowerCase());
    return { field: [wish?.name ?? name, value] as const, rank: wish?.at ?? order.size + at };
  });
  const list = ranked.sort((a, b) => a.rank - b.rank).map(({ field }) => field);
  return { list, cookie, closing: aroundHost(list, 'close'), keeping: aroundHost(list, 'keep-alive') };
}

function aroundHost(list: readonly Field[], connection: string): [string, string] {
  const parts: [string, string] = ['', ''];
  let part: 0 | 1 = 0;
  for (const [name, value] of list) {
    const lower = name.toLowerCase();
    if (lower === 'host') {
      parts[0] += `${name}: `;
      part = 1;
      parts[1] += '\r\n';
    } else parts[part] += `${name}: ${lower === 'connection' ? connection : value}\r\n`;
  }
  return parts;
}

const joinedCookies = (own: string | null, others: string | null): string | null =>
  own === null || others === null ? (own ?? others) : `${own}; ${others}`;

/** What one request adds to the fields of its persona. */
export interface RequestExtras {
  readonly keepAlive: boolean;
  readonly cookie: string | null;
  /** For a proxy that the request is sent to as such. */
  readonly proxyAuthorization: string | null;
}

/**
 * The whole request for a URL, ASCII: `URL` has percent-encoded the target and made A-labels of the host.
 * `isAbsolute`: in the form that proxies are sent (RFC 9112, 3.2.2).
 */
export function requestText(
  url: URL,
  fields: RequestFields,
  isAbsolute = false,
  extras: RequestExtras = { keepAlive: false, cookie: null, proxyAuthorization: null },
): string {
  const { keepAlive, proxyAuthorization } = extras;
  const cookie = joinedCookies(fields.cookie, extras.cookie);
  const { host } = url;
  const target = `${url.pathname}${url.search}`;
  const [before, after] = keepAlive ? fields.keeping : fields.closing;
  const line = `GET ${isAbsolute ? `${url.protocol}//${host}${target}` : target} HTTP/1.1\r\n`;
  const cookies = cookie === null ? '' : `Cookie: ${cookie}\r\n`;
  const credentials = proxyAuthorization === null ? '' : `Proxy-Authorization: ${proxyAuthorization}\r\n`;
  return `${line}${before}${host}${after}${cookies}${credentials}\r\n`;
}

/** The fields of one request. */
export function requestFields(
  url: URL,
  { list, cookie: own }: RequestFields,
  { keepAlive, cookie: others, proxyAuthorization }: RequestExtras,
): Field[] {
  const cookie = joinedCookies(own, others);
  const fields = list.map(([name, value]): Field => {
    const lower = name.toLowerCase();
    if (lower === 'host') return [name, url.host];
    if (lower === 'connection') return [name, keepAlive ? 'keep-alive' : 'close'];
    return [name, value];
  });
  if (cookie !== null) fields.push(['Cookie', cookie]);
  if (proxyAuthorization !== null) fields.push(['Proxy-Authorization', proxyAuthorization]);
  return fields;
}
