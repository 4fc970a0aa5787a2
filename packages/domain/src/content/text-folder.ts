import {
  measureText,
  type TextMeasures,
  WORD_PRIME,
  WORD_SEED,
  WordSums,
  wordUnits,
} from './measure-text.ts';
import { composed, storableText } from './storable-text.ts';
import { FOLD, foldClasses } from './unit-classes.ts';

// Constants of this module are known where it is compiled, imported ones are looked up for each unit.
const SEED = WORD_SEED;
const PRIME = WORD_PRIME;
// Looked up once: pieces are of strings of many kinds (see `unitAt`).
const { charCodeAt } = String.prototype;

/** A text as it is stored, and what it measures. */
export interface FoldedText extends TextMeasures {
  readonly text: string;
}

/**
 * Puts pieces of text together as `foldSpace` would fold them joined: white space of all kinds becomes single blanks,
 * none at the ends, letters are composed. Notes its words on the way.
 */
export class TextFolder {
  /** Units so far, before letters are composed. */
  private length = 0;
  /** What stands between single blanks, as far as it came in one piece. */
  private readonly parts: string[] = [];
  /** A blank is due before whatever comes next. */
  private isBlankDue = false;
  /** Nothing was in it that is stored otherwise than it stands. */
  private isPlain = true;
  private units = plainUnits();
  /** Of the word that is not at its end. */
  private hash = SEED;
  /** Hashes of words that are not counted yet. */
  private hashes = takeHashes();
  private waiting = 0;
  private readonly words = new WordSums();
  private readonly most: number;

  /** Of the text, at least the first `most` units are kept. */
  constructor(most: number) {
    this.most = most;
  }

  /** Ends the word. */
  addBlank(): void {
    this.isBlankDue = this.length > 0;
    if (this.hash === SEED) return;
    this.makeRoom(1);
    this.hashes[this.waiting++] = this.hash;
    this.hash = SEED;
  }

  add(source: string, start: number, end: number): void {
    let at = start;
    // Composing letters makes a text shorter.
    while (at < end && this.length <= (this.isPlain ? this.most : this.most * 2)) {
      const kind = this.units[charCodeAt.call(source, at)] as number;
      if (kind === BLANK || kind === SPACE) {
        this.addBlank();
        at++;
        continue;
      }
      if (kind === ODD) {
        this.isPlain = false;
        this.units = allUnits();
        continue;
      }
      const from = at;
      at = this.readWords(source, at, end);
      this.push(source.slice(from, at));
    }
  }

  /** Where the words end that begin at `from` and have single blanks between them. */
  private readWords(source: string, from: number, end: number): number {
    // Every unit and the word before may be a word: with room for all, nothing is called while they are read.
    this.makeRoom(end - from + 1);
    const { units, hashes } = this;
    let { hash, waiting } = this;
    let blankAt = -1;
    let at = from;
    for (; at < end; at++) {
      const unit = charCodeAt.call(source, at);
      const kind = units[unit] as number;
      if (kind > 0) {
        hash = Math.imul(hash ^ kind, PRIME);
        continue;
      }
      if (kind <= SPACE) break;
      if (hash !== SEED) {
        hashes[waiting++] = hash;
        hash = SEED;
      }
      if (kind === BETWEEN) continue;
      if (kind === UNSPACED) hashes[waiting++] = Math.imul(SEED ^ unit, PRIME);
      else if (blankAt === at - 1) break;
      else blankAt = at;
    }
    this.hash = hash;
    this.waiting = waiting;
    return blankAt === at - 1 && at > from ? blankAt : at;
  }

  private makeRoom(hashes: number): void {
    if (this.waiting + hashes <= this.hashes.length) return;
    this.words.add(this.hashes, this.waiting);
    this.waiting = 0;
    if (hashes > this.hashes.length) this.hashes = new Int32Array(hashes);
  }

  private push(words: string): void {
    const { parts } = this;
    if (this.isBlankDue) this.length++;
    if (this.isBlankDue || parts.length === 0) parts.push(words);
    else parts[parts.length - 1] += words;
    this.length += words.length;
    this.isBlankDue = false;
  }

  text(): string {
    const text = this.parts.join(' ');
    return this.isPlain ? text : composed(text);
  }

  /** The first `most` units as they are stored. To be asked for once, at the end. */
  finish(): FoldedText {
    const written = this.parts.join(' ');
    const text = this.isPlain && written.length <= this.most ? written : storableText(this.text(), this.most);
    // What was counted is what was written.
    if (text !== written) return { text, ...measureText(text) };
    this.addBlank();
    this.words.add(this.hashes, this.waiting);
    if (this.hashes.length <= HASHES_KEPT) spare = this.hashes;
    return { text, ...this.words.measures() };
  }
}

const HASHES_WAITING = 1_024;
/** Larger room is not kept for the next text. */
const HASHES_KEPT = 16_384;
/** What the text before has left: clearing it anew takes microseconds. */
let spare: Int32Array | null = null;

function takeHashes(): Int32Array {
  const taken = spare ?? new Int32Array(HASHES_WAITING);
  spare = null;
  return taken;
}

/** What a unit is to a text, where it is no unit of words: those are given in lower case. */
const BETWEEN = 0;
const UNSPACED = -1;
const BLANK = -2;
const SPACE = -3;
/** What composing letters may change, and what cannot be stored everywhere. */
const ODD = -4;

let plain: Int32Array | null = null;
let all: Int32Array | null = null;

function plainUnits(): Int32Array {
  plain ??= Int32Array.from(foldClasses(), (kind, unit) =>
    unit === 0 || kind === FOLD.composing ? ODD : (allUnits()[unit] as number),
  );
  return plain;
}

/** The same where nothing is odd. */
function allUnits(): Int32Array {
  if (all !== null) return all;
  const words = wordUnits();
  all = Int32Array.from(foldClasses(), (kind, unit) => {
    if (kind === FOLD.blank) return BLANK;
    return kind === FOLD.space ? SPACE : (words[unit] as number);
  });
  return all;
}
