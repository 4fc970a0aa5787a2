let table: Uint16Array | null = null;

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
  table = folds;
  return folds;
}

/** Simple case folding of the Basic Multilingual Plane; `foldUnits()[text.charCodeAt(i)]`. */
export const foldUnits = (): Uint16Array => foldTable();

/** Text with every unit folded; of the same length as the text. */
export function foldCase(text: string): string {
  const folds = foldTable();
  let folded = '';
  for (let i = 0; i < text.length; i++) folded += String.fromCharCode(folds[text.charCodeAt(i)] as number);
  return folded;
}
