import { invalidInput } from '@domainflow/domain/errors.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * The path of the first field that was given and that its schema dropped when it read it (`rules.0.weigth`): a mistake, not
 * something to ignore. Null where there is none.
 */
export function droppedField(given: unknown, read: unknown): string | null {
  if (Array.isArray(given) && Array.isArray(read)) {
    // A list that was made shorter is no longer in step with what was given.
    return given.length === read.length ? firstBelow(given.entries(), read) : null;
  }
  if (!isRecord(given) || !isRecord(read)) return null;
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  return fields.find(([key]) => !Object.hasOwn(read, key))?.[0] ?? firstBelow(fields, read);
}

/** Throws `INVALID_INPUT` on the first field of a configuration at `at` that its schema dropped. */
export function refuseDropped(given: unknown, read: unknown, at: string): void {
  const dropped = droppedField(given, read);
  if (dropped !== null) throw invalidInput('There is no such field.', `${at}.${dropped}`);
}

function firstBelow(children: Iterable<readonly [PropertyKey, unknown]>, read: object): string | null {
  for (const [key, value] of children) {
    const below = droppedField(value, (read as Record<PropertyKey, unknown>)[key]);
    if (below !== null) return `${String(key)}.${below}`;
  }
  return null;
}
