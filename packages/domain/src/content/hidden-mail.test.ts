import { expect, it } from 'vitest';
import { extractPage } from './extract-page.ts';
import { mailInScripts } from './hidden-mail.ts';
import { responseFixture } from './page-fixture.ts';

it.each([
  [`document.write('<a href="mailto:' + 'info' + '@' + 'firma.de' + '">mail</a>');`, ['info@firma.de']],
  [
    `var u="info"; var d = "firma.de"; document.write("<a href='mailto:"+u+"@"+d+"'>"+u+"@"+d+"</a>")`,
    ['info@firma.de'],
  ],
  [
    `var prefix = '&#109;a' + 'i&#108;' + '&#116;o'; var addy1 = '&#105;nf&#111;' + '&#64;';
     addy1 = addy1 + 'f&#105;rm&#97;' + '&#46;' + 'd&#101;'; document.getElementById('c').innerHTML += '<a href="' + prefix + ':' + addy1 + '">';`,
    ['info@firma.de'],
  ],
  [`let a = 'info'; a += '\\x40'; a += 'firma.de'; show(a + '');`, ['info@firma.de']],
  [`x = unknown() + '@' + 'firma.de'`, []],
  [`const config = {"mail":"info@firma.de","other":"@firma.de"}`, []],
  [`if (a == '@') b = '@' + c;`, []],
])('%s', (script, addresses) => {
  expect(mailInScripts(script)).toEqual(addresses);
});

it('costs no more for scripts of nothing but signs', () => {
  const startedMs = performance.now();
  for (const unit of ["'@'+", 'mailto:', "a='@'+a;", "'@", "a+='\\x40';", "a='@'+a+a;"])
    mailInScripts(unit.repeat(20_000));
  expect(performance.now() - startedMs).toBeLessThan(250);
});

it('links that a system shifts are read', () => {
  const page = extractPage(
    responseFixture(
      `<a href="javascript:linkTo_UnCryptMailto('nbjmup+jogpAgjsnb/ef');">mail</a>
       <a href="#" data-mailto-token="ocknvq,ucnguBhktoc0fg" data-mailto-vector="2">mail</a>
       <a href="javascript:linkTo_UnCryptMailto('nothing at all');">mail</a>`,
    ),
  );
  expect(page.links.filter((link) => link.startsWith('mailto:'))).toEqual([
    'mailto:info@firma.de',
    'mailto:sales@firma.de',
  ]);
});
