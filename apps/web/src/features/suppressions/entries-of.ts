/** Entries of a typed list: one a line, or separated by commas or spaces. */
export const entriesOf = (list: string): string[] => list.split(/[\s,;]+/).filter((entry) => entry !== '');

/** The entry at fault in a refusal whose field is `entries.3`; null where it is another field. */
export function entryAtFault(field: string | null, list: string): string | null {
  const index = /^entries\.(\d+)/.exec(field ?? '')?.[1];
  return index === undefined ? null : (entriesOf(list)[Number(index)] ?? null);
}
