import { FOLD, foldClasses } from './unit-classes.ts';

/**
 * Puts pieces of text together as `foldSpace` would fold them joined: white space of all kinds becomes single blanks,
 * none at the ends, letters are composed.
 */
export class TextFolder {
  /** Units so far, before letters are composed. */
  private length = 0;
  private readonly parts: string[] = [];
  /** A blank is due before whatever comes next. */
  private isBlankDue = false;
  private isComposed = true;
  private readonly classes = foldClasses();
  private readonly most: number;

  /** Of the text, at least the first `most` units are kept. */
  constructor(most: number) {
    this.most = most;
  }

  /** Ends the word. */
  addBlank(): void {
    this.isBlankDue = this.length > 0;
  }

  add(source: string, start: number, end: number): void {
    const { classes } = this;
    let at = start;
    // Composing letters makes a text shorter.
    while (at < end && this.length <= (this.isComposed ? this.most : this.most * 2)) {
      const kind = classes[source.charCodeAt(at)] as number;
      if (kind === FOLD.blank || kind === FOLD.space) {
        this.isBlankDue = this.length > 0;
        at++;
        continue;
      }
      const from = at;
      at = this.wordsEnd(source, at, end);
      // With the blank before them, where it is one.
      const isBlankThere = this.isBlankDue && from > start && source.charCodeAt(from - 1) === 0x20;
      if (this.isBlankDue && !isBlankThere) this.push(' ');
      this.push(source.slice(isBlankThere ? from - 1 : from, at));
      this.isBlankDue = false;
    }
  }

  /** Where the words end that begin at `from` and have single blanks between them. */
  private wordsEnd(source: string, from: number, end: number): number {
    const { classes } = this;
    for (let at = from; at < end; at++) {
      const kind = classes[source.charCodeAt(at)] as number;
      if (kind === FOLD.plain) continue;
      if (kind === FOLD.composing) this.isComposed = false;
      else if (kind === FOLD.space || at + 1 >= end) return at;
      else {
        const next = classes[source.charCodeAt(at + 1)] as number;
        if (next === FOLD.blank || next === FOLD.space) return at;
      }
    }
    return end;
  }

  private push(part: string): void {
    this.parts.push(part);
    this.length += part.length;
  }

  text(): string {
    const text = this.parts.join('');
    return this.isComposed ? text : text.normalize('NFC');
  }
}
