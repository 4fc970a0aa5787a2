import type { HttpPersona } from '@domainflow/domain/persona/http-persona.ts';
import { ACCEPT_ENCODING } from './decode-content.ts';

/** The fields that every request of a persona has after `Host`, in the persona's order. */
export function personaFields(persona: HttpPersona): string {
  const fields: [string, string][] = [
    ['User-Agent', persona.userAgent],
    ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'],
    ['Accept-Language', persona.acceptLanguage],
    ['Accept-Encoding', ACCEPT_ENCODING],
    ['Connection', 'close'],
  ];
  for (const { name, value } of persona.headers) {
    const standard = fields.find((field) => field[0].toLowerCase() === name.toLowerCase());
    if (standard === undefined) fields.push([name, value]);
    else standard[1] = value;
  }
  return fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

/** The whole request for a URL, ASCII: `URL` has percent-encoded the target and made A-labels of the host. */
export const requestText = (url: URL, fields: string): string =>
  `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n${fields}\r\n`;
