import { expect, it } from 'vitest';
import { ImageHosts } from './image-hosts.ts';

const keptOf = (...sources: string[]): (string | undefined)[] => {
  const hosts = new ImageHosts();
  return sources.map((src) => hosts.kept(src));
};

it('gives the host of the first picture of each host', () => {
  expect(
    keptOf(
      'https://images.ctfassets.net/abc/react/hero.jpg?w=600',
      'https://images.ctfassets.net/abc/other.jpg',
      '//cdn.sanity.io/images/x.png',
      'https://images.ctfassets.net/abc/third.webp',
    ),
  ).toEqual(['https://images.ctfassets.net/', undefined, '//cdn.sanity.io/', undefined]);
});

it('gives the whole address of what is no picture: it counts visits', () => {
  expect(keptOf('https://mc.yandex.ru/watch/123', '//stats.acme-werke.de/piwik.php?idsite=1')).toEqual([
    'https://mc.yandex.ru/watch/123',
    '//stats.acme-werke.de/piwik.php?idsite=1',
  ]);
});

it('leaves out what names no host', () => {
  expect(
    keptOf('', '/img/logo.png', 'img/a.png', 'data:image/png;base64,//x/y', 'hero//a/b.jpg', 'https://x'),
  ).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
});

it('keeps a limited number of hosts', () => {
  const kept = keptOf(...Array.from({ length: 100 }, (_, n) => `https://h${n}.com/a.png`));
  expect(kept.filter((url) => url !== undefined)).toHaveLength(20);
});
