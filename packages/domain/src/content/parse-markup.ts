import { decodeHTML, decodeHTMLAttribute } from 'entities';
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
  // Entities are decoded here, where there are any: the tokenizer then passes over texts and values in one go.
  new Tokenizer({ decodeEntities: false }, new MarkupReader(html, handler)).write(html);
  // `end` is not called: what is left open at the end of a page is no text.
}

/** Elements whose text is taken as it stands. */
const RAW = new Set('script style xmp iframe noembed noframes plaintext'.split(' '));
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

class MarkupReader implements TokenizerCallbacks {
  private tag = '';
  /** Null until the tag has an attribute. */
  private attributes: Map<string, string> | null = null;
  private attribute = '';
  private value = '';
  private isRaw = false;
  private readonly html: string;
  private readonly handler: MarkupHandler;

  constructor(html: string, handler: MarkupHandler) {
    this.html = html;
    this.handler = handler;
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.html.slice(start, Math.min(end, start + 64)).toLowerCase();
    this.attributes = null;
  }
  onattribname(start: number, end: number): void {
    this.attribute = this.html.slice(start, Math.min(end, start + 128)).toLowerCase();
    this.value = '';
  }
  onattribdata(start: number, end: number): void {
    const value = this.html.slice(start, Math.min(end, start + VALUE_KEPT));
    this.value = value.includes('&') ? decodeHTMLAttribute(value) : value;
  }
  onattribend(): void {
    this.attributes ??= new Map();
    if (this.attributes.size < ATTRIBUTES_KEPT && !this.attributes.has(this.attribute)) {
      this.attributes.set(this.attribute, this.value);
    }
  }
  onopentagend(): void {
    this.isRaw = RAW.has(this.tag);
    this.handler.openTag(this.tag, this.attributes ?? NO_ATTRIBUTES);
  }
  onselfclosingtag(): void {
    this.onopentagend();
    // HTML ignores the slash but on the elements of SVG and MathML, of which only the outermost matter here.
    if (this.tag === 'svg' || this.tag === 'math') this.handler.closeTag(this.tag);
  }
  onclosetag(start: number, end: number): void {
    this.isRaw = false;
    this.handler.closeTag(this.html.slice(start, Math.min(end, start + 64)).toLowerCase());
  }
  ontext(start: number, end: number): void {
    const text = this.html.slice(start, end);
    this.handler.text(!this.isRaw && text.includes('&') ? decodeHTML(text) : text);
  }
  oncomment(start: number, end: number, endOffset: number): void {
    this.handler.comment(this.html.slice(start, Math.min(end - endOffset, start + COMMENT_KEPT)));
  }
  // Never called: the tokenizer does not decode.
  onattribentity(): void {}
  ontextentity(): void {}
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}
