/**
 * Names of elements that are met on most pages. They are recognised while they are read, so that no string is made for
 * each of their occurrences.
 */
const KNOWN =
  'a abbr address area article aside b base blockquote body br button canvas caption center cite code col dd del ' +
  'details div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header ' +
  'hr html i iframe img input ins kbd label legend li link main map math menu meta nav noembed noframes noscript object ' +
  'ol optgroup option p param path picture plaintext pre q s samp script section select small source span strong style ' +
  'sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul use var video wbr xmp';

const SLOTS = 4_096;
const table: (string | undefined)[] = Array.from({ length: SLOTS });

/** The first value of a name's hash. */
export const NAME_SEED = 17;

/** The hash with one more unit of the name, the same for capitals of ASCII and their small letters. */
export const hashUnit = (hash: number, unit: number): number => (Math.imul(hash, 37) + (unit | 0x20)) | 0;

const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (SLOTS - 1);

// Keys of an object are kept once by the runtime: comparing two of them is comparing two addresses.
for (const name of Object.keys(Object.fromEntries(KNOWN.split(' ').map((known) => [known, true])))) {
  let hash = NAME_SEED;
  for (let i = 0; i < name.length; i++) hash = hashUnit(hash, name.charCodeAt(i));
  // Of two in one slot the later one is read as any other name.
  table[slotOf(hash)] ??= name;
}

/** The name at `[start, end)` in lower case, cut after `most` units; `hash` is that of all its units. */
export function nameAt(html: string, start: number, end: number, hash: number, most: number): string {
  const known = table[slotOf(hash)];
  if (known !== undefined && known.length === end - start && isLowerCaseOf(html, start, known)) return known;
  return html.slice(start, Math.min(end, start + most)).toLowerCase();
}

/** Whether what begins at `start` is that name, which is in small letters. */
export function isLowerCaseOf(html: string, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (lowerUnit(html, start + i) !== name.charCodeAt(i)) return false;
  return true;
}

/** A unit, in lower case if it is a capital of ASCII. */
export function lowerUnit(html: string, at: number): number {
  const unit = html.charCodeAt(at);
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}
