import type { Attributes } from './markup/tag-attributes.ts';
import { foldSpace } from './storable-text.ts';
import { isOrganisation } from './structured-data.ts';

/** Kept of one page. */
const ITEMS_KEPT = 20;
const OPEN_ITEMS = 16;
const OPEN_PROPERTIES = 4;
const TEXT_KEPT = 300;

/** What is read of an item. Others describe goods and articles, not who is behind a page. */
const PROPERTIES = new Set(
  (
    'name legalName telephone faxNumber email address streetAddress postalCode addressLocality addressRegion ' +
    'addressCountry sameAs contactPoint publisher provider seller location department'
  ).split(' '),
);

const MAIL_OR_TEL = /^\s*(?:mailto|tel):/i;

/** An element that is not closed yet, with how many of its name are open in it. */
interface OpenElement {
  readonly element: string;
  depth: number;
}

interface Item {
  readonly '@type': string;
  [property: string]: unknown;
}

interface OpenItem extends OpenElement {
  readonly item: Item;
  /** Whether no other item has it as a property. */
  readonly isOwn: boolean;
}

interface OpenProperty extends OpenElement {
  readonly item: Item;
  readonly name: string;
  text: string;
}

/**
 * Reads microdata (`itemscope`, `itemprop`) of organisations and their contacts into the form that JSON-LD has, while
 * the elements of a page go by.
 */
export class Microdata {
  private readonly items: Item[] = [];
  private readonly openItems: OpenItem[] = [];
  private readonly openProperties: OpenProperty[] = [];

  open(element: string, isVoid: boolean, attributes: Attributes): void {
    const property = attributes.get('itemprop')?.trim() ?? '';
    const item = attributes.has('itemscope')
      ? this.newItem(property, attributes.get('itemtype') ?? '')
      : null;
    const isRead = item === null && PROPERTIES.has(property) && this.readValue(property, attributes);
    if (isVoid) return;
    if (item !== null && this.openItems.length < OPEN_ITEMS)
      this.openItems.push({ element, depth: 1, ...item });
    else deepen(this.openItems, element);
    const parent = this.openItems.at(-1)?.item;
    const isText = item === null && !isRead && PROPERTIES.has(property) && parent !== undefined;
    if (isText && this.openProperties.length < OPEN_PROPERTIES)
      this.openProperties.push({ element, depth: 1, item: parent, name: property, text: '' });
    else deepen(this.openProperties, element);
  }

  close(element: string): void {
    for (const property of closed(this.openProperties, element)) {
      const text = foldSpace(property.text);
      if (text !== '') put(property.item, property.name, text);
    }
    this.keep(closed(this.openItems, element));
  }

  text(source: string, start: number, end: number): void {
    for (const property of this.openProperties)
      if (property.text.length < TEXT_KEPT) property.text += source.slice(start, end);
  }

  /** The items, as JSON-LD would hold them. */
  finish(): readonly Item[] {
    this.keep(this.openItems.splice(0));
    return this.items;
  }

  /** Keeps those that tell of somebody: most are crumbs of paths, goods and articles. */
  private keep(ended: readonly OpenItem[]): void {
    for (const { item, isOwn } of ended) {
      if (!isOwn || this.items.length >= ITEMS_KEPT) continue;
      const told = Object.keys(item).filter((key) => key !== '@type');
      if (told.length > 0 && (isOrganisation(item['@type']) || told.some((key) => key !== 'name')))
        this.items.push(item);
    }
  }

  /** The item that begins, put where it belongs. */
  private newItem(property: string, types: string): Pick<OpenItem, 'item' | 'isOwn'> {
    const item: Item = { '@type': /[^/#\s]*(?=\s|$)/.exec(types.trim())?.[0].slice(0, 100) ?? '' };
    const parent = this.openItems.at(-1)?.item;
    const isOwn = parent === undefined || !PROPERTIES.has(property);
    if (!isOwn) put(parent, property, item);
    return { item, isOwn };
  }

  /** Puts the value that an attribute holds; gives whether one does. */
  private readValue(name: string, attributes: Attributes): boolean {
    const href = attributes.get('href');
    const isAddress = name === 'sameAs' || MAIL_OR_TEL.test(href ?? '');
    const value = attributes.get('content') ?? (isAddress ? href : undefined);
    const item = this.openItems.at(-1)?.item;
    if (value === undefined || item === undefined) return false;
    put(item, name, foldSpace(value.replace(MAIL_OR_TEL, '')));
    return true;
  }
}

/** Counts an element that opens within the innermost one of its name. */
function deepen(open: readonly OpenElement[], element: string): void {
  const innermost = open.findLast((each) => each.element === element);
  if (innermost !== undefined) innermost.depth++;
}

/** Takes out the element that ends here, and what was left open in it; counts where it is one within. */
function closed<Open extends OpenElement>(open: Open[], element: string): Open[] {
  const at = open.findLastIndex((each) => each.element === element);
  const innermost = open[at];
  return innermost === undefined || --innermost.depth > 0 ? [] : open.splice(at);
}

function put(item: Item, name: string, value: unknown): void {
  if (typeof value === 'string' && (value === '' || value.length > TEXT_KEPT)) return;
  const before = item[name];
  if (before === undefined) item[name] = value;
  else if (!Array.isArray(before)) item[name] = [before, value];
  else if (before.length < ITEMS_KEPT) before.push(value);
}
