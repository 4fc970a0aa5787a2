import { parse } from 'tldts';
import { parentOf } from './probe-name.ts';

const ICANN_ONLY = { extractHostname: false, validateHostname: false, detectIp: false, mixedInputs: false };
const PARENTS_KEPT = 20_000;

/** By parent: whether names directly below it are registrable. */
const registriesSeen = new Map<string, boolean>();

/**
 * The registrable domain of a lower-case name by the ICANN section of the Public Suffix List; null under a suffix that
 * the list does not have (nobody registers names there) and for a suffix itself.
 */
export function registrableOf(name: string): string | null {
  const parent = parentOf(name);
  if (parent === null) return null;
  const known = registriesSeen.get(parent);
  if (known === true) return name;
  const { isIcann, domain } = parse(name, ICANN_ONLY);
  if (known === undefined) {
    if (registriesSeen.size >= PARENTS_KEPT) registriesSeen.clear();
    // Rules such as `*.ck` and `!www.ck` treat the names below one parent differently: only plain ones are remembered.
    const isPlain =
      isIcann === true && domain === name && parse(`_.${parent}`, ICANN_ONLY).domain === `_.${parent}`;
    registriesSeen.set(parent, isPlain);
  }
  return isIcann === true ? domain : null;
}

/**
 * The zone whose wildcard a lower-case name may owe its addresses to; null for a name of one label. `www` below a
 * registrable domain is that domain's site, wildcard or not: it is only held against the zone above both.
 */
export function zoneInChargeOf(name: string): string | null {
  const parent = parentOf(name);
  if (parent === null || !name.startsWith('www.') || registrableOf(name) !== parent) return parent;
  return parentOf(parent);
}
