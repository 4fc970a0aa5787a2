import { findPhoneNumbersInText } from 'libphonenumber-js/max';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specialPrefixes } from './special-labels.ts';
import { type Lab, startLab } from './start-lab.ts';
import { type ReferenceResult, visitSite } from './testing/reference-http-client.ts';
import { type LabTruth, labTruth } from './truth.ts';
import { allLabKeywords } from './vocabulary.ts';

const seed = 'site-server';
const TIMEOUT_MS = 4000;
let lab: Lab;

/** Names whose sites are visited: three of each special kind, and two hundred of which the hash decides. */
const special = specialPrefixes.flatMap((prefix) => [1, 2, 3].map((number) => `${prefix}-${number}.com`));
const arbitrary = Array.from(
  { length: 700 },
  (_, index) => `firm${index}.${['com', 'de', 'co.jp', 'pl', 'fr'][index % 5]}`,
);
const resolving = [...special, 'www.towww-1.com', 'www.chain-1.com', 'x.ws', ...arbitrary].filter(
  (name) => labTruth(seed, name).site !== null,
);
const visits = new Map<string, ReferenceResult>();

beforeAll(async () => {
  lab = await startLab({ seed });
  const left = [...resolving];
  const visitor = async (): Promise<void> => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      visits.set(name, await visitSite(lab, name, TIMEOUT_MS));
    }
  };
  await Promise.all(Array.from({ length: 12 }, visitor));
}, 120_000);
afterAll(() => lab.close());

/** The pages that were reached, with what is true about them. */
function pages(): { truth: LabTruth; site: NonNullable<LabTruth['site']>; html: string }[] {
  return [...visits].flatMap(([name, { html }]) => {
    const truth = labTruth(seed, name);
    return truth.site?.http.verdict === 'OK' ? [{ truth, site: truth.site, html }] : [];
  });
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&middot;', '·')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Title, description and text of a page, without markup, scripts and styles. */
function wordsOf(html: string): string {
  const description = /<meta name="description" content="([^"]*)">/.exec(html)?.[1] ?? '';
  const text = html.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, '\n');
  return unescapeHtml(`${description}\n${text}`);
}

describe('the HTTP and HTTPS servers', () => {
  it('let a correct client conclude what the truth says', () => {
    expect(visits.size).toBe(resolving.length);
    for (const [name, result] of visits) {
      const { http, redirects } = labTruth(seed, name).site as NonNullable<LabTruth['site']>;
      const { verdict, statusCode, finalUrl } = result;
      expect({ name, verdict, statusCode, finalUrl, redirects: result.redirects }).toEqual({
        name,
        ...http,
        redirects,
      });
    }
  });

  it('show the title, the language and the parked text of the truth', () => {
    for (const { truth, site, html } of pages()) {
      expect(unescapeHtml(/<title>(.*?)<\/title>/.exec(html)?.[1] ?? '')).toBe(site.title);
      const lang = /<html lang="([\w-]+)">/.exec(html)?.[1];
      expect([truth.name, lang]).toEqual([
        truth.name,
        site.country === null ? site.lang : `${site.lang}-${site.country}`,
      ]);
      expect(/for sale|parked|<h1>Related searches/.test(html)).toBe(site.parked);
    }
  });

  it('show exactly the keywords of the truth, even to a client that takes parts of words', {
    timeout: 60_000,
  }, async () => {
    for (const { truth, site, html } of pages()) {
      const words = wordsOf(html).toLowerCase();
      expect([truth.name, allLabKeywords.filter((keyword) => words.includes(keyword)).sort()]).toEqual([
        truth.name,
        site.keywords,
      ]);
    }
  });

  it('show exactly the mail addresses of the truth', () => {
    for (const { truth, site, html } of pages()) {
      const mailto = [...html.matchAll(/href="mailto:([^"?]+)/g)].map((match) => match[1]);
      const plain = wordsOf(html).replaceAll(' [at] ', '@').replaceAll(' [dot] ', '.');
      const text = [...plain.matchAll(/[a-z]+@[a-z0-9.-]+[a-z0-9]/g)].map((match) => match[0]);
      expect([truth.name, [...mailto, ...text]]).toEqual([truth.name, site.emails]);
      if (site.format !== null) expect(html).toContain('logo@2x.png');
    }
  });

  it('show exactly the telephone numbers of the truth, valid in the country of the page', {
    timeout: 60_000,
  }, async () => {
    for (const { truth, site, html } of pages()) {
      const country = (site.country ?? 'US') as 'US';
      const found = findPhoneNumbersInText(wordsOf(html), {
        defaultCountry: country,
        extended: true,
      } as never);
      const links = [...html.matchAll(/href="tel:([^"]+)"/g)].map((match) => match[1]);
      const numbers = (found as unknown as { number: { number: string } }[]).map(
        (match) => match.number.number,
      );
      expect([truth.name, [...numbers, ...links]]).toEqual([truth.name, site.phones]);
    }
  });

  it('write pages of 5 to 20 KB, and big ones of 1 MB', () => {
    for (const { truth, site, html } of pages()) {
      if (site.format === null) continue;
      const bytes = Buffer.byteLength(html);
      const [least, most] = site.kind === 'bigpage' ? [950_000, 1_250_000] : [5000, 21_000];
      expect([truth.name, bytes >= least && bytes <= most, bytes]).toEqual([truth.name, true, bytes]);
    }
  });

  it('use every language, charset, content coding and framing', () => {
    const reached = pages();
    const seen = (pick: (site: NonNullable<LabTruth['site']>) => unknown) =>
      new Set(reached.map(({ site }) => pick(site)));
    for (const lang of ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'ja']) {
      expect(seen((site) => site.lang).has(lang)).toBe(true);
    }
    expect([...seen((site) => site.format?.charset)]).toEqual(
      expect.arrayContaining(['utf-8', 'windows-1252', 'iso-8859-2', 'shift_jis']),
    );
    expect([...seen((site) => site.format?.encoding)]).toEqual(
      expect.arrayContaining(['identity', 'gzip', 'br']),
    );
    expect([...seen((site) => site.format?.framing)]).toEqual(
      expect.arrayContaining(['length', 'chunked', 'close']),
    );
  });
});
