import { decodeHTMLAttribute } from 'entities';
import { isLowerCaseOf, lowerUnit } from './known-names.ts';

/** Attributes of one element beyond these, and the end of longer values, are passed over. */
const ATTRIBUTES_KEPT = 64;
const NAME_KEPT = 128;
const VALUE_KEPT = 4_096;

/** Attributes by name, of ASCII in small letters; values have their entities decoded. */
export interface Attributes {
  has(name: string): boolean;
  get(name: string): string | undefined;
}

/** What is noted of an attribute: its name's hash, and where name and value begin and end. */
const HASH = 0;
const NAME_START = 1;
const NAME_END = 2;
const VALUE_START = 3;
const VALUE_END = 4;
const STRIDE = 5;

/** The attributes of the tag that is read. Names and values are made when they are asked for: most never are. */
export class TagAttributes implements Attributes {
  size = 0;
  private readonly noted = new Int32Array(ATTRIBUTES_KEPT * STRIDE);
  /** What attributes stand in. */
  readonly html: string;
  /** Between these two there is no ampersand. */
  private searchedFrom = 0;
  private ampersand = 0;

  constructor(html: string) {
    this.html = html;
  }

  clear(): void {
    this.size = 0;
  }

  /** Adds one by where its name and value are; of several of one name the first holds. */
  add(nameStart: number, nameEnd: number, hash: number, valueStart: number, valueEnd: number): void {
    const { size, noted } = this;
    if (size >= ATTRIBUTES_KEPT) return;
    const place = size * STRIDE;
    for (let at = 0; at < place; at += STRIDE)
      if (noted[at + HASH] === hash && this.isNamedAs(at, nameStart, nameEnd)) return;
    noted[place + HASH] = hash;
    noted[place + NAME_START] = nameStart;
    noted[place + NAME_END] = nameEnd;
    noted[place + VALUE_START] = valueStart;
    noted[place + VALUE_END] = valueEnd;
    this.size++;
  }

  private isNamedAs(place: number, start: number, end: number): boolean {
    const other = this.noted[place + NAME_START] as number;
    if ((this.noted[place + NAME_END] as number) - other !== end - start) return false;
    for (let at = start; at < end; at++)
      if (lowerUnit(this.html, at) !== lowerUnit(this.html, other + at - start)) return false;
    return true;
  }

  /** The first unit of a name; capitals of ASCII as small letters, other units perhaps as another one. */
  initialOf(index: number): number {
    return this.html.charCodeAt(this.noted[index * STRIDE + NAME_START] as number) | 0x20;
  }

  /** Whether a name begins with that, which is in small letters. */
  startsWith(index: number, beginning: string): boolean {
    const start = this.noted[index * STRIDE + NAME_START] as number;
    const end = this.noted[index * STRIDE + NAME_END] as number;
    return end - start >= beginning.length && isLowerCaseOf(this.html, start, beginning);
  }

  /** Whether that, which is in small letters, is a name. */
  isNamed(index: number, name: string): boolean {
    const start = this.noted[index * STRIDE + NAME_START] as number;
    const end = this.noted[index * STRIDE + NAME_END] as number;
    return end - start === name.length && isLowerCaseOf(this.html, start, name);
  }

  nameOf(index: number): string {
    const start = this.noted[index * STRIDE + NAME_START] as number;
    const end = this.noted[index * STRIDE + NAME_END] as number;
    return this.html.slice(start, Math.min(end, start + NAME_KEPT)).toLowerCase();
  }

  valueStart(index: number): number {
    return this.noted[index * STRIDE + VALUE_START] as number;
  }

  valueEnd(index: number): number {
    const end = this.noted[index * STRIDE + VALUE_END] as number;
    return Math.min(end, this.valueStart(index) + VALUE_KEPT);
  }

  /** Whether a value is what stands between its start and its end: without entities. */
  isWritten(index: number): boolean {
    const start = this.valueStart(index);
    if (start > this.ampersand) {
      const next = this.html.indexOf('&', start);
      this.searchedFrom = start;
      this.ampersand = next < 0 ? this.html.length : next;
    }
    // Of one that was passed by it is not known.
    return start >= this.searchedFrom && this.valueEnd(index) <= this.ampersand;
  }

  valueOf(index: number): string {
    const value = this.html.slice(this.valueStart(index), this.valueEnd(index));
    return !this.isWritten(index) && value.includes('&') ? decodeHTMLAttribute(value) : value;
  }

  has(name: string): boolean {
    return this.indexOf(name) >= 0;
  }

  get(name: string): string | undefined {
    const at = this.indexOf(name);
    return at < 0 ? undefined : this.valueOf(at);
  }

  private indexOf(name: string): number {
    for (let at = 0; at < this.size; at++) if (this.isNamed(at, name)) return at;
    return -1;
  }
}
