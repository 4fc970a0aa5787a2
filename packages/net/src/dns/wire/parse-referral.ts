import { TYPE_NS } from './codes.ts';
import { HEADER_LENGTH } from './encode-query.ts';
import { readName, skipName } from './name.ts';
import { uint16 } from './uint16.ts';

const RECORD_FIXED = 10;

export interface Referral {
  /** The server speaks for the zone itself (AA). */
  readonly isAuthoritative: boolean;
  /** NS records of the authority section, with the name that they are for; lower case. */
  readonly referral: readonly { readonly owner: string; readonly host: string }[];
}

/** Reads to whom a reply refers. `parseReply` has read it before, so that counts and lengths are right. Throws `WireError`. */
export function parseReferral(message: Uint8Array, questionLength: number): Referral {
  const end = message.length;
  const answers = uint16(message, 6);
  const total = answers + uint16(message, 8);
  const referral: { owner: string; host: string }[] = [];
  let at = HEADER_LENGTH + questionLength;
  for (let index = 0; index < total; index += 1) {
    const nameAt = at;
    const fixedAt = skipName(message, at, end);
    const dataAt = fixedAt + RECORD_FIXED;
    at = dataAt + uint16(message, fixedAt + 8);
    if (index < answers || uint16(message, fixedAt) !== TYPE_NS) continue;
    referral.push({ owner: readName(message, nameAt, end), host: readName(message, dataAt, at) });
  }
  return { isAuthoritative: ((message[2] as number) & 0x04) !== 0, referral };
}
