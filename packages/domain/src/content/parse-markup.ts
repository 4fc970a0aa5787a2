import { decodeHTML } from 'entities';
import { hashUnit, NAME_SEED, nameAt } from './markup/known-names.ts';
import { TagAttributes } from './markup/tag-attributes.ts';

/** What a document is made of, in its order. Names are lower-case; entities in texts and values are decoded. */
export interface MarkupHandler {
  /** `attributes` are those of this tag until the call returns. */
  openTag(name: string, attributes: TagAttributes): void;
  closeTag(name: string): void;
  /** The text is `source[start, end)`. */
  text(source: string, start: number, end: number): void;
  comment(text: string): void;
}

const NAME_KEPT = 64;
const COMMENT_KEPT = 256;

/** Elements whose text is taken as it stands. */
const RAW = new Set('script style xmp iframe noembed noframes plaintext'.split(' '));
/** Elements in which nothing but their own end tag is markup. */
const TEXT_ONLY = new Set([...RAW, 'title', 'textarea']);

/**
 * Reads HTML in one linear pass, by the states of the standard's tokenizer (WHATWG HTML, 13.2.5), without building a
 * tree or keeping open elements, so that no nesting, however deep or crossed, costs more than its length. What is left
 * open at the end of a page is no text. CDATA sections are passed over wherever they stand, and scripts end at the
 * first end tag.
 */
export function parseMarkup(html: string, handler: MarkupHandler): void {
  new MarkupReader(html, handler).read();
}

const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

const isSpace = (unit: number): boolean =>
  unit === 0x20 || unit === 0x0a || unit === 0x09 || unit === 0x0c || unit === 0x0d;
const isLetter = (unit: number): boolean => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);

class MarkupReader {
  private readonly html: string;
  private readonly handler: MarkupHandler;
  private readonly attributes: TagAttributes;
  /** The first ampersand that is not before the text that is read; the length where there is none. */
  private ampersand = -1;

  constructor(html: string, handler: MarkupHandler) {
    this.html = html;
    this.handler = handler;
    this.attributes = new TagAttributes(html);
  }

  read(): void {
    const { html } = this;
    const { length } = html;
    let textStart = 0;
    let from = 0;
    while (from < length) {
      const open = html.indexOf('<', from);
      this.emitText(textStart, open < 0 ? length : open, false);
      if (open < 0) return;
      const after = open + 1 < length ? html.charCodeAt(open + 1) : -1;
      if (isLetter(after)) textStart = this.readTag(open + 1);
      else if (after === SLASH) textStart = this.readEndTag(open + 2);
      else if (after === 0x21) textStart = this.readDeclaration(open + 2);
      else if (after === 0x3f) textStart = this.readBogusComment(open + 1, open + 1);
      else {
        textStart = after < 0 ? length : open;
        from = open + 1;
        continue;
      }
      from = textStart;
    }
  }

  private emitText(start: number, end: number, isRaw: boolean): void {
    if (end <= start) return;
    const { html, handler } = this;
    if (!isRaw) {
      if (this.ampersand < start) {
        const next = html.indexOf('&', start);
        this.ampersand = next < 0 ? html.length : next;
      }
      if (this.ampersand < end) {
        const text = decodeHTML(html.slice(start, end));
        handler.text(text, 0, text.length);
        return;
      }
    }
    handler.text(html, start, end);
  }

  /** Reads a tag whose name begins at `start`; gives where the text after it begins. */
  private readTag(start: number): number {
    const { html, attributes } = this;
    const { length } = html;
    let at = start;
    let hash = NAME_SEED;
    for (; at < length; at++) {
      const unit = html.charCodeAt(at);
      if (unit === GT || unit === SLASH || isSpace(unit)) break;
      hash = hashUnit(hash, unit);
    }
    const nameEnd = at;
    attributes.clear();
    let isSelfClosing = false;
    for (; at < length; at++) {
      const unit = html.charCodeAt(at);
      if (unit === GT) {
        const name = nameAt(html, start, nameEnd, hash, NAME_KEPT);
        this.handler.openTag(name, attributes);
        // HTML ignores the slash but on the elements of SVG and MathML, of which only the outermost matter here.
        if (isSelfClosing && (name === 'svg' || name === 'math')) this.handler.closeTag(name);
        return TEXT_ONLY.has(name) ? this.readTextOnly(name, at + 1) : at + 1;
      }
      if (unit === SLASH) isSelfClosing = true;
      else if (!isSpace(unit)) {
        isSelfClosing = false;
        at = this.readAttribute(at) - 1;
      }
    }
    return length;
  }

  /** Reads an attribute; gives where the next one may begin. */
  private readAttribute(start: number): number {
    const { html } = this;
    const { length } = html;
    let hash = hashUnit(NAME_SEED, html.charCodeAt(start));
    let at = start + 1;
    let unit = 0;
    for (; at < length; at++) {
      unit = html.charCodeAt(at);
      if (unit === EQUALS || unit === GT || unit === SLASH || isSpace(unit)) break;
      hash = hashUnit(hash, unit);
    }
    const nameEnd = at;
    while (at < length && isSpace(unit)) unit = html.charCodeAt(++at);
    if (at >= length) return length;
    if (unit !== EQUALS) {
      this.attributes.add(start, nameEnd, hash, at, at);
      return at;
    }
    do unit = html.charCodeAt(++at);
    while (isSpace(unit));
    if (at >= length) return length;
    let end: number;
    if (unit === DOUBLE_QUOTE || unit === SINGLE_QUOTE) {
      end = html.indexOf(unit === DOUBLE_QUOTE ? '"' : "'", ++at);
      // A tag without end is none.
      if (end < 0) return length;
      this.attributes.add(start, nameEnd, hash, at, end);
      return end + 1;
    }
    for (end = at; end < length; end++) {
      unit = html.charCodeAt(end);
      if (unit === GT || isSpace(unit)) break;
    }
    this.attributes.add(start, nameEnd, hash, at, end);
    return end;
  }

  /** Reads the text of such an element and its end tag; gives where the text after it begins. */
  private readTextOnly(name: string, start: number): number {
    const { html } = this;
    const { length } = html;
    const isRaw = RAW.has(name);
    let end = name === 'plaintext' ? -1 : html.indexOf('</', start);
    for (; end >= 0; end = html.indexOf('</', end + 2)) {
      const nameEnd = end + 2 + name.length;
      if (nameEnd >= length) break;
      const unit = html.charCodeAt(nameEnd);
      if (unit !== GT && unit !== SLASH && !isSpace(unit)) continue;
      if (html.slice(end + 2, nameEnd).toLowerCase() !== name) continue;
      this.emitText(start, end, isRaw);
      this.handler.closeTag(name);
      return this.afterGreaterThan(nameEnd);
    }
    this.emitText(start, length, isRaw);
    return length;
  }

  /** Reads what begins with `</`; `start` is behind it. */
  private readEndTag(start: number): number {
    const { html } = this;
    const { length } = html;
    if (start >= length) return length;
    if (html.charCodeAt(start) === GT) return start + 1;
    if (!isLetter(html.charCodeAt(start))) return this.readBogusComment(start, start);
    let hash = NAME_SEED;
    for (let at = start; at < length; at++) {
      const unit = html.charCodeAt(at);
      if (unit === GT || unit === SLASH || isSpace(unit)) {
        this.handler.closeTag(nameAt(html, start, at, hash, NAME_KEPT));
        return this.afterGreaterThan(at);
      }
      hash = hashUnit(hash, unit);
    }
    return length;
  }

  /** Reads what begins with `<!`; `start` is behind it. */
  private readDeclaration(start: number): number {
    const { html } = this;
    const { length } = html;
    if (html.startsWith('--', start)) return this.readComment(start + 2);
    if (html.startsWith('[CDATA[', start)) {
      const end = html.indexOf(']]>', start + 7);
      return end < 0 ? length : end + 3;
    }
    if (html.slice(start, start + 7).toLowerCase() === 'doctype') return this.afterGreaterThan(start + 7);
    return this.readBogusComment(start, start);
  }

  private readComment(start: number): number {
    const { html } = this;
    if (html.charCodeAt(start) === GT) return this.emitComment(start, start, start + 1);
    if (html.startsWith('->', start)) return this.emitComment(start, start, start + 2);
    for (let end = html.indexOf('--', start); end >= 0; end = html.indexOf('--', end + 1)) {
      if (html.charCodeAt(end + 2) === GT) return this.emitComment(start, end, end + 3);
      if (html.startsWith('!>', end + 2)) return this.emitComment(start, end, end + 4);
    }
    return html.length;
  }

  private readBogusComment(start: number, from: number): number {
    const end = this.html.indexOf('>', from);
    return end < 0 ? this.html.length : this.emitComment(start, end, end + 1);
  }

  private emitComment(start: number, end: number, next: number): number {
    this.handler.comment(this.html.slice(start, Math.min(end, start + COMMENT_KEPT)));
    return next;
  }

  private afterGreaterThan(from: number): number {
    const end = this.html.indexOf('>', from);
    return end < 0 ? this.html.length : end + 1;
  }
}
