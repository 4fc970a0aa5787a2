import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** What a document is made of, in its order. Names are lower-case; entities in texts and values are decoded. */
export interface MarkupHandler {
  openTag(name: string, attributes: ReadonlyMap<string, string>): void;
  closeTag(name: string): void;
  text(text: string): void;
  comment(text: string): void;
}

/** Attributes of one element beyond these, and the end of longer values, are passed over. */
const ATTRIBUTES_KEPT = 64;
const VALUE_KEPT = 4096;
const COMMENT_KEPT = 256;

/**
 * Reads HTML in one linear pass without building a tree or keeping open elements, so that no nesting, however deep or
 * crossed, costs more than its length.
 */
export function parseMarkup(html: string, handler: MarkupHandler): void {
  new Tokenizer({ decodeEntities: true }, new MarkupReader(html, handler)).write(html);
  // `end` is not called: what is left open at the end of a page is no text.
}

class MarkupReader implements TokenizerCallbacks {
  private tag = '';
  private attributes = new Map<string, string>();
  private attribute = '';
  private value = '';
  private readonly html: string;
  private readonly handler: MarkupHandler;

  constructor(html: string, handler: MarkupHandler) {
    this.html = html;
    this.handler = handler;
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.html.slice(start, Math.min(end, start + 64)).toLowerCase();
    this.attributes = new Map();
  }
  onattribname(start: number, end: number): void {
    this.attribute = this.html.slice(start, Math.min(end, start + 128)).toLowerCase();
    this.value = '';
  }
  onattribdata(start: number, end: number): void {
    const room = VALUE_KEPT - this.value.length;
    if (room > 0) this.value += this.html.slice(start, Math.min(end, start + room));
  }
  onattribentity(codepoint: number): void {
    if (this.value.length < VALUE_KEPT) this.value += String.fromCodePoint(codepoint);
  }
  onattribend(): void {
    if (this.attributes.size < ATTRIBUTES_KEPT && !this.attributes.has(this.attribute)) {
      this.attributes.set(this.attribute, this.value);
    }
  }
  onopentagend(): void {
    this.handler.openTag(this.tag, this.attributes);
  }
  onselfclosingtag(): void {
    this.handler.openTag(this.tag, this.attributes);
    // HTML ignores the slash but on the elements of SVG and MathML, of which only the outermost matter here.
    if (this.tag === 'svg' || this.tag === 'math') this.handler.closeTag(this.tag);
  }
  onclosetag(start: number, end: number): void {
    this.handler.closeTag(this.html.slice(start, Math.min(end, start + 64)).toLowerCase());
  }
  ontext(start: number, end: number): void {
    this.handler.text(this.html.slice(start, end));
  }
  ontextentity(codepoint: number): void {
    this.handler.text(String.fromCodePoint(codepoint));
  }
  oncomment(start: number, end: number, endOffset: number): void {
    this.handler.comment(this.html.slice(start, Math.min(end - endOffset, start + COMMENT_KEPT)));
  }
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}
