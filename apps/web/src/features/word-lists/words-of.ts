const SEPARATORS = /[\s,;]+/;

/** The words of a typed text: one a line, or separated by commas or spaces; lines that begin with `#` are comments. */
export const wordsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(SEPARATORS))
    .filter((word) => word !== '');
