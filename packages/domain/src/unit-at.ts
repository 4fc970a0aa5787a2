const { charCodeAt } = String.prototype;

/**
 * `text.charCodeAt(at)` for loops: that looks the method up by the kind of string (flat, slice, joined; of one octet or
 * two), and where more than four of them were met every look takes several times as long.
 */
export const unitAt = (text: string, at: number): number => charCodeAt.call(text, at);
