const SEPARATORS = /[\s,;]+/;

/** Addresses in pasted text: one a line, or with spaces, commas or semicolons between; `#` begins a comment. */
export const addressesIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    // A fragment in a URL is no comment: the API says what is wrong with it.
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => line.split(SEPARATORS))
    .filter((piece) => piece !== '');

/** Those of the pasted addresses that are not there yet, each once. */
export const newAddresses = (text: string, present: readonly string[]): string[] =>
  [...new Set(addressesIn(text))].filter((address) => !present.includes(address));
