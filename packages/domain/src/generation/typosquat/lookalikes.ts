import type { Repertoire } from './registry-repertoires.ts';

/** ASCII that is taken for other ASCII; allowed everywhere. */
const ASCII: readonly (readonly [string, string])[] = [
  ['o', '0'],
  ['l', '1'],
  ['i', '1'],
  ['i', 'l'],
  ['i', 'j'],
  ['s', '5'],
  ['z', '2'],
  ['b', '8'],
  ['b', '6'],
  ['g', '9'],
  ['g', 'q'],
  ['u', 'v'],
  ['m', 'rn'],
  ['m', 'nn'],
  ['w', 'vv'],
  ['w', 'uu'],
  ['d', 'cl'],
  ['d', 'b'],
  ['n', 'r'],
  ['h', 'lh'],
  ['k', 'lc'],
];

/** `aÀÁ bÂ` as a map from each letter to the one that begins its group. */
const readGroups = (groups: string): Map<string, string> =>
  new Map(
    groups.split(' ').flatMap(([base = '', ...letters]) => letters.map((letter) => [letter, base] as const)),
  );

/** `aÀ bÁ` as a map from the first letter of each pair to the second. */
const readPairs = (pairs: string): Map<string, string> =>
  new Map(pairs.split(' ').map(([from = '', to = '']) => [from, to] as const));

/** Latin letters that are no ASCII letter with a mark, each in the group of what it is taken for. */
const UNMARKED = readGroups(
  [
    '3ʒǯ aɑ bßƅɓƀʙ cƈȼɕ dđðɖɗ eɇ fƒ gǥɠɡɢ hħɦʜ iıɩɪɨ jɉʝ kĸƙ lłƚɫɭʟ mɱ nŋɲɳɴƞ oøɵ pþƥ qɋʠ rɍɼɽɾʀ sʂȿƽ',
    'tŧƭʈƫ uʉ vʋ yʏƴɏ zƶȥɀʐʑ',
  ].join(' '),
)
  .set('æ', 'ae')
  .set('œ', 'oe');

/** Letters of other scripts that look like an ASCII letter: the nearest only. */
const CYRILLIC = readPairs('aа bь cс dԁ eе gԍ hһ iі jј kк lӏ mм nп oо pр qԛ rг sѕ tт uџ vѵ wԝ xх yу zз');
const GREEK = readPairs('aα eε iι kκ mμ nη oο pρ sς tτ uυ vν wω xχ yγ zζ');

/** What `baseOf` has worked out: the letters of a repertoire are asked for again with each letter of a seed. */
const bases = new Map(UNMARKED);

/** The ASCII that a Latin letter is taken for; the letter itself where it is ASCII or like none. */
function baseOf(letter: string): string {
  let base = bases.get(letter);
  if (base === undefined) {
    const [unmarked = letter] = letter.normalize('NFD');
    base = UNMARKED.get(unmarked) ?? unmarked;
    bases.set(letter, base);
  }
  return base;
}

/**
 * What stands in for `letter` in a label of its own script, ASCII first: ASCII look-alikes, the letter without its marks, and
 * of the repertoire all that are taken for the same letter.
 */
export function substitutesFor(letter: string, repertoire: Repertoire | null): string[] {
  const base = baseOf(letter);
  const found = new Set<string>();
  if (base !== letter && base !== '') found.add(base);
  for (const [a, b] of ASCII) {
    if (a === letter) found.add(b);
    if (b === letter) found.add(a);
  }
  for (const other of repertoire?.latin ?? '') if (baseOf(other) === base) found.add(other);
  found.delete(letter);
  return [...found];
}

/** Pairs of letters that are taken for one, with what for (`rn` for `m`, `ae` for `æ` where that is allowed). */
export function substitutesForPair(pair: string, repertoire: Repertoire | null): string[] {
  const found = ASCII.filter(([, b]) => b === pair).map(([a]) => a);
  for (const letter of repertoire?.latin ?? '') if (UNMARKED.get(letter) === pair) found.push(letter);
  if (pair === 'ss' && repertoire?.latin.includes('ß') === true) found.push('ß');
  return found;
}

/**
 * The label wholly in another script, where that has a look-alike for each of its letters; digits and hyphens stay. That is
 * how `apple.com` was imitated with five Cyrillic letters, which no rule against mixed scripts forbids.
 */
export function inOtherScripts(label: readonly string[], repertoire: Repertoire | null): string[] {
  if (repertoire === null) return [];
  return [[CYRILLIC, repertoire.cyrillic] as const, [GREEK, repertoire.greek] as const].flatMap(
    ([table, allowed]) => {
      let written = '';
      for (const letter of label) {
        const other = /^[0-9-]$/.test(letter) ? letter : table.get(letter);
        if (other === undefined || !(other === letter || allowed.includes(other))) return [];
        written += other;
      }
      return written === label.join('') ? [] : [written];
    },
  );
}
