let table: Uint8Array | null = null;

/** For each UTF-16 unit 1 where it is a letter. Halves of pairs are none. */
export function letterTable(): Uint8Array {
  if (table !== null) return table;
  const letters = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) if (/\p{L}/u.test(String.fromCharCode(unit))) letters[unit] = 1;
  table = letters;
  return letters;
}
