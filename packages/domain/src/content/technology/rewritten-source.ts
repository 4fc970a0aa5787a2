import type { PageFeatures } from '../page-features.ts';

/**
 * What features hold of a page's markup, written as HTML again, a piece at a time: imported patterns are written for
 * the source, which is not kept. Attributes that are no mark of software are missing from it.
 */
export function* rewrittenSource(page: PageFeatures): Generator<string> {
  for (const [name, content] of Object.entries(page.meta)) yield `<meta name="${name}" content="${content}">`;
  for (const url of page.resources) {
    yield /\.css(?:[?#]|$)/i.test(url)
      ? `<link rel="stylesheet" href="${url}">`
      : `<script src="${url}"></script>`;
    yield `<link href="${url}">`;
  }
  for (const mark of page.markup) {
    const equals = mark.indexOf('=');
    if (mark.startsWith('<!--')) yield `<!-- ${mark.slice(4)} -->`;
    else yield `<div ${mark.slice(0, equals)}="${mark.slice(equals + 1)}">`;
  }
  for (const name of page.classes) yield `<div class="${name}">`;
  for (const link of page.links.slice(0, 200)) yield `<a href="${link}">`;
}
