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
  if (letter === 'ß') found.add('ss');
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

const SCRIPTS = (['cyrillic', 'greek'] as const).map((script) => {
  const fromAscii = script === 'cyrillic' ? CYRILLIC : GREEK;
  return { script, fromAscii, toAscii: new Map([...fromAscii].map(([ascii, letter]) => [letter, ascii])) };
});

/** Each letter by `table`, digits and hyphens as they are; null where a letter is not in it. */
function rewrite(label: readonly string[], table: ReadonlyMap<string, string>): string | null {
  const written = label.map((letter) => (/^[0-9-]$/.test(letter) ? letter : table.get(letter)));
  return written.includes(undefined) ? null : written.join('');
}

/**
 * The label wholly in another script, where that has a look-alike for each of its letters and the registry takes these;
 * ASCII is taken everywhere. That is how `apple.com` was imitated with five Cyrillic letters, which no rule against mixed
 * scripts forbids.
 */
export function inOtherScripts(label: readonly string[], repertoire: Repertoire | null): string[] {
  return SCRIPTS.flatMap(({ script, fromAscii, toAscii }) => {
    const foreign = rewrite(label, fromAscii);
    const isTaken =
      foreign !== null &&
      [...foreign].every((letter) => /[0-9-]/.test(letter) || repertoire?.[script].includes(letter) === true);
    const ascii = rewrite(label, toAscii);
    return [...(isTaken ? [foreign] : []), ...(ascii === null ? [] : [ascii])];
  });
}
