import { invalidInput } from '@domainflow/domain/errors.ts';

/** `INVALID_INPUT` for what is no http(s) URL, and for one with user name or password in it. */
export function pageUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalidInput('Give a URL that starts with https:// or http://.', 'url');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidInput('The URL must hold neither user name nor password.', 'url');
  }
  url.hash = '';
  return url;
}
