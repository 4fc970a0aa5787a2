import { decodeHTML, decodeHTMLAttribute } from 'entities';
import fc from 'fast-check';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { type MarkupHandler, parseMarkup } from './parse-markup.ts';

/** What a page is made of, a line each; texts that follow each other are one. */
class Tokens {
  readonly lines: string[] = [];
  private text = '';

  add(line: string): void {
    this.end();
    this.lines.push(line);
  }
  addText(text: string): void {
    this.text += text;
  }
  end(): string[] {
    if (this.text !== '') this.lines.push(`text ${this.text}`);
    this.text = '';
    return this.lines;
  }
}

function tokensOf(html: string): string[] {
  const tokens = new Tokens();
  const handler: MarkupHandler = {
    openTag(name, attributes) {
      const written = Array.from({ length: attributes.size }, (_, at) => [
        attributes.nameOf(at),
        attributes.valueOf(at),
      ]);
      // Only names of ASCII are asked for.
      for (const [attribute = '', value] of written)
        if ([...attribute].every((character) => character < '\u0080'))
          expect(attributes.get(attribute)).toBe(value);
      tokens.add(`<${name}> ${JSON.stringify(written)}`);
    },
    closeTag: (name) => tokens.add(`</${name}>`),
    text: (source, start, end) => tokens.addText(source.slice(start, end)),
    comment: (text) => tokens.add(`comment ${text}`),
  };
  parseMarkup(html, handler);
  return tokens.end();
}

const RAW = /^(?:script|style|xmp|iframe|noembed|noframes|plaintext)$/;

/** The same as another reader sees it (htmlparser2). */
function referenceTokensOf(html: string): string[] {
  const tokens = new Tokens();
  let tag = '';
  let attribute = '';
  let value = '';
  let isRaw = false;
  let attributes = new Map<string, string>();
  const openTag = (): void => {
    isRaw = RAW.test(tag);
    tokens.add(`<${tag}> ${JSON.stringify([...attributes])}`);
  };
  const callbacks: TokenizerCallbacks = {
    onopentagname(start, end) {
      tag = html.slice(start, end).toLowerCase();
      attributes = new Map();
    },
    onattribname(start, end) {
      attribute = html.slice(start, end).toLowerCase();
      value = '';
    },
    onattribdata(start, end) {
      value = decodeHTMLAttribute(html.slice(start, end));
    },
    onattribend() {
      if (!attributes.has(attribute)) attributes.set(attribute, value);
    },
    onopentagend: openTag,
    onselfclosingtag() {
      openTag();
      if (tag === 'svg' || tag === 'math') tokens.add(`</${tag}>`);
    },
    onclosetag(start, end) {
      isRaw = false;
      tokens.add(`</${html.slice(start, end).toLowerCase()}>`);
    },
    ontext(start, end) {
      const text = html.slice(start, end);
      tokens.addText(isRaw ? text : decodeHTML(text));
    },
    oncomment: (start, end, endOffset) => tokens.add(`comment ${html.slice(start, end - endOffset)}`),
    onattribentity: () => {},
    ontextentity: () => {},
    oncdata: () => {},
    ondeclaration: () => {},
    onprocessinginstruction: () => {},
    onend: () => {},
  };
  new Tokenizer({ decodeEntities: false }, callbacks).write(html);
  return tokens.end();
}

const PIECES =
  '< > </ /> = " \' ` & &amp; &lt &#65; &copy=1 <!-- --> --!> -- - ! <!> <!-> <!doctype <!DOCTYPE <![CDATA[ ]]> <? ?> <script> </script <Script </SCRIPT> ' +
  '<style> </style> <title> </title> <textarea> </textarea > <xmp> </xmp> <noscript> <iframe/> </iframe> <plaintext> <svg/> <svg / > <math/> <a href= <p class="a b" ' +
  " id='x' HIDDEN data-x a=1 a=2 <b> </b> <bÄ <1 </ x> </> é 日 😀 \ud83d \0";
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES.split(' '), ' ', '\n', '\t', '\f', '\r'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  // In the middle of an end tag of raw text the reference leaves that text out; a page that ends so is no matter.
  .map((parts) => `${parts.join('')} `);

describe('markup', () => {
  it('is read as another tokenizer reads it', () => {
    fc.assert(
      fc.property(markup, (html) => {
        expect(tokensOf(html)).toEqual(referenceTokensOf(html));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['a > in a value', '<a title="1 > 2">x', ['<a> [["title","1 > 2"]]', 'text x']],
    ['the first of two attributes of one name', '<p ID=1 id=2>', ['<p> [["id","1"]]']],
    ['an attribute that begins with =', '<p =a=b c>', ['<p> [["=a","b"],["c",""]]']],
    ['a value that is missing', '<p a= >x', ['<p> [["a",""]]', 'text x']],
    ['a slash between attributes', '<p a/b=c/>', ['<p> [["a",""],["b","c/"]]']],
    ['entities', '<p a="&lt;&copy=1">&lt;&copy', ['<p> [["a","<&copy=1"]]', 'text <©']],
    [
      'comments that end oddly',
      '<!--><!---><!--a--!>b<!--c--->',
      ['comment ', 'comment ', 'comment a', 'text b', 'comment c-'],
    ],
    ['what only looks like comments', '<!x><?y?></ z></>', ['comment x', 'comment ?y?', 'comment  z']],
    [
      'ends in scripts',
      '<script><b></scripty></SCRIPT x>y',
      ['<script> []', 'text <b></scripty>', '</script>', 'text y'],
    ],
    [
      'entities in titles, not in scripts',
      '<title>&amp;<b></title><style>&amp;</style>',
      ['<title> []', 'text &<b>', '</title>', '<style> []', 'text &amp;', '</style>'],
    ],
    ['plain text to the end', '<plaintext></plaintext>', ['<plaintext> []', 'text </plaintext>']],
    ['less-than signs in text', '1 < 2 <3<', ['text 1 < 2 <3']],
    ['tags without end', 'x<p a="', ['text x']],
    [
      'more attributes than are kept',
      `<p ${Array.from({ length: 99 }, (_, i) => `a${i}`).join(' ')}>`,
      [`<p> ${JSON.stringify(Array.from({ length: 64 }, (_, i) => [`a${i}`, '']))}`],
    ],
  ])('%s', (_, html, tokens) => {
    expect(tokensOf(html)).toEqual(tokens);
  });
});
