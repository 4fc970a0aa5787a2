/** Leads that are marked in a list. */
export interface LeadSelection {
  readonly ids: ReadonlySet<string>;
  /** All that match the filters, those that are not loaded included; `ids` are then of no account. */
  readonly isAll: boolean;
}

export const NO_SELECTION: LeadSelection = { ids: new Set(), isAll: false };
export const ALL_SELECTED: LeadSelection = { ids: new Set(), isAll: true };

export const isSelected = (selection: LeadSelection, id: string): boolean =>
  selection.isAll || selection.ids.has(id);

/** Marks or unmarks one. Of all that match, one less leaves those that are loaded. */
export function toggleLead(selection: LeadSelection, id: string, loaded: readonly string[]): LeadSelection {
  const ids = new Set(selection.isAll ? loaded : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, isAll: false };
}

/** Marks everything between two places of the list, both included. */
export function selectRange(
  selection: LeadSelection,
  from: number,
  to: number,
  loaded: readonly string[],
): LeadSelection {
  const between = loaded.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...between]), isAll: false };
}

/** Marks all that are loaded, or none where all of them are marked. */
export function toggleLoaded(selection: LeadSelection, loaded: readonly string[]): LeadSelection {
  return isWholeListSelected(selection, loaded) ? NO_SELECTION : { ids: new Set(loaded), isAll: false };
}

export const isWholeListSelected = (selection: LeadSelection, loaded: readonly string[]): boolean =>
  loaded.length > 0 && loaded.every((id) => isSelected(selection, id));
