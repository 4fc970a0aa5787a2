import { beginsWith } from '../unit-at.ts';
import { aboutKind } from './about-links.ts';
import { ClassNames } from './class-names.ts';
import { FormReader } from './form-reader.ts';
import { ImageHosts } from './image-hosts.ts';
import { InlineScripts } from './inline-scripts.ts';
import type { TagAttributes } from './markup/tag-attributes.ts';
import { Microdata } from './microdata.ts';
import type { AboutKind } from './page-features.ts';
import type { MarkupHandler } from './parse-markup.ts';
import { paymentNamed } from './payment-hints.ts';
import { foldSpace } from './storable-text.ts';
import { TextFolder } from './text-folder.ts';

/** Kept of one page, so that no page costs more memory than another. */
export const PAGE_LIMITS = {
  text: 65_536,
  title: 512,
  description: 2_048,
  headings: 100,
  heading: 300,
  links: 500,
  url: 2_048,
  metas: 100,
  metaValue: 1_024,
  resources: 200,
  jsonLdBlocks: 20,
  jsonLdText: 65_536,
  markup: 200,
  markupItem: 120,
  classes: 150,
  className: 60,
  aboutLinks: 12,
  linkText: 80,
} as const;

/** What elements are to a reader. */
const SILENT = 1;
const INLINE = 2;
const VOID = 4;
const HEADING = 8;
/** What the attributes say is read. */
const TELLING = 16;
const ELEMENTS = new Map<string, number>();
for (const [kind, names] of [
  // What stands in the latter is for browsers that do not know them.
  [
    SILENT,
    'script style noscript template iframe noembed noframes svg math select datalist video audio canvas',
  ],
  [
    INLINE,
    'a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp small span strong sub sup time u var wbr ins del label',
  ],
  [VOID, 'area base br col embed hr img input link meta param source track wbr'],
  [HEADING, 'h1 h2 h3 h4 h5 h6'],
  [TELLING, 'html base a area script iframe frame form input textarea img link meta'],
] as const)
  for (const name of names.split(' ')) ELEMENTS.set(name, (ELEMENTS.get(name) ?? 0) | kind);

/** Collects what is read of a page while its markup goes by. */
export class PageReader implements MarkupHandler {
  title: string | null = null;
  language: string | null = null;
  base: string | null = null;
  readonly headings: string[] = [];
  readonly links: string[] = [];
  readonly meta = new Map<string, string>();
  readonly resources: string[] = [];
  readonly jsonLd: string[] = [];
  readonly markup = new Set<string>();
  readonly classes = new ClassNames(PAGE_LIMITS.classes, PAGE_LIMITS.className);
  readonly inlineScripts = new InlineScripts();
  readonly forms = new FormReader();
  readonly payments = new Set<string>();
  /** Made for the first element that has some. */
  microdata: Microdata | null = null;
  private readonly imageHosts = new ImageHosts();
  readonly aboutLinks: { kind: AboutKind; href: string }[] = [];
  canonical: string | null = null;
  /** The visible text. */
  readonly visible = new TextFolder(PAGE_LIMITS.text);
  /** Name of the outermost hidden element and how many of that name are open in it. */
  private hidden: { name: string; depth: number } | null = null;
  private inTitle = false;
  private titleText = '';
  private heading: { name: string; text: string } | null = null;
  private script: string | null = null;
  private isInlineScript = false;
  private link: { href: string; text: string } | null = null;
  private jsonLdLength = 0;
  private linksRead = 0;

  openTag(name: string, attributes: TagAttributes): void {
    const kind = ELEMENTS.get(name) ?? 0;
    const saysHidden = attributes.size > 0 && this.readMarks(attributes);
    if (this.microdata !== null) this.microdata.open(name, (kind & VOID) !== 0, attributes);
    if ((kind & TELLING) !== 0 && attributes.size > 0) this.readAttributes(name, attributes);
    if (this.hidden !== null) {
      if (this.hidden.name === name) this.hidden.depth++;
      return;
    }
    if ((kind & SILENT) !== 0 || (saysHidden && (kind & VOID) === 0)) {
      this.hidden = { name, depth: 1 };
      if ((kind & INLINE) === 0 && name !== 'script') this.visible.addBlank();
      if (name === 'script') {
        if (/ld\+json/i.test(attributes.get('type') ?? '')) this.script = '';
        else this.isInlineScript = !attributes.has('src');
      }
      return;
    }
    if (name === 'title') {
      if (this.title === null) this.inTitle = true;
      else this.hidden = { name, depth: 1 };
      return;
    }
    if ((kind & HEADING) !== 0) {
      this.endHeading();
      this.heading = { name, text: '' };
    }
    if ((kind & INLINE) === 0) this.visible.addBlank();
  }

  closeTag(name: string): void {
    if (this.microdata !== null) this.microdata.close(name);
    if (this.hidden !== null) {
      if (this.hidden.name !== name || --this.hidden.depth > 0) return;
      this.hidden = null;
      this.endScript();
      return;
    }
    if (name === 'title') return this.endTitle();
    if (this.heading?.name === name) this.endHeading();
    if (name === 'a') this.endLink();
    if (name === 'form') this.forms.close();
    if (((ELEMENTS.get(name) ?? 0) & INLINE) === 0) this.visible.addBlank();
  }

  text(source: string, start: number, end: number): void {
    if (this.script !== null) {
      if (this.script.length <= PAGE_LIMITS.jsonLdText) this.script += source.slice(start, end);
      return;
    }
    if (this.hidden !== null) {
      if (this.isInlineScript) this.inlineScripts.add(source.slice(start, end));
      return;
    }
    if (this.link !== null && this.link.text.length < PAGE_LIMITS.linkText)
      this.link.text += source.slice(start, end);
    if (this.inTitle) {
      if (this.titleText.length < PAGE_LIMITS.title * 2) this.titleText += source.slice(start, end);
      return;
    }
    if (this.heading !== null && this.heading.text.length < PAGE_LIMITS.heading * 2)
      this.heading.text += source.slice(start, end);
    if (this.microdata !== null) this.microdata.text(source, start, end);
    this.visible.add(source, start, end);
  }

  comment(text: string): void {
    const folded = foldSpace(text);
    if (folded !== '') this.addMarkup(`<!--${folded}`);
  }

  /** Ends what the page left open. */
  finish(): void {
    if (this.inTitle) this.endTitle();
    this.endHeading();
    this.endLink();
    this.forms.close();
  }

  private endScript(): void {
    if (this.script !== null && this.jsonLd.length < PAGE_LIMITS.jsonLdBlocks) {
      this.jsonLdLength += this.script.length;
      if (this.jsonLdLength <= PAGE_LIMITS.jsonLdText * 2) this.jsonLd.push(this.script);
    }
    if (this.isInlineScript) this.inlineScripts.add('\n');
    this.script = null;
    this.isInlineScript = false;
  }

  private openLink(href: string): void {
    this.endLink();
    if (this.hidden === null) this.link = { href, text: '' };
    addLimited(this.links, href, PAGE_LIMITS.links);
  }

  private endLink(): void {
    if (this.link === null) return;
    const { href, text } = this.link;
    this.link = null;
    if (this.aboutLinks.length >= PAGE_LIMITS.aboutLinks || ++this.linksRead > PAGE_LIMITS.links) return;
    const kind = aboutKind(href, foldSpace(text));
    if (kind !== null) this.aboutLinks.push({ kind, href });
  }

  private endTitle(): void {
    if (this.inTitle) this.title = foldSpace(this.titleText) || null;
    this.inTitle = false;
  }

  private endHeading(): void {
    const text = this.heading === null ? '' : foldSpace(this.heading.text);
    if (text !== '' && this.headings.length < PAGE_LIMITS.headings) this.headings.push(text);
    this.heading = null;
  }

  private addMarkup(item: string): void {
    if (this.markup.size < PAGE_LIMITS.markup) this.markup.add(item.slice(0, PAGE_LIMITS.markupItem));
  }

  /** Reads what any element may have; gives whether it says that it is hidden. */
  private readMarks(attributes: TagAttributes): boolean {
    let isHidden = false;
    for (let at = 0; at < attributes.size; at++) {
      // Most are none of these: their first letter tells.
      switch (attributes.initialOf(at)) {
        case 0x63:
          if (!this.classes.isFull && attributes.isNamed(at, 'class')) this.addClasses(attributes, at);
          break;
        case 0x64:
          if (attributes.startsWith(at, 'data-')) this.addMark(attributes, at);
          break;
        case 0x69:
          if (attributes.isNamed(at, 'id')) this.addMark(attributes, at);
          else if (this.microdata === null && attributes.isNamed(at, 'itemscope'))
            this.microdata = new Microdata();
          break;
        case 0x6e:
          if (attributes.startsWith(at, 'ng-')) this.addMark(attributes, at);
          break;
        case 0x68:
          if (attributes.isNamed(at, 'hidden')) isHidden ||= attributes.valueOf(at) !== 'until-found';
          break;
        case 0x73:
          if (this.hidden === null && attributes.isNamed(at, 'style'))
            isHidden ||= HIDING_STYLE.test(attributes.valueOf(at));
          break;
      }
    }
    return isHidden;
  }

  private addMark(attributes: TagAttributes, at: number): void {
    if (this.markup.size < PAGE_LIMITS.markup)
      this.addMarkup(`${attributes.nameOf(at)}=${attributes.valueOf(at)}`);
  }

  private readAttributes(name: string, attributes: TagAttributes): void {
    switch (name) {
      case 'html':
        this.language ??= attributes.get('lang') ?? attributes.get('xml:lang') ?? null;
        return;
      case 'base':
        this.base ??= attributes.get('href') ?? null;
        return;
      case 'a':
      case 'area':
        return this.openLink(attributes.get('href') ?? '');
      case 'script':
      case 'iframe':
      case 'frame':
        return addLimited(this.resources, sourceOf(attributes), PAGE_LIMITS.resources);
      case 'form':
        // Who takes what is sent is a service as those are that scripts come from.
        if (/^\s*(?:https?:)?\/\//i.test(attributes.get('action') ?? ''))
          addLimited(this.resources, attributes.get('action'), PAGE_LIMITS.resources);
        return this.forms.open(attributes);
      case 'input':
      case 'textarea':
        return this.forms.field(name, attributes);
      case 'img': {
        const src = attributes.get('src') ?? '';
        const payment = paymentNamed(`${attributes.get('alt') ?? ''} ${src}`);
        if (payment !== null) this.payments.add(payment);
        return addLimited(this.resources, this.imageHosts.kept(src), PAGE_LIMITS.resources);
      }
      case 'link':
        if (/^\s*canonical\s*$/i.test(attributes.get('rel') ?? ''))
          this.canonical ??= attributes.get('href') ?? null;
        if (
          /stylesheet|preconnect|preload|icon|dns-prefetch|alternate|https:\/\/api\.w\.org/i.test(
            attributes.get('rel') ?? '',
          )
        ) {
          addLimited(this.resources, attributes.get('href'), PAGE_LIMITS.resources);
        }
        return;
      case 'meta':
        return this.readMeta(attributes);
    }
  }

  private addClasses(attributes: TagAttributes, at: number): void {
    if (attributes.isWritten(at))
      return this.classes.add(attributes.html, attributes.valueStart(at), attributes.valueEnd(at));
    const value = attributes.valueOf(at);
    this.classes.add(value, 0, value.length);
  }

  private readMeta(attributes: TagAttributes): void {
    const name = (attributes.get('name') ?? attributes.get('property') ?? attributes.get('http-equiv'))
      ?.trim()
      .toLowerCase();
    const content = attributes.get('content');
    if (!name || name.length > 100 || content === undefined) return;
    if (this.meta.size < PAGE_LIMITS.metas && !this.meta.has(name)) this.meta.set(name, foldSpace(content));
  }
}

/** Where what waits keeps its address: for consent to it, or to be scrolled to. */
const WAITING = ['data-src', 'data-lazy-src', 'data-rocket-src', 'data-cookieblock-src', 'data-src-cmplz'];

/** The address of a script or frame. */
function sourceOf(attributes: TagAttributes): string | undefined {
  const src = attributes.get('src');
  if (src !== undefined && src !== '' && !beginsWith(src, 'about:')) return src;
  const waiting = WAITING.find((name) => attributes.has(name));
  return waiting === undefined ? undefined : attributes.get(waiting);
}

function addLimited(list: string[], item: string | undefined, limit: number): void {
  if (item !== undefined && item !== '' && list.length < limit && item.length <= PAGE_LIMITS.url * 2)
    list.push(item);
}

const HIDING_STYLE = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
