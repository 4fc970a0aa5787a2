/** A text as part of an expression, of JavaScript or PostgreSQL, that matches it literally. */
export const escapeExpression = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
