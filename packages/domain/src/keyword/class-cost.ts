/** Code points of a range that cost as much to be folded as the tables of one property (`\p{L}`) cost to be read. */
const PROPERTY_POINTS = 6_000;
/** Beyond it nothing has a case to be folded. */
const LAST_FOLDED = 0x1e943;

/**
 * What the classes of an expression may come to: a twentieth of a second. The engine goes through each range, one code
 * point after the other, whenever case does not count.
 */
export const CLASS_COST_CAP = 500_000;

const POINT = String.raw`\\x\{[0-9a-fA-F]{1,8}\}|\\x[0-9a-fA-F]{2}|\\[^]|[^\\]`;
const COSTLY = new RegExp(String.raw`(?<property>\\[pP])|(?<first>${POINT})-(?<last>${POINT})|\\[^]`, 'gsu');

/** What the classes of an expression cost to be compiled, in code points that are gone through, before it is. */
export function classCost(source: string): number {
  let cost = 0;
  for (const { groups } of source.matchAll(COSTLY)) {
    const { property, first, last } = groups ?? {};
    if (property !== undefined) cost += PROPERTY_POINTS;
    else if (first !== undefined && last !== undefined)
      cost += Math.max(0, Math.min(pointOf(last), LAST_FOLDED) - pointOf(first));
  }
  return cost;
}

function pointOf(written: string): number {
  const hex = /^\\x\{?([0-9a-fA-F]+)/.exec(written)?.[1];
  return hex === undefined
    ? (written.codePointAt(written.length > 1 && written[0] === '\\' ? 1 : 0) ?? 0)
    : Number.parseInt(hex, 16);
}
