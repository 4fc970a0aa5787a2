import type { Keyboard } from './kinds.ts';

/** Letters and digits of each row from the top, as they lie on the desk. */
const ROWS: Readonly<Record<Keyboard, readonly string[]>> = {
  qwerty: ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  qwertz: ['1234567890', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
  azerty: ['1234567890', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'],
};
/** How far each row is moved to the right, in keys. */
const SHIFTS = [0, 0.5, 0.75, 1.25];

interface Key {
  readonly character: string;
  readonly row: number;
  readonly x: number;
}

const keysOf = (keyboard: Keyboard): Key[] =>
  ROWS[keyboard].flatMap((characters, row) =>
    [...characters].map((character, column) => ({ character, row, x: column + (SHIFTS[row] as number) })),
  );

/** Beside it in its row, or touching it in the row above or below. */
const isNextTo = (a: Key, b: Key): boolean =>
  a.row === b.row ? Math.abs(a.x - b.x) === 1 : Math.abs(a.row - b.row) === 1 && Math.abs(a.x - b.x) < 1;

/** The letters and digits next to each key on any of the layouts, in order. */
export function neighboursOn(keyboards: readonly Keyboard[]): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, Set<string>>();
  for (const keyboard of keyboards) {
    const keys = keysOf(keyboard);
    for (const key of keys) {
      const found = neighbours.get(key.character) ?? new Set();
      for (const other of keys) if (isNextTo(key, other)) found.add(other.character);
      neighbours.set(key.character, found);
    }
  }
  return new Map([...neighbours].map(([character, found]) => [character, [...found].sort()]));
}
