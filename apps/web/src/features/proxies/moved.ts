/** The list with the item at `from` taken to `to`; the same where either is outside. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = [...items];
  if (to < 0 || to >= items.length) return rest;
  const taken = rest.splice(from, 1);
  rest.splice(to, 0, ...taken);
  return rest;
}
