import { describe, expect, it } from 'vitest';
import { classifyParked } from './classify-parked.ts';
import { pageFixture } from './page-fixture.ts';
import { readCorpus } from './testing/read-corpus.ts';

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

describe('the corpus', () => {
  const judged = readCorpus().map(({ label, line, page, grounds }) => ({
    label,
    line,
    ...classifyParked(page, grounds),
  }));
  const held = judged.filter(({ label }) => label !== 'site');
  const sites = judged.filter(({ label }) => label === 'site');

  it('is of a size that says something', () => {
    expect(held.length).toBeGreaterThanOrEqual(100);
    expect(sites.length).toBeGreaterThanOrEqual(50);
  });

  it('is told apart with a precision and a recall of 0.95 at least', () => {
    const right = held.filter(({ isParked }) => isParked).length;
    const wrong = sites.filter(({ isParked }) => isParked);
    const missed = held.filter(({ isParked }) => !isParked);
    const report = [...wrong, ...missed].map(({ line, reasons }) => `${line} ${reasons.join()}`).join('\n');
    expect(right / (right + wrong.length), report).toBeGreaterThanOrEqual(0.95);
    expect(right / held.length, report).toBeGreaterThanOrEqual(0.95);
    expect(held.filter(({ isParked, reasons }) => isParked && reasons.length === 0)).toEqual([]);
  });
});
