import { describe, expect, it } from 'vitest';
import { requiredLiterals } from '../../keyword/required-literals.ts';
import { extractPage } from '../extract-page.ts';
import type { PageFeatures } from '../page-features.ts';
import { pageFixture, responseFixture } from '../page-fixture.ts';
import { compileFingerprints } from './compile-fingerprints.ts';
import { detectTechnologies } from './detect-technologies.ts';
import { OWN_FINGERPRINTS } from './own-fingerprints.ts';
import { parsePattern } from './pattern.ts';
import { readSigns } from './testing/read-signs.ts';

const signs = readSigns();
const found = (features: Partial<PageFeatures>): string[] =>
  detectTechnologies(pageFixture(features)).map(({ name, version }) =>
    version === null ? name : `${name} ${version}`,
  );

/** The technology with all that it implies, and what that implies. */
function withImplied(name: string, into = new Set<string>()): Set<string> {
  if (into.has(name)) return into;
  into.add(name);
  for (const implied of OWN_FINGERPRINTS[name]?.implies ?? []) withImplied(implied, into);
  return into;
}

describe('each technology', () => {
  it('has a page that shows it, and there are more than 200', () => {
    const shown = new Set(signs.map(({ name }) => name));
    expect([...shown].sort()).toEqual(Object.keys(OWN_FINGERPRINTS).sort());
    expect(signs.length).toBeGreaterThan(200);
  });

  it.each(signs.map((sign) => [sign.name, sign] as const))(
    '%s is found on its page with its version, and nothing that is not there',
    (name, { page, dns, version, others }) => {
      const technologies = detectTechnologies(page, dns);
      expect(technologies.find((technology) => technology.name === name)).toMatchObject({
        name,
        version,
      });
      const expected = [name, ...others].reduce((all, each) => withImplied(each, all), new Set<string>());
      expect(technologies.map((technology) => technology.name).filter((each) => !expected.has(each))).toEqual(
        [],
      );
    },
  );

  it('says what it implies of those that there are, and its website', () => {
    for (const [name, { implies = [], website }] of Object.entries(OWN_FINGERPRINTS)) {
      expect(website, name).toMatch(/^[a-z0-9.-]+\.[a-z]+/);
      for (const implied of implies) expect(OWN_FINGERPRINTS).toHaveProperty([implied]);
    }
  });
});

describe('pages without', () => {
  it('show none, though they speak of them', () => {
    const page = extractPage(
      responseFixture(`<!doctype html><html lang=en><title>Which shop system?</title>
        <link rel=stylesheet href=/css/main.css><script src=/js/app.js></script>
        <script>window.config = {"api": "https://api.acme-werke.de/v1", "cdn": "//img.acme-werke.de/x"};</script>
        <h1>WordPress, Shopify or Magento?</h1><p>We compare WooCommerce 8.7, Stripe, jQuery 3.7.1 and Google Analytics.
        See <a href="https://www.shopify.com/">shopify.com</a>, <a href="https://wordpress.org/">WordPress</a>,
        <a href="https://www.hotjar.com/">Hotjar</a>.</p><div id=app class="container main react"></div>
        <form action=/search><input name=q></form><!-- WordPress is not used here -->`),
    );
    expect(detectTechnologies(page, { mx: ['mail.acme-werke.de'], txt: ['v=spf1 mx -all'] })).toEqual([]);
  });

  it.each<[Partial<PageFeatures>, string[]]>([
    [{ headers: { server: 'Apache-Coyote/1.1' } }, ['Apache Tomcat', 'Java']],
    [{ resources: ['https://a.de/js/bootstrap-datepicker.js'] }, []],
    [{ resources: ['https://a.de/vue-of-the-sea.jpg', 'https://a.de/reaction.js'] }, []],
    [{ resources: ['https://a.de/threesome.js', 'https://a.de/momentum.js'] }, []],
    [{ links: ['https://calendly.com/pricing', 'https://www.doctolib.de/', 'https://www.setmore.com/'] }, []],
    [{ links: ['https://www.a.de/wolt', 'https://example.de/jobs.personio.html'] }, []],
    [{ resources: ['https://img1.wsimg.com/traffic-assets/js/tccl.min.js'] }, []],
    [{ trackers: ['gtm:GTM-ABC1234', 'unknown:1'] }, ['Google Tag Manager']],
    [{ headers: { 'set-cookie': 'my_laravel_session_x, PHPSESSIDX' } }, []],
    [
      { resources: ['https://a.de/wp-content/themes/x.css'], meta: { generator: 'WordPress 6.8' } },
      ['WordPress 6.8', 'PHP'],
    ],
  ])('%j', (features, technologies) => {
    expect(found(features)).toEqual(technologies);
  });
});

describe('findings', () => {
  it('name what was seen and how sure it is', () => {
    const [nginx] = detectTechnologies(pageFixture({ headers: { server: 'nginx/1.2' } }));
    expect(nginx).toEqual({
      name: 'Nginx',
      version: '1.2',
      evidence: 'header server: nginx/1.2',
      confidence: 100,
      categories: ['Web server'],
    });
  });

  it('come from further pages of the site too, with the page', () => {
    const contact = pageFixture({
      finalUrl: 'https://shop.example/contact',
      resources: ['https://www.google.com/recaptcha/api.js'],
    });
    expect(detectTechnologies(pageFixture({ furtherPages: [contact] }))).toMatchObject([
      {
        name: 'reCAPTCHA',
        evidence: 'resource on https://shop.example/contact: https://www.google.com/recaptcha/api.js',
      },
    ]);
  });

  it('add up weak signs, leave out too weak ones, imply in turn and exclude', () => {
    const known = compileFingerprints([
      {
        engine: 'linear',
        set: {
          Weak: { headers: { a: 'x\\;confidence:30', b: 'y\\;confidence:30' }, implies: ['Middle'] },
          Middle: { implies: ['Last'] },
          Last: {},
          Strong: { headers: { c: '' }, excludes: ['Last'] },
        },
      },
    ]);
    const names = (headers: Record<string, string>): (string | number | undefined)[] =>
      detectTechnologies(pageFixture({ headers }), {}, known).flatMap(({ name, confidence }) => [
        name,
        confidence,
      ]);
    expect(names({ a: 'x' })).toEqual([]);
    expect(names({ a: 'x', b: 'y' })).toEqual(['Weak', 60, 'Middle', 60, 'Last', 60]);
    expect(names({ a: 'x', b: 'y', c: 'z' })).toEqual(['Weak', 60, 'Strong', 100, 'Middle', 60]);
  });
});

describe('patterns', () => {
  it.each([
    ['/wp-(?:content|includes)/', ['/wp-content/', '/wp-includes/']],
    ['(?:buy|sell) (?:gold|tin)s?', ['buy gold', 'buy tin', 'sell gold', 'sell tin']],
    ['(?:ab|c)+d', null],
    ['x(?:(?:un|re)do|make){2}r', ['xundo', 'xredo', 'xmake']],
    ['(?:a|b|c|d)(?:1|2|3|4)(?:x|y)zz', ['xzz', 'yzz']],
    ['static\\.hotjar\\.com', ['static.hotjar.com']],
    ['abc?de+f*g', ['ab']],
    ['abcd|(?:xy)?z', null],
    ['^(?:matomo|piwik)\\.js$', ['matomo.js', 'piwik.js']],
    ['[a-z]+\\d', null],
    ['a{0,3}bcd{2}', ['bcd']],
    ['(?!nothere)fo\\x41obar', ['obar']],
  ])('%s requires %j', (source, literals) => {
    expect(requiredLiterals(source)).toEqual(literals);
  });

  it('find the same with and without looking for literals first', () => {
    const values = signs.flatMap(({ page }) => [...page.resources, ...page.scriptUrls]);
    for (const [name, { scripts = [] }] of Object.entries(OWN_FINGERPRINTS)) {
      for (const written of scripts) {
        const { source } = parsePattern(name, written, 'own');
        const literals = requiredLiterals(source);
        for (const value of values) {
          if (!new RegExp(source, 'i').test(value) || literals === null) continue;
          const lower = value.toLowerCase();
          expect(
            literals.some((literal) => lower.includes(literal.toLowerCase())),
            `${source} ${value}`,
          ).toBe(true);
        }
      }
    }
  });

  it('of our own take no long time on what is made to take it', () => {
    const hostile = [
      'a',
      '/',
      '-',
      '.',
      '0',
      '/wp-content/',
      'jquery-',
      '/[',
      'https://',
      'x.min',
      '?ver=1.',
    ].map((unit) => unit.repeat(Math.ceil(2_048 / unit.length)));
    const startedAt = process.cpuUsage();
    for (const [
      name,
      { scripts = [], html = [], meta = {}, headers = {}, dns = {}, url = [] },
    ] of Object.entries(OWN_FINGERPRINTS)) {
      const all = [
        scripts,
        html,
        url,
        Object.values(meta),
        Object.values(headers),
        ...Object.values(dns),
      ].flat(2);
      for (const written of all) {
        const { exec } = parsePattern(name, written, 'own');
        const before = process.cpuUsage();
        for (const value of hostile) exec(value);
        const { user } = process.cpuUsage(before);
        expect(user / 1_000, written).toBeLessThan(100);
      }
    }
    expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(10_000);
  });
});
