import { readFileSync } from 'node:fs';
import type { PageFeatures } from '../page-features.ts';
import { pageFixture } from '../page-fixture.ts';
import type { ParkedGrounds } from '../parked-grounds.ts';

/** A page of the corpus with what it is. */
export interface LabelledPage {
  readonly label: string;
  readonly line: string;
  readonly page: PageFeatures;
  readonly grounds: ParkedGrounds;
}

/** All pages of the corpus; its README.md says how a line is written. */
export const readCorpus = (): LabelledPage[] =>
  ['held.txt', 'sites.txt'].flatMap((name) =>
    readFileSync(`${import.meta.dirname}/../corpus/${name}`, 'utf8')
      .trim()
      .split('\n')
      .map(readLine),
  );

function readLine(line: string): LabelledPage {
  const [label = '', title = '', text = '', ...facts] = line.split('|').map((part) => part.trim());
  const of = (kind: string): string[] =>
    facts.filter((fact) => fact.startsWith(`${kind}:`)).map((fact) => fact.slice(2));
  const times = Number(facts.find((fact) => fact.startsWith('*'))?.slice(1) ?? 1);
  const page = pageFixture({
    title: title || null,
    text: Array.from({ length: times }, () => text).join(' '),
    finalUrl: of('u')[0] ?? 'https://www.name.example/',
    resources: of('r'),
    links: [
      ...numbered(of('l')[0], (i) => `https://www.name.example/page-${i}`),
      ...numbered(of('q')[0], (i) => `https://www.name.example/s?q=word-${i}`),
      ...numbered(of('e')[0], (i) => `https://other-${i}.example/`),
    ],
    linkCounts: {
      internal: Number(of('l')[0] ?? 0) + Number(of('q')[0] ?? 0),
      external: Number(of('e')[0] ?? 0),
    },
    markup: of('m'),
    globals: of('v'),
    ...(of('g')[0] === undefined ? {} : { meta: { generator: of('g')[0] ?? '' } }),
    ...(of('h')[0] === undefined ? {} : { headers: { server: of('h')[0] ?? '' } }),
  });
  return {
    label,
    line,
    page,
    grounds: { nameServers: of('n'), cnames: of('c'), sameOnRandomPath: of('x').length > 0 },
  };
}

const numbered = (count: string | undefined, link: (index: number) => string): string[] =>
  Array.from({ length: Number(count ?? 0) }, (_, index) => link(index));
