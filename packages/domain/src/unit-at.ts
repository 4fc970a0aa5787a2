const { charCodeAt } = String.prototype;

/**
 * `text.charCodeAt(at)` for loops: that looks the method up by the kind of string (flat, slice, joined; of one octet or
 * two), and where more than four of them were met every look takes several times as long.
 */
export const unitAt = (text: string, at: number): number => charCodeAt.call(text, at);

/** `text.startsWith(start)` for texts that mostly differ from a short one at once. */
export function beginsWith(text: string, start: string): boolean {
  for (let at = 0; at < start.length; at++) if (unitAt(text, at) !== unitAt(start, at)) return false;
  return true;
}
