const literally = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** A LIKE pattern that matches `text` anywhere, its own wildcards taken literally. */
export const containing = (text: string): string => `%${literally(text)}%`;

/** The same for texts that begin with it. */
export const beginningWith = (text: string): string => `${literally(text)}%`;
