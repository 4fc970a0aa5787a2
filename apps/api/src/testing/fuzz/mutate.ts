import type { Draw } from './draw.ts';

const nested = (depth: number, isList: boolean): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = isList ? [value] : { input: value };
  return value;
};

/** Values that are seldom thought of, where something else is expected. */
const HOSTILE: readonly ((draw: Draw) => unknown)[] = [
  () => null,
  () => '',
  () => ' ',
  () => 0,
  () => -1,
  () => 1.5,
  () => -0,
  () => 1e308,
  () => 2 ** 31,
  () => 2 ** 53,
  () => 2 ** 63,
  () => true,
  () => [],
  () => ({}),
  () => [[]],
  () => 'a\0b',
  () => '\ud800',
  () => '\udfff\ud800',
  () => '\u202e\u0000\ufeff',
  () => 'x'.repeat(300),
  () => 'x'.repeat(100_000),
  () => '9'.repeat(78),
  () => '9'.repeat(400),
  () => '-1',
  () => '1e9',
  () => 'NaN',
  () => '%00',
  () => '../../etc/passwd',
  () => "'; DROP TABLE users; --",
  () => '\\',
  () => '%_\\%',
  () => '__proto__',
  () => 'constructor',
  () => '(a{1,1000}){1,1000}',
  () => '(?<=a)b\\1',
  () => '[',
  () => 'https://0x7f.1:9/',
  () => 'http://[::ffff:7f00:1]:9/',
  () => '0000-13-45T99:99:99Z',
  () => '275761-01-01',
  () => '01900000-0000-7000-8000-000000000000',
  () => ({ ['__proto__x']: 1, toString: 1, constructor: { prototype: 1 } }),
  () => nested(40, true),
  () => nested(200, false),
  () => Array.from({ length: 20_000 }, () => 'a'),
  () => Array.from({ length: 500 }, (_, at) => `t${at}`),
  (draw) => draw.int(2 ** 31) - 2 ** 30,
];

type Holder = Record<string, unknown> | unknown[];
interface Spot {
  readonly holder: Holder;
  readonly key: string | number;
}

function spotsOf(value: unknown, spots: Spot[] = []): Spot[] {
  if (Array.isArray(value)) {
    value.forEach((child, key) => {
      spots.push({ holder: value, key });
      spotsOf(child, spots);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      spots.push({ holder: value as Record<string, unknown>, key });
      spotsOf(child, spots);
    }
  }
  return spots;
}

/** A copy with one thing wrong, as a rule: a field replaced, left out, doubled, renamed or added. */
export function mutate<T extends object>(value: T, fields: readonly string[], draw: Draw): T {
  const copy = structuredClone(value);
  const spots = spotsOf(copy);
  const hostile = draw.of(HOSTILE)(draw);
  if (spots.length === 0 || draw.once(6)) {
    const name = draw.once(2) && fields.length > 0 ? draw.of(fields) : 'noSuchField';
    return { ...copy, [name]: hostile };
  }
  const { holder, key } = draw.of(spots);
  if (Array.isArray(holder)) {
    if (draw.once(3)) holder.push(holder[key as number], hostile);
    else holder[key as number] = hostile;
  } else if (draw.once(5)) delete holder[key];
  else holder[key] = hostile;
  return copy;
}
