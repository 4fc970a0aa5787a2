import { describe, expect, it } from 'vitest';
import { extractPage } from './extract-page.ts';
import { guessLanguage } from './guess-language.ts';
import { trackersIn } from './inline-scripts.ts';
import { FEATURES_VERSION, upgradeFeatures } from './page-features.ts';
import { responseFixture } from './page-fixture.ts';

const pageOf = (html: string, headers: Record<string, string> = {}) =>
  extractPage(responseFixture(html, { headers: { 'content-type': 'text/html', ...headers } }));

describe('facts of a page', () => {
  it('say who is behind it and where it links to', () => {
    const page = pageOf(`<link rel=canonical href="/start"><a href="/kontakt.html">Schreiben Sie uns</a>
      <a href="https://www.shop.example/impressum">Rechtliches</a><a href="/x/ueber-uns/">Firma</a>
      <a href="/team">Das Team</a><a href="/p/1">Contact lenses for sale, a very long title that goes on and on</a>
      <a href="https://other.example.org/contact">Contact</a><a href="mailto:a@b.de">Kontakt</a><a href="#contact">Contact</a>`);
    expect(page.canonicalUrl).toBe('https://shop.example/start');
    expect(page.aboutLinks).toEqual([
      { kind: 'contact', url: 'https://shop.example/kontakt.html' },
      { kind: 'imprint', url: 'https://www.shop.example/impressum' },
      { kind: 'about', url: 'https://shop.example/x/ueber-uns/' },
      { kind: 'about', url: 'https://shop.example/team' },
    ]);
    expect(page.linkCounts).toEqual({ internal: 6, external: 1 });
  });

  it('say who is behind it by the last part of a path of any depth, not by a host', () => {
    const page =
      pageOf(`<a href="/de/kontakt">Hier</a><a href="https://shop.example/a/b/imprint/?x=1#y">Hier</a>
      <a href="//team.example">Hier</a><a href="https://contact.shop.example/">Hier</a>
      <a href="/7">Επικοινωνία</a><a href="/8">Über uns</a><a href="/9">À propos</a>`);
    expect(page.aboutLinks).toEqual([
      { kind: 'contact', url: 'https://shop.example/de/kontakt' },
      { kind: 'imprint', url: 'https://shop.example/a/b/imprint/?x=1' },
      { kind: 'contact', url: 'https://shop.example/7' },
      { kind: 'about', url: 'https://shop.example/8' },
      { kind: 'about', url: 'https://shop.example/9' },
    ]);
  });

  it('say what forms are for', () => {
    const forms = (html: string): readonly string[] => pageOf(html).forms;
    expect(forms('<form><input type=email name=mail><textarea name=m></textarea></form>')).toEqual([
      'contact',
    ]);
    expect(forms('<form><input type=email><button>Go</button></form>')).toEqual(['newsletter']);
    expect(
      forms('<form role=search><input name=q></form><form><input name=u><input type=password></form>'),
    ).toEqual(['search', 'login']);
    expect(forms('<input name=cardnumber autocomplete=cc-number>')).toEqual(['payment']);
    expect(forms('<form><input type=hidden name=q></form>')).toEqual([]);
  });

  it('name accounts, variables and services of scripts', () => {
    const page =
      pageOf(`<script src="https://www.googletagmanager.com/gtag/js?id=G-ABC1234567"></script><script>
      window.dataLayer = window.dataLayer || []; var config = {"u": "https:\\/\\/api.acme.de\\/v1"};
      fbq('init', '123456789012345'); s.src='//static.hotjar.com/c/hotjar-'+h._hjSettings.hjid;</script>`);
    expect(page.trackers).toEqual(['meta:123456789012345', 'ga:G-ABC1234567']);
    expect(page.globals).toEqual(['dataLayer', 'config']);
    expect(page.scriptUrls).toEqual(['https://api.acme.de/v1', 'https://static.hotjar.com/c/hotjar-']);
  });

  it.each([
    ["ga('create', 'UA-12345-2')", ['ga:UA-12345']],
    ['GTM-ABCD12', ['gtm:GTM-ABCD12']],
    ['ca-pub-1234567890123456', ['adsense:pub-1234567890123456']],
    ['AW-123456789', ['gads:AW-123456789']],
    [
      `var u="https://stats.acme.de/";_paq.push(['setTrackerUrl', u+'matomo.php']);_paq.push(['setSiteId', '4']);`,
      ['matomo:stats.acme.de#4'],
    ],
    ['the G-spot and UA-lesson', []],
  ])('%s', (text, trackers) => {
    expect(trackersIn(text)).toEqual(trackers);
  });

  it('name scripts and frames that wait for consent or for being scrolled to', () => {
    const page =
      pageOf(`<script type="text/plain" data-src="https://static.hotjar.com/c/hotjar-1.js"></script>
      <iframe src="about:blank" data-lazy-src="https://www.youtube.com/embed/x"></iframe><iframe src="/a" data-src="/b"></iframe>
      <script src=""></script>`);
    expect(page.resources).toEqual([
      'https://static.hotjar.com/c/hotjar-1.js',
      'https://www.youtube.com/embed/x',
      'https://shop.example/a',
    ]);
  });

  it('describe the page in the words for people who search, or else in those for networks', () => {
    const network = '<meta name="twitter:description" content="Short">';
    expect(pageOf(network).description).toBe('Short');
    expect(pageOf(`${network}<meta property="og:description" content="Long">`).description).toBe('Long');
    expect(pageOf(`${network}<meta name="description" content="">`).description).toBe('Short');
  });

  it('name means of payment of pictures and of the end of the text', () => {
    const page = pageOf('<p>Zahlungsarten: PayPal, Visa</p><img src=/img/klarna.svg><img alt="Mastercard">');
    expect([...page.payments].sort()).toEqual(['Klarna', 'Mastercard', 'PayPal', 'Visa']);
    expect(pageOf('<p>Wir nehmen Zahlungen mit Visa, Mastercard').payments).toEqual(['Visa', 'Mastercard']);
    expect(pageOf('<p>We help travellers with their Visa papers.').payments).toEqual([]);
  });

  it('hold the language that is told, or else that of the words', () => {
    expect(pageOf('<p>x', { 'content-language': 'de-AT' })).toMatchObject({
      language: 'de-AT',
      guessedLanguage: null,
    });
    expect(
      pageOf('<p>Wir sind die Firma für Dächer und wir liefern mit der Post auf das Land.'),
    ).toMatchObject({
      language: null,
      guessedLanguage: 'de',
    });
  });

  it.each([
    ['The shop is open for you and your family, and we are here to help with all of it.', 'en'],
    ['Nous sommes une entreprise qui est dans le sud et nous avons des produits pour vous.', 'fr'],
    ['Nuestra empresa está en el centro y los productos son para las familias del barrio.', 'es'],
    ['Nasza firma jest w centrum i oferujemy usługi dla domu oraz do ogrodu, to nie jest drogie.', 'pl'],
    ['Мы делаем ремонт квартир под ключ и быстро', 'ru'],
    ['株式会社青空は精密部品を製造しています。お問い合わせはこちら。', 'ja'],
    ['我们是一家专业的制造公司，欢迎联系我们了解更多信息。谢谢', 'zh'],
    ['Acme Widgets 2000 XL Pro 3000 Ultra', null],
  ])('%s', (text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it('of an older version are read as if nothing more had been there', () => {
    const { version, classes, ...old } = pageOf('<p class=a>x');
    expect(version).toBe(FEATURES_VERSION);
    expect(classes).toEqual(['a']);
    expect(upgradeFeatures(old)).toMatchObject({ version: 1, classes: [], text: 'x' });
  });
});
