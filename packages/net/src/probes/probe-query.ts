import { randomInt } from 'node:crypto';
import { CLASS_IN, TYPE_NUMBER, TYPE_OPT } from '../dns/wire/codes.ts';
import { HEADER_LENGTH, MAX_QUERY_LENGTH, OPT_LENGTH, writeName } from '../dns/wire/encode-query.ts';

const EDNS_BYTES = 1_232;

/** A query of its own, not of a pool: what the test of a resolver looks at is in its octets. */
export interface ProbeQuery {
  readonly octets: Uint8Array;
  /** Octets of name, type and class. */
  readonly questionLength: number;
}

/** Letters in random case, at least one of them changed (where there is one). */
function mixCase(name: string): string {
  const letters = [...name];
  const places = letters.flatMap((letter, index) => (/[a-z]/.test(letter) ? [index] : []));
  for (const place of places) {
    if (randomInt(2) === 1) letters[place] = (letters[place] ?? '').toUpperCase();
  }
  const sure = places.at(randomInt(Math.max(1, places.length)));
  if (sure !== undefined) letters[sure] = (letters[sure] ?? '').toUpperCase();
  return letters.join('');
}

/** A recursive query for A under a random id, letters in random case. Throws `WireError` for what is no DNS name. */
export function probeQuery(name: string, { edns }: { readonly edns: boolean }): ProbeQuery {
  const octets = new Uint8Array(MAX_QUERY_LENGTH);
  const view = new DataView(octets.buffer);
  view.setUint16(0, randomInt(0x1_0000));
  // Recursion desired.
  octets[2] = 0x01;
  octets[5] = 1;
  octets[11] = edns ? 1 : 0;
  let at = writeName(octets, HEADER_LENGTH, mixCase(name));
  view.setUint16(at, TYPE_NUMBER.A);
  view.setUint16(at + 2, CLASS_IN);
  at += 4;
  const questionLength = at - HEADER_LENGTH;
  if (!edns) return { octets: octets.slice(0, at), questionLength };
  view.setUint16(at + 1, TYPE_OPT);
  view.setUint16(at + 3, EDNS_BYTES);
  return { octets: octets.slice(0, at + OPT_LENGTH), questionLength };
}
