import { describe, expect, it } from 'vitest';
import { extractPage } from './extract-page.ts';
import { responseFixture } from './page-fixture.ts';
import { PAGE_LIMITS } from './page-reader.ts';

const pageOf = (html: string) => extractPage(responseFixture(html));

describe('features of a page', () => {
  it('hold entities decoded in texts, titles and values, and scripts as they stand', () => {
    const page = pageOf(
      `<title>A &amp; B</&gt; C</title><script>var amp = 1; u="https://x.example/?a&amp;b"</script>
      <p>1 &lt; 2 &AMP 3 &#x20AC; &nosuch;<a href="/?a=1&amp;b=2&copy=3">x</a>`,
    );
    expect(page.title).toBe('A & B</> C');
    expect(page.scriptUrls).toEqual(['https://x.example/?a&amp;b']);
    expect(page.text).toBe('1 < 2 & 3 € &nosuch;x');
    expect(page.links).toEqual(['https://shop.example/?a=1&b=2&copy=3']);
  });

  it('are read from where they stand', () => {
    const page = pageOf(`<!doctype html><html lang="de-at"><head><title> Müller &amp;
      Söhne </title><base href="/base/"><meta name="Description" content="Was &uuml;ber uns">
      <meta property="og:site_name" content="Müller"><link rel=stylesheet href=a.css>
      <script src="https://cdn.example/x.js"></script>
      <script type="application/ld+json">{"@type":"Organization","name":"M"}</script></head>
      <body><h1>Eins <b>zwei</b></h1><p>Text<p>mehr<br>noch<a href="rel">ein</a> <a href="?q=1#f">Link</a>
      <a href="mailto:a@b.de">m</a> <a href="javascript:x()">j</a><iframe src="//v.example/e"></iframe>`);
    expect(page).toMatchObject({
      title: 'Müller & Söhne',
      description: 'Was über uns',
      language: 'de-AT',
      headings: ['Eins zwei'],
      text: 'Eins zwei Text mehr nochein Link m j',
      links: ['https://shop.example/base/rel', 'https://shop.example/base/?q=1#f', 'mailto:a@b.de'],
      meta: { description: 'Was über uns', 'og:site_name': 'Müller' },
      jsonLd: [{ '@type': 'Organization', name: 'M' }],
      resources: ['https://shop.example/base/a.css', 'https://cdn.example/x.js', 'https://v.example/e'],
    });
  });

  it('have words whole that may be broken', () => {
    const page = pageOf(
      `<title>Ver&shy;sicherung</title><meta name=description content="Ver\u00adsicherung">
      <h1>Rechts&shy;schutz</h1><p>Haft&shy;pflicht<wbr>ver&#173;sicherung &shy; <b>Recht</b>&shy;<i>e</i></p>`,
    );
    expect(page).toMatchObject({
      title: 'Versicherung',
      description: 'Versicherung',
      headings: ['Rechtsschutz'],
      text: 'Rechtsschutz Haftpflichtversicherung Rechte',
      wordCount: 3,
    });
  });

  it.each([
    ['<!--', '-->'],
    ['//<![CDATA[', '//]]>'],
    ['/*<![CDATA[*/', '/*]]>*/'],
    ['<![CDATA[', ']]>'],
  ])('hold structured data that stands between %s and %s', (before, after) => {
    const page = pageOf(`<script type="application/ld+json">${before}\n{"name":"A"}\n${after}</script>`);
    expect(page.jsonLd).toEqual([{ name: 'A' }]);
  });

  it('leave out text that nobody sees', () => {
    const page =
      pageOf(`<p>A</p><script>var b</script><style>c{}</style><noscript>d</noscript><template><p>e</p></template>
      <div hidden>f<div>g</div>h</div><p style="color:red; DISPLAY : none">i</p><svg><title>j</title><text>k</text></svg>
      <title>first</title><title>n</title><video><p>No <a href="/film.mp4">video</a></p></video><canvas>o</canvas>
      <!-- l --><textarea>m</textarea><svg/><p>Z`);
    expect(page.text).toBe('A m Z');
    expect(page.title).toBe('first');
    expect(page.links).toEqual(['https://shop.example/film.mp4']);
  });

  it('keep marks of software, and of cookies the names only', () => {
    const page = extractPage(
      responseFixture('<div id=__next data-reactroot></div><!-- Optimized with X v1.2 -->', {
        headers: { server: 'nginx', date: 'today', 'set-cookie': 'PHPSESSID=secret; path=/\nlang=de' },
      }),
    );
    expect(page.markup).toEqual(['id=__next', 'data-reactroot=', '<!--Optimized with X v1.2']);
    expect(page.headers).toEqual({ server: 'nginx', 'set-cookie': 'PHPSESSID, lang' });
  });

  it('can be stored: no NUL, no half of a pair, nothing too deep or too large', () => {
    const page = pageOf(
      `<title>a\0b&#0;c&#xD800;</title><p>${'😀'.repeat(40_000)}</p>` +
        `<script type="application/ld+json">{"a":"\\u0000\\ud800","__proto__":{"x":1}}</script>` +
        `<script type="application/ld+json">${'['.repeat(20_000)}${']'.repeat(20_000)}</script>` +
        `${'<a href="/x">'.repeat(10)}${Array.from({ length: 900 }, (_, i) => `<a href="/${i}">`).join('')}`,
    );
    const stored = JSON.stringify(page);
    expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(page.text.length).toBeLessThanOrEqual(PAGE_LIMITS.text);
    expect(page.links).toHaveLength(500 - 9);
    expect(page.jsonLd).toHaveLength(1);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('charset', () => {
  const shiftJis = Uint8Array.of(0x82, 0xa0);
  const bytes = (...parts: (string | Uint8Array)[]): Uint8Array =>
    Uint8Array.from(
      parts.flatMap((part) => [...(typeof part === 'string' ? new TextEncoder().encode(part) : part)]),
    );
  const read = (body: Uint8Array, contentType = 'text/html') => {
    const { text, charset } = extractPage(
      responseFixture(body, { headers: { 'content-type': contentType } }),
    );
    return [text, charset];
  };

  it.each([
    ['the header', bytes('<p>', shiftJis), 'text/html; charset="Shift_JIS"', 'あ', 'shift_jis'],
    [
      'the header before meta',
      bytes('<meta charset=koi8-r><p>', shiftJis),
      'text/html;charset=sjis',
      'あ',
      'shift_jis',
    ],
    ['meta', bytes('<meta charset=Shift_JIS><p>', shiftJis), 'text/html', 'あ', 'shift_jis'],
    [
      'meta in the old form',
      bytes('<meta http-equiv=Content-Type content="text/html; charset=x-sjis"><p>', shiftJis),
      'text/html',
      'あ',
      'shift_jis',
    ],
    [
      'meta where the header is unknown',
      bytes('<meta charset=shift-jis><p>', shiftJis),
      'text/html; charset=utf9',
      'あ',
      'shift_jis',
    ],
    [
      'a mark, whatever the header says',
      bytes(Uint8Array.of(0xef, 0xbb, 0xbf), '<p>é'),
      'text/html; charset=latin1',
      'é',
      'utf-8',
    ],
    [
      'a mark of UTF-16',
      Uint8Array.of(0xff, 0xfe, 0x3c, 0, 0x70, 0, 0x3e, 0, 0xe9, 0),
      'text/html',
      'é',
      'utf-16le',
    ],
    [
      'latin1 as windows-1252',
      bytes('<p>', Uint8Array.of(0x80, 0xe9)),
      'text/html; charset=ISO-8859-1',
      '€é',
      'windows-1252',
    ],
    ['ISO 8859-2', bytes('<p>', Uint8Array.of(0xb3)), 'text/html; charset=iso-8859-2', 'ł', 'iso-8859-2'],
    ['GB 18030', bytes('<p>', Uint8Array.of(0xc4, 0xe3)), 'text/html; charset=gb2312', '你', 'gbk'],
    ['EUC-KR', bytes('<p>', Uint8Array.of(0xb0, 0xa1)), 'text/html; charset=ks_c_5601-1987', '가', 'euc-kr'],
    ['no word of it, valid UTF-8', bytes('<p>é'), 'text/html', 'é', 'utf-8'],
    [
      'no word of it, not UTF-8',
      bytes('<p>caf', Uint8Array.of(0xe9), ' bar'),
      'text/html',
      'café bar',
      'windows-1252',
    ],
    [
      'no word of it, UTF-8 cut in mid-character',
      bytes('<p>é', Uint8Array.of(0xe3, 0x81)),
      'text/html',
      'é\ufffd',
      'utf-8',
    ],
    ['a lie: UTF-16 that is ASCII', bytes('<meta charset=utf-16><p>abc'), 'text/html', 'abc', 'utf-8'],
    [
      'a lie: UTF-8 that is not',
      bytes('<p>a', Uint8Array.of(0xe9)),
      'text/html; charset=utf-8',
      'a\ufffd',
      'utf-8',
    ],
  ])('by %s', (_, body, contentType, text, charset) => {
    expect(read(body, contentType)).toEqual([text, charset]);
  });
});

it('leaves the body as it is', () => {
  // The views of some octets share them with what is cut out of them.
  const body = Buffer.from('<meta name=x><p>é');
  expect(extractPage(responseFixture(body)).text).toBe('é');
  expect(body.toString()).toBe('<meta name=x><p>é');
});

describe('hostile pages', () => {
  const pages: [string, () => string][] = [
    ['nesting of 100,000', () => `${'<div>'.repeat(100_000)}x${'</span>'.repeat(100_000)}`],
    ['crossed nesting', () => '<a><b><i></a></b>'.repeat(60_000)],
    ['an attribute of 10 MB', () => `<p title="${'x'.repeat(10_000_000)}">y`],
    ['an attribute of entities', () => `<a href="${'&amp;'.repeat(400_000)}">y`],
    ['an unclosed comment', () => `x<!--${' -'.repeat(2_000_000)}`],
    ['an unclosed tag', () => `x<p ${'a=b '.repeat(500_000)}`],
    ['100,000 attributes', () => `<p ${Array.from({ length: 100_000 }, (_, i) => `a${i}=1`).join(' ')}>y`],
    ['nothing but entities', () => '&lt;'.repeat(500_000)],
    ['nothing but ampersands', () => '&'.repeat(2_000_000)],
    ['nothing but less-than signs', () => '<'.repeat(2_000_000)],
    ['an unclosed script of almost ends', () => `<script>${'</scrip'.repeat(300_000)}`],
    ['blanks', () => ' \u00a0\n'.repeat(700_000)],
    ['letters between several blanks', () => 'a  '.repeat(700_000)],
    ['open titles', () => '<title>'.repeat(300_000)],
    ['hidden elements', () => '<p hidden>'.repeat(200_000)],
  ];

  it.each(pages)('%s costs at most 250 ms', (_, make) => {
    const response = responseFixture(make());
    // The least of three: other work of the machine slows a run, and never speeds one up.
    const costsMs = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      expect(extractPage(response).text.length).toBeLessThanOrEqual(PAGE_LIMITS.text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    });
    expect(Math.min(...costsMs)).toBeLessThan(250);
  });
});
