import { expect, it } from 'vitest';
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
