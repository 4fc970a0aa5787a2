import { Dice, draw, pickWeighted } from '../hash.ts';
import { allLabKeywords, labKeywords } from '../vocabulary.ts';
import type { Locale } from './locale.ts';
import { localeOfTld, localeWeights } from './locale-choice.ts';
import { drawPhone, type PhoneNumber } from './phone.ts';
import type { SiteKind } from './site-kind.ts';
import { drawTechnologies, type Technology } from './technology.ts';

/** Where on a page a keyword stands. */
export type KeywordPlace = 'title' | 'description' | 'heading' | 'text' | 'link';

/** How a page shows a mail address. */
export type EmailPlace = 'mailto' | 'text' | 'obfuscated';

/** All that a page says, before it is written as HTML: the page's truth. */
export interface PagePlan {
  /** The site's name, without `www.`. */
  host: string;
  locale: Locale;
  brand: string;
  organisation: string;
  city: string;
  title: string;
  description: string;
  keywords: { word: string; place: KeywordPlace }[];
  emails: { address: string; place: EmailPlace }[];
  /** The first is written nationally, the second internationally, a third only as a `tel:` link. */
  phones: PhoneNumber[];
  socials: string[];
  technologies: Technology[];
  /** Bytes that the HTML should about have. */
  sizeBytes: number;
  /** Start of the stream of draws from which the filler text comes. */
  textSeed: number;
}

const SALT_PAGE = 0xc0;
const syllables = [
  'lu',
  'mo',
  'ra',
  'ka',
  'ven',
  'to',
  'sil',
  'bor',
  'nex',
  'ari',
  'dol',
  'pha',
  'quin',
  'zel',
  'umi',
];
const socialHosts = [
  'https://www.linkedin.com/company/',
  'https://www.facebook.com/',
  'https://www.instagram.com/',
  'https://x.com/',
];

/** Plans the page of a live site. `bare` sites have neither contacts nor keywords; `contact` sites have them all. */
export function planPage(host: string, hash: number, kind: SiteKind): PagePlan {
  const dice = new Dice(draw(hash, SALT_PAGE));
  const tld = host.slice(host.lastIndexOf('.') + 1);
  const national = localeOfTld(tld);
  const anyLocale = pickWeighted(localeWeights, dice.unit());
  const locale = national !== undefined && dice.chance(0.75) ? national : anyLocale;
  const brand = drawBrand(dice);
  const bare = kind === 'bare';
  const rich = kind === 'contact';
  const keywords = bare ? [] : drawKeywords(locale, dice);
  const wordsAt = (place: KeywordPlace) => keywords.filter((k) => k.place === place).map((k) => k.word);
  const city = dice.pick(locale.cities);
  const name = brand.toLowerCase();
  return {
    host,
    locale,
    brand,
    organisation: locale.lang === 'ja' ? `${locale.legalForm} ${brand}` : `${brand} ${locale.legalForm}`,
    city,
    title: [brand, ...wordsAt('title'), city].join(' | '),
    description: [...wordsAt('description'), `${brand} ${city}`].join(', '),
    keywords,
    emails: bare ? [] : drawEmails(host, locale, dice, rich),
    phones: bare ? [] : drawPhones(locale, dice, rich),
    socials: bare ? [] : dice.sample(socialHosts, rich ? 4 : dice.between(0, 3)).map((base) => base + name),
    technologies: drawTechnologies(dice),
    sizeBytes: dice.between(5_500, 19_500),
    textSeed: draw(hash, SALT_PAGE + 1),
  };
}

/** Every keyword of the vocabulary that a page shows as a word: those planted and those in the site's own name. */
export function keywordsOf(page: PagePlan): string[] {
  return [...new Set([...page.keywords.map((k) => k.word), ...keywordsInName(page.host)])].sort();
}

/** Keywords that stand as whole words in a name: a page shows its name. */
export function keywordsInName(host: string): string[] {
  const words = new Set(host.split(/[.-]/));
  return allLabKeywords.filter((keyword) => words.has(keyword));
}

function drawBrand(dice: Dice): string {
  const name = Array.from({ length: 3 }, () => dice.pick(syllables)).join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function drawKeywords(locale: Locale, dice: Dice): PagePlan['keywords'] {
  const own = dice.sample(labKeywords[locale.lang], dice.between(2, 5));
  const foreign = locale.lang === 'en' ? [] : dice.sample(labKeywords.en, dice.between(0, 2));
  const places: readonly KeywordPlace[] = ['title', 'description', 'heading', 'text', 'text', 'link'];
  return [...own, ...foreign].map((word) => ({ word, place: dice.pick(places) }));
}

function drawEmails(host: string, locale: Locale, dice: Dice, rich: boolean): PagePlan['emails'] {
  const boxes = dice.sample(locale.mailboxes, 3);
  const wanted: readonly [EmailPlace, number][] = [
    ['mailto', 0.8],
    ['text', 0.5],
    ['obfuscated', 0.3],
  ];
  return wanted.flatMap(([place, probability], index) => {
    const shown = dice.chance(probability) || rich;
    return shown ? [{ address: `${boxes[index]}@${host}`, place }] : [];
  });
}

function drawPhones(locale: Locale, dice: Dice, rich: boolean): PhoneNumber[] {
  const count = rich ? 3 : dice.between(0, 3);
  const phones = Array.from({ length: count }, () => drawPhone(locale.country, dice));
  return phones.filter((phone, index) => phones.findIndex((other) => other.e164 === phone.e164) === index);
}
