/** Letters of which many pairs can be spoken, in order of code points, as the generated names come. */
const CHARACTERS = 'aeinorst';
const CONSTANT = 'shop';
/** Countries whose languages the simulated pages are written in, and some of no country; in order of code points. */
const TLDS = ['at', 'co.uk', 'com', 'com.br', 'de', 'es', 'fr', 'it', 'jp', 'net', 'nl', 'pl'];

/** The campaign's pattern, and the names that it must give. */
export interface NamePattern {
  /** For a person: `??shop??`. */
  readonly sketch: string;
  readonly tlds: readonly string[];
  /** How many names there are in all. */
  readonly size: number;
  /** As the API takes it. */
  readonly pattern: {
    readonly pattern: 'both';
    readonly constantPart: string;
    readonly prefixVariableLength: number;
    readonly suffixVariableLength: number;
    readonly charSet: string;
    readonly tlds: string[];
    readonly targetDomainsToGenerate: number;
  };
  /**
   * The name that a right generation gives at a position, from 0. Worked out here on purpose: the engine that is being
   * checked has no part in it.
   */
  nameAt(ordinal: number): string;
}

/** A pattern with room for `count` names: letters on both sides of a word, under domains of several countries. */
export function namePattern(count: number): NamePattern {
  let [prefix, suffix] = [1, 2];
  const sizeOf = () => CHARACTERS.length ** (prefix + suffix) * TLDS.length;
  while (sizeOf() < count) {
    if (suffix <= prefix) suffix++;
    else prefix++;
  }
  return {
    sketch: `${'?'.repeat(prefix)}${CONSTANT}${'?'.repeat(suffix)}`,
    tlds: TLDS,
    size: sizeOf(),
    pattern: {
      pattern: 'both',
      constantPart: CONSTANT,
      prefixVariableLength: prefix,
      suffixVariableLength: suffix,
      charSet: CHARACTERS,
      tlds: [...TLDS],
      targetDomainsToGenerate: count,
    },
    nameAt(ordinal) {
      let rest = Math.floor(ordinal / TLDS.length);
      let letters = '';
      for (let place = 0; place < prefix + suffix; place++) {
        letters = CHARACTERS.charAt(rest % CHARACTERS.length) + letters;
        rest = Math.floor(rest / CHARACTERS.length);
      }
      const label = letters.slice(0, prefix) + CONSTANT + letters.slice(prefix);
      return `${label}.${TLDS[ordinal % TLDS.length]}`;
    },
  };
}
