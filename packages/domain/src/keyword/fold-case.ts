let table: Uint16Array | null = null;

/** What full-width signs of ASCII (U+FF01 to U+FF5E) are ahead of the usual ones. */
const FULL_WIDTH = 0xfee0;

/** Lower case of each UTF-16 unit where that is one unit, so that folding never moves a position. */
function foldTable(): Uint16Array {
  if (table !== null) return table;
  const folds = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const lower = String.fromCharCode(unit).toLowerCase();
    folds[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit;
  }
  // Capitals and small letters that `toLowerCase` leaves apart: dotted capital I, final sigma, long s.
  folds[0x130] = 0x69;
  folds[0x3c2] = 0x3c3;
  folds[0x17f] = 0x73;
  // Letters and digits as wide as a Chinese character, in which Japanese and Chinese pages write names and terms.
  for (let unit = 0xff01; unit <= 0xff5e; unit++) folds[unit] = folds[unit - FULL_WIDTH] as number;
  table = folds;
  return folds;
}

/** Simple folding of case and width in the Basic Multilingual Plane; `foldUnits()[text.charCodeAt(i)]`. */
export const foldUnits = (): Uint16Array => foldTable();

/** Text with every unit folded; of the same length as the text. */
export function foldCase(text: string): string {
  const folds = foldTable();
  let folded = '';
  for (let i = 0; i < text.length; i++) folded += String.fromCharCode(folds[text.charCodeAt(i)] as number);
  return folded;
}
