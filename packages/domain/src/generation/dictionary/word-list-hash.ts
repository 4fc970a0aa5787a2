import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Words hashed at a time, so that a million of them are never one string. */
const AT_ONCE = 10_000;

/** SHA-256, hex, of the words in their order, each but the last followed by a line feed. */
export function wordListHash(words: readonly string[]): string {
  const hash = sha256.create();
  for (let from = 0; from < words.length; from += AT_ONCE) {
    hash.update(utf8ToBytes((from === 0 ? '' : '\n') + words.slice(from, from + AT_ONCE).join('\n')));
  }
  return bytesToHex(hash.digest());
}
