import { Dice } from '../hash.ts';
import type { PagePlan } from './page-plan.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text made safe for element content and double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => escapes[c] as string);
}

/** Writes the HTML of a planned page. `metaCharset` is declared in the head where the response header says nothing. */
export function writePage(page: PagePlan, metaCharset: string | null): string {
  const dice = new Dice(page.textSeed);
  const { headings } = page.locale;
  const opening = [
    `<!DOCTYPE html>\n<html lang="${page.locale.lang}-${page.locale.country}">`,
    headOf(page, metaCharset),
    '<body>',
    `<header><a href="/"><img src="/assets/logo@2x.png" alt="${page.brand}"></a>`,
    `<nav><a href="/">${headings.home}</a> <a href="/about">${headings.about}</a> ` +
      `<a href="/contact">${headings.contact}</a></nav></header>`,
    `<main><h1>${page.brand}</h1>`,
    keywordSection(page, dice),
  ];
  const closing = [contactSection(page), '</main>', footerOf(page), '</body>\n</html>\n'];
  const fixed = [...opening, ...closing].reduce((sum, part) => sum + part.length + 1, 0);
  const filler = fillerSections(page, dice, (page.sizeBytes - fixed) / bytesPerLetter(page));
  return [...opening, filler, ...closing].join('\n');
}

/** Bytes that a letter of the page's text about takes in UTF-8: three for Japanese, less the markup. */
export function bytesPerLetter(page: PagePlan): number {
  return page.locale.lang === 'ja' ? 2.6 : 1.05;
}

/** Paragraphs without keywords or contacts, about `letters` long. */
export function fillerSections(page: PagePlan, dice: Dice, letters: number): string {
  const sentences = page.locale.sentences.map((sentence) =>
    sentence.replaceAll('{brand}', page.brand).replaceAll('{city}', page.city),
  );
  const { news, about } = page.locale.headings;
  let text = '';
  for (let count = 0; text.length < letters; count++) {
    if (count % 4 === 0) text += `<h2>${dice.chance(0.5) ? news : about}</h2>\n`;
    // A stride through the list, from a drawn place: no sentence twice in a paragraph, and nothing to shuffle.
    const first = dice.between(0, sentences.length - 1);
    text += '<p>';
    for (let i = dice.between(3, 6); i > 0; i--) text += `${sentences[(first + i) % sentences.length]} `;
    text += '</p>\n';
  }
  return text;
}

function headOf(page: PagePlan, metaCharset: string | null): string {
  const organisation: Record<string, unknown> = {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: page.organisation,
    url: `https://${page.host}/`,
    address: { '@type': 'PostalAddress', addressLocality: page.city, addressCountry: page.locale.country },
  };
  if (page.socials.length > 0) organisation['sameAs'] = page.socials;
  return [
    '<head>',
    metaCharset === null ? '' : `<meta charset="${metaCharset}">`,
    `<title>${escapeHtml(page.title)}</title>`,
    `<meta name="description" content="${escapeHtml(page.description)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta property="og:site_name" content="${escapeHtml(page.organisation)}">`,
    `<meta property="og:locale" content="${page.locale.lang}_${page.locale.country}">`,
    `<link rel="canonical" href="https://${page.host}/">`,
    '<link rel="icon" href="/favicon.ico">',
    ...page.technologies.map((technology) => technology.head ?? ''),
    `<script type="application/ld+json">${JSON.stringify(organisation)}</script>`,
    '<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:auto}img{max-width:100%}</style>',
    '</head>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function keywordSection(page: PagePlan, dice: Dice): string {
  const wordsAt = (place: string) => page.keywords.filter((k) => k.place === place).map((k) => k.word);
  const sentences = wordsAt('text').map((word) =>
    dice.pick(page.locale.keywordSentences).replace('{keyword}', word),
  );
  return [
    `<h2>${page.locale.headings.services}</h2>`,
    ...wordsAt('heading').map((word) => `<h3>${word}</h3>`),
    sentences.length > 0 ? `<p>${sentences.join(' ')}</p>` : '',
    ...wordsAt('link').map((word, index) => `<p><a href="/services/${index + 1}">${word}</a></p>`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function contactSection(page: PagePlan): string {
  const { labels, headings } = page.locale;
  const lines = page.emails.map(({ address, place }) => {
    switch (place) {
      case 'mailto':
        return `<p>${labels.email}: <a href="mailto:${address}?subject=Web">${labels.email}</a></p>`;
      case 'text':
        return `<p>${labels.email}: ${address}.</p>`;
      case 'obfuscated':
        return `<p>${labels.email}: ${address.replace('@', ' [at] ').replaceAll('.', ' [dot] ')}</p>`;
    }
  });
  const [first, second, third] = page.phones;
  if (first !== undefined) lines.push(`<p>${labels.phone}: ${first.national}</p>`);
  if (second !== undefined) lines.push(`<p>${labels.fax}: ${second.international}</p>`);
  if (third !== undefined) lines.push(`<p><a href="tel:${third.e164}">${labels.phone}</a></p>`);
  if (page.socials.length > 0) {
    lines.push(
      `<p>${page.socials.map((url) => `<a rel="me" href="${url}">${new URL(url).hostname}</a>`).join(' ')}</p>`,
    );
  }
  if (lines.length === 0) return '';
  return [
    `<h2>${headings.contact}</h2>`,
    `<address>${escapeHtml(page.organisation)}, ${page.city}</address>`,
    ...lines,
  ].join('\n');
}

function footerOf(page: PagePlan): string {
  return `<footer><p>${escapeHtml(page.organisation)} &middot; ${page.host}</p></footer>`;
}
