import type { PageFeatures } from '../content/page-features.ts';
import { beginsWith } from '../unit-at.ts';
import type { KeywordPlace } from './keyword-rule.ts';

/** The texts of a page by place. Parts of one place are lines, which no literal spans: it holds no line end. */
export function textsOf(page: PageFeatures): Readonly<Record<KeywordPlace, string>> {
  const { meta } = page;
  const metaTexts = [
    page.description,
    meta['keywords'],
    meta['og:title'],
    meta['og:description'],
    meta['og:site_name'],
  ];
  return {
    title: page.title ?? '',
    heading: page.headings.join('\n'),
    meta: [...new Set(metaTexts.filter((text) => text))].join('\n'),
    text: page.text,
    url: readableUrl(page.finalUrl),
    links: readableUrls(page.links.filter((link) => beginsWith(link, 'http'))),
  };
}

/** URLs line by line. */
function readableUrls(urls: readonly string[]): string {
  const text = urls.join('\n');
  return text.includes('%') ? urls.map(readableUrl).join('\n') : text;
}

/** The URL as people write it: percent-encoded letters decoded. */
function readableUrl(url: string): string {
  if (!url.includes('%')) return url;
  try {
    return decodeURI(url).normalize('NFC');
  } catch {
    return url;
  }
}
