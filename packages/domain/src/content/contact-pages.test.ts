import { expect, it } from 'vitest';
import { aboutKind } from './about-links.ts';
import { chooseContactPages } from './contact-pages.ts';
import type { AboutKind, AboutLink } from './page-features.ts';

const choose = (links: readonly (readonly [AboutKind, string])[], count: number): string[] =>
  chooseContactPages(
    {
      finalUrl: 'https://x.example/',
      aboutLinks: links.map(([kind, path]): AboutLink => ({ kind, url: `https://x.example${path}` })),
    },
    count,
  );

it('takes one of each kind before a second one, contact first', () => {
  const links = [
    ['about', '/about'],
    ['contact', '/contact/sales'],
    ['imprint', '/impressum'],
    ['contact', '/contact'],
  ] as const;
  expect(choose(links, 3)).toEqual(
    ['/contact', '/impressum', '/about'].map((path) => `https://x.example${path}`),
  );
  expect(choose(links, 9)).toHaveLength(4);
  expect(choose(links, 0)).toEqual([]);
});

it('leaves out files, deep pages, the page itself, and the same page twice', () => {
  const links = [
    ['contact', '/'],
    ['contact', '/contact.pdf'],
    ['contact', '/blog/2024/01/02/contact'],
    ['contact', '/contact/'],
    ['contact', '/contact'],
  ] as const;
  expect(choose(links, 3)).toEqual(['https://x.example/contact/']);
});

it.each([
  ['contact', '/page-12', 'Nous écrire'],
  ['contact', '/fale-conosco', 'Fale Conosco'],
  ['contact', '/elerhetoseg', 'Elérhetőség'],
  ['contact', '/p1', 'ΕΠΙΚΟΙΝΩΝΙΑ'],
  ['contact', '/x1', 'اتصل بنا'],
  ['contact', '/h1', 'צור קשר'],
  ['contact', '/lien-he', ''],
  ['contact', '/hubungi-kami', 'Hubungi Kami'],
  ['contact', '/hi', 'संपर्क करें'],
  ['about', '/o-firmie', ''],
  ['about', '/om-os', 'Om os'],
  ['about', '/uk', 'Про нас'],
  ['about', '/quem-somos', 'Quem Somos'],
  ['about', '/g', 'Σχετικά με εμάς'],
  ['about', '/us', 'Who we are'],
  ['imprint', '/rechtliches', 'Rechtliche Hinweise'],
  [null, '/blog/homes', 'Home and family'],
  [null, '/products/chair', 'Chair'],
] as const)('%s: a link to %s that says "%s"', (kind, href, text) => {
  expect(aboutKind(href, text)).toBe(kind);
});
