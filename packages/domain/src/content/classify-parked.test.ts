import { describe, expect, it } from 'vitest';
import { classifyParked, type ParkedVerdict } from './classify-parked.ts';
import { pageFixture } from './page-fixture.ts';
import { type ParkedGrounds } from './parked-grounds.ts';
import { parkedHints } from './parked-hints.ts';
import { type LabelledPage, readCorpus } from './testing/read-corpus.ts';

const isParked = (text: string, title: string | null = null): boolean =>
  classifyParked(pageFixture({ text, title })).isParked;

describe('parked pages', () => {
  it.each([
    'This domain is for sale.',
    'The domain name acme.com may be for sale by its owner',
    'Buy this domain today',
    'This domain is parked free of charge, courtesy of the registrar.',
    'Diese Domain steht zum Verkauf',
    'Die Domain acme.de kann käuflich erworben werden',
    'Ce domaine est à vendre',
    'Este dominio está en venta',
    'Questo dominio è in vendita',
    'Deze domeinnaam is te koop',
    'Este domínio está à venda',
    'Ta domena jest na sprzedaż',
    'Этот домен продаётся',
    'このドメインは販売中です',
    '该域名正在出售',
    'Welcome to nginx! If you see this page, the web server is successfully installed',
    'Our website is under construction',
    'Hier entsteht eine neue Internetpräsenz',
  ])('%s', (text) => {
    expect(isParked(text)).toBe(true);
  });

  it.each([
    'We sell furniture. Our shop is open. Visit our website for sale items.',
    'Our domain of expertise is logistics; houses for sale in the region.',
    'Der Verkauf startet bald.',
    `${'A long article about the market. '.repeat(200)} This domain is for sale, said the seller.`,
  ])('%s is not', (text) => {
    expect(isParked(text)).toBe(false);
  });

  it('are known by where they lead, and every reason names what was seen', () => {
    const verdict = classifyParked(
      pageFixture({
        finalUrl: 'https://www.hugedomains.com/x',
        resources: ['https://img.sedoparking.com/a.js'],
      }),
    );
    expect(verdict.reasons).toEqual([
      'The site leads to www.hugedomains.com, which parks names',
      'Parts come from img.sedoparking.com, which parks names',
    ]);
  });
});

describe('pages that come with a server', () => {
  const page = (title: string, units: number, links: number) =>
    classifyParked(
      pageFixture({
        title,
        text: 'Files are split and documented. '.repeat(Math.ceil(units / 32)),
        links: Array.from({ length: links }, (_, n) => `https://docs.example/${n}`),
      }),
    ).kind;

  it.each([
    ['Apache2 Debian Default Page: It works', 3_300, 4],
    ['Apache2 Ubuntu Default Page: It works', 3_100, 4],
    ['Apache Tomcat/9.0.65', 1_400, 60],
    ['HTTP Server Test Page powered by CentOS', 2_600, 8],
    ['Test Page for the Apache HTTP Server on Red Hat Enterprise Linux', 2_700, 5],
    ['IIS Windows Server', 0, 1],
  ])('are known by their title, whatever they explain: %s', (title, units, links) => {
    expect(page(title, units, links)).toBe('default_server');
  });

  it.each([
    ['How to replace the Apache2 Ubuntu Default Page', 4_000, 30],
    ['Apache Tomcat hosting from Acme', 4_000, 30],
    ['Apache2 Debian Default Page: It works', 9_000, 30],
    ['IIS Windows Server', 2_600, 10],
  ])('are not what speaks of them: %s', (title, units, links) => {
    expect(page(title, units, links)).toBeNull();
  });
});

describe('a page of random name', () => {
  const lander = pageFixture({
    title: 'a.example',
    text: 'Related searches',
    finalUrl: 'https://a.example/',
  });
  const shell = pageFixture({
    ...{ title: 'a.example', text: '', finalUrl: 'https://a.example/', markup: ['id=root'] },
  });

  it('decides on a page that gives a sign, and says which', () => {
    expect(classifyParked(lander)).toMatchObject({ isParked: false, reasons: [] });
    expect(classifyParked(lander, { sameOnRandomPath: false }).isParked).toBe(false);
    expect(classifyParked(lander, { sameOnRandomPath: true })).toEqual({
      isParked: true,
      kind: 'parked',
      reasons: [
        'A small page says: "Related searches"',
        'The page says little more than its name, a.example',
        'A page of random name on it is the same',
      ],
    });
  });

  it('decides nothing by itself: sites drawn by scripts answer every path alike', () => {
    expect(parkedHints(shell)).toEqual([]);
    expect(classifyParked(shell, { sameOnRandomPath: true })).toMatchObject({ isParked: false, reasons: [] });
    const profile = { ...lander, text: 'Jane, engineer in Lisbon', linkCounts: { internal: 0, external: 2 } };
    expect(classifyParked(profile, { sameOnRandomPath: true }).isParked).toBe(false);
  });
});

interface Judged extends LabelledPage, ParkedVerdict {}

/** The corpus, judged by what `change` makes of the grounds. */
const judgedWith = (change: Partial<ParkedGrounds>): { held: Judged[]; sites: Judged[] } => {
  const judged = readCorpus().map((one) => ({
    ...one,
    ...classifyParked(one.page, { ...one.grounds, ...change }),
  }));
  return {
    held: judged.filter(({ label }) => label !== 'site'),
    sites: judged.filter(({ label }) => label === 'site'),
  };
};

function measure({ held, sites }: { held: Judged[]; sites: Judged[] }) {
  const right = held.filter(({ isParked }) => isParked).length;
  const wrong = sites.filter(({ isParked }) => isParked);
  const missed = held.filter(({ isParked }) => !isParked);
  const report = [...wrong, ...missed].map(({ line, reasons }) => `${line} ${reasons.join()}`).join('\n');
  return { precision: right / (right + wrong.length), recall: right / held.length, report };
}

describe('the corpus', () => {
  const asIs = judgedWith({});

  it('is of a size that says something', () => {
    expect(asIs.held.length).toBeGreaterThanOrEqual(150);
    expect(asIs.sites.length).toBeGreaterThanOrEqual(100);
  });

  it('is told apart with a precision and a recall of 0.95 at least', () => {
    const { precision, recall, report } = measure(asIs);
    expect(precision, report).toBeGreaterThanOrEqual(0.95);
    expect(recall, report).toBeGreaterThanOrEqual(0.95);
    expect(asIs.held.filter(({ isParked, reasons }) => isParked && reasons.length === 0)).toEqual([]);
  });

  it('is told apart better by asking for a page of random name, for few pages of sites', () => {
    const [before, after] = [measure(judgedWith({ sameOnRandomPath: false })), measure(asIs)];
    expect(after.recall).toBeGreaterThan(before.recall + 0.1);
    expect(after.precision).toBeGreaterThanOrEqual(before.precision);
    const asked = asIs.sites.filter(
      ({ page, grounds }) =>
        !classifyParked(page, { ...grounds, sameOnRandomPath: false }).isParked &&
        parkedHints(page, grounds).length > 0,
    );
    expect(asked.length / asIs.sites.length).toBeLessThan(0.1);
  });

  it('is told apart with a precision above 0.9 even were every site the same on every path', () => {
    const { precision, report } = measure(judgedWith({ sameOnRandomPath: true }));
    expect(precision, report).toBeGreaterThanOrEqual(0.9);
  });
});
