import { decodeHTMLAttribute } from 'entities';
import { nameAt } from './known-names.ts';

/** Attributes of one element beyond these, and the end of longer values, are passed over. */
const ATTRIBUTES_KEPT = 64;
const NAME_KEPT = 128;
const VALUE_KEPT = 4_096;

/** Attributes by name; values have their entities decoded. */
export interface Attributes {
  has(name: string): boolean;
  get(name: string): string | undefined;
}

/** The attributes of the tag that is read. Values are made when they are asked for: most never are. */
export class TagAttributes implements Attributes {
  size = 0;
  private readonly names: string[] = [];
  private readonly hashes: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly html: string;

  constructor(html: string) {
    this.html = html;
  }

  clear(): void {
    this.size = 0;
  }

  /** Adds one by where its name and value are; of several of one name the first holds. */
  add(nameStart: number, nameEnd: number, hash: number, valueStart: number, valueEnd: number): void {
    const { size, hashes, names } = this;
    if (size >= ATTRIBUTES_KEPT) return;
    const name = nameAt(this.html, nameStart, nameEnd, hash, NAME_KEPT);
    for (let at = 0; at < size; at++) if (hashes[at] === hash && names[at] === name) return;
    names[size] = name;
    hashes[size] = hash;
    this.starts[size] = valueStart;
    this.ends[size] = valueEnd;
    this.size++;
  }

  nameOf(index: number): string {
    return this.names[index] as string;
  }

  valueOf(index: number): string {
    const start = this.starts[index] as number;
    const value = this.html.slice(start, Math.min(this.ends[index] as number, start + VALUE_KEPT));
    return value.includes('&') ? decodeHTMLAttribute(value) : value;
  }

  has(name: string): boolean {
    return this.indexOf(name) >= 0;
  }

  get(name: string): string | undefined {
    const at = this.indexOf(name);
    return at < 0 ? undefined : this.valueOf(at);
  }

  private indexOf(name: string): number {
    for (let at = 0; at < this.size; at++) if (this.names[at] === name) return at;
    return -1;
  }
}
