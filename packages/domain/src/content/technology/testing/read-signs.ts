import { readdirSync, readFileSync } from 'node:fs';
import { extractPage } from '../../extract-page.ts';
import type { PageFeatures } from '../../page-features.ts';
import { responseFixture } from '../../page-fixture.ts';
import type { DnsPlace } from '../fingerprint.ts';

/** A page that shows one technology. */
export interface TechnologySign {
  readonly name: string;
  readonly version: string | null;
  /** Others that the same signs show. */
  readonly others: readonly string[];
  readonly page: PageFeatures;
  readonly dns: Readonly<Partial<Record<DnsPlace, readonly string[]>>>;
}

/** All lines of the `.txt` files beside this one (README.md says what they are), each as a page that was read. */
export function readSigns(): TechnologySign[] {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'));
  return files.flatMap((name) =>
    readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
      .trim()
      .split('\n')
      .map(readSign),
  );
}

function readSign(line: string): TechnologySign {
  const [titled = '', ...signs] = line.split(' | ');
  const at = titled.indexOf('@');
  const headers: Record<string, string> = { 'content-type': 'text/html' };
  const dns: Partial<Record<DnsPlace, string[]>> = {};
  const others: string[] = [];
  let html = '';
  let finalUrl = 'https://www.acme-werke.de/start';
  for (const sign of signs) {
    const value = sign.slice(2);
    const [key = '', rest = ''] = value.split(/: (.*)/s);
    switch (sign[0]) {
      case 'H':
        headers[key] = rest;
        break;
      case 'C':
        headers['set-cookie'] = `${value}; path=/; secure`;
        break;
      case 'M':
        html += `<meta name="${key}" content="${rest}">`;
        break;
      case 'S':
        html += `<script src="${value}"></script>`;
        break;
      case 'L':
        html += `<link rel="stylesheet" href="${value}">`;
        break;
      case 'F':
        html += `<iframe src="${value}"></iframe>`;
        break;
      case 'I':
        html += `<script>(function(d,s){var e=d.createElement(s);e.src="${value}";d.head.append(e)})(document,"script")</script>`;
        break;
      case 'J':
        html += `<script>\n${value}\n</script>`;
        break;
      case 'T':
        html += value;
        break;
      case 'U':
        finalUrl = value;
        break;
      case '+':
        others.push(value);
        break;
      case 'D': {
        const [place, data = ''] = value.split(/ (.*)/s);
        const list = dns[place as DnsPlace] ?? [];
        list.push(data);
        dns[place as DnsPlace] = list;
        break;
      }
      default:
        throw new Error(`A sign begins with one of HCMSLFIJTDU+: ${sign}`);
    }
  }
  const page = extractPage(
    responseFixture(`<!doctype html><html>${html}<p>Hello</p>`, { finalUrl, headers }),
  );
  return {
    name: at < 0 ? titled : titled.slice(0, at),
    version: at < 0 ? null : titled.slice(at + 1),
    others,
    page,
    dns,
  };
}
