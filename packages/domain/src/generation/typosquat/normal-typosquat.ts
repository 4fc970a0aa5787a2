import { toULabel } from '../../domain-name/label.ts';
import { parseDomainName } from '../../domain-name/parse-domain-name.ts';
import { splitRegistrable } from '../../domain-name/public-suffix.ts';
import { DOMAIN_NAME_REASONS } from '../../domain-name/reasons.ts';
import { invalidInput } from '../../errors.ts';
import { readTlds } from '../normal-parts.ts';
import type { TyposquatPattern } from '../pattern.ts';
import { KEYBOARDS, type Keyboard, TYPOSQUAT_KINDS, type TyposquatKind } from './kinds.ts';
import type { Seed } from './permutations.ts';

/** A typosquat pattern in its one normal form: each list without repeats, in its fixed order. */
export interface NormalTyposquat {
  /** By their names. */
  readonly seeds: readonly Seed[];
  readonly kinds: readonly TyposquatKind[];
  /** Empty where no kind asks for them. */
  readonly keyboards: readonly Keyboard[];
  readonly tlds: readonly string[];
}

export const seedName = ({ ascii, suffix }: Seed): string => `${ascii}.${suffix}`;

function readSeed(typed: string, field: string): Seed {
  const parsed = parseDomainName(typed);
  if (!parsed.ok) throw invalidInput(`${typed}: ${DOMAIN_NAME_REASONS[parsed.reason]}.`, field);
  const parts = splitRegistrable(parsed.name);
  if (parts === null) throw invalidInput(`${typed} is not a registrable domain.`, field);
  const { label: ascii, suffix } = parts;
  const unicode = ascii.startsWith('xn--') ? toULabel(ascii) : ascii;
  if (unicode === null) throw invalidInput(`${typed}: ${DOMAIN_NAME_REASONS.BAD_IDN}.`, field);
  return { label: [...unicode], ascii, suffix };
}

/** The normal form of `pattern`; `INVALID_INPUT` with the field at fault (`seeds.1`, `tlds.0`). */
export function normaliseTyposquat(pattern: TyposquatPattern): NormalTyposquat {
  const seeds = new Map<string, Seed>();
  pattern.seeds.forEach((typed, index) => {
    const seed = readSeed(typed, `seeds.${index}`);
    seeds.set(seedName(seed), seed);
  });
  const kinds = TYPOSQUAT_KINDS.filter((kind) => pattern.kinds.includes(kind));
  const needsKeys = kinds.includes('insertion') || kinds.includes('replacement');
  const tlds = pattern.tlds.length === 0 ? [] : readTlds(pattern.tlds);
  return {
    seeds: [...seeds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, seed]) => seed),
    kinds: tlds.length === 0 ? kinds.filter((kind) => kind !== 'tld_swap') : kinds,
    keyboards: needsKeys ? KEYBOARDS.filter((keyboard) => pattern.keyboards.includes(keyboard)) : [],
    tlds: kinds.includes('tld_swap') ? tlds : [],
  };
}

export const canonicalTyposquat = (normal: NormalTyposquat): string =>
  JSON.stringify(['typosquat/1', normal.seeds.map(seedName), normal.kinds, normal.keyboards, normal.tlds]);
