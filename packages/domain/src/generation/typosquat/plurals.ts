/** The plural of an English word. */
function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** The singular of an English plural; null where it is none. */
function singularOf(word: string): string | null {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : null;
}

/**
 * The plural of a label, its singular where it is one, and the plural of each beginning of three characters or more
 * (`cardgame` gives `cardsgame`): where one word ends and the next begins is not known.
 */
export function pluralsOf(label: string): string[] {
  const singular = singularOf(label);
  const plurals = [pluralOf(label), ...(singular === null || singular === '' ? [] : [singular])];
  const points = [...label];
  for (let length = 3; length < points.length; length++) {
    const beginning = points.slice(0, length).join('');
    if (!beginning.endsWith('-')) plurals.push(pluralOf(beginning) + points.slice(length).join(''));
  }
  return plurals;
}
