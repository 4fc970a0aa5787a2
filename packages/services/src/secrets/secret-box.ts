import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { fromHex, toHex } from '../hex.ts';

/** The one place where a sealed value may be opened: moved to another row or column it is worth nothing. */
export interface SecretPlace {
  readonly table: string;
  readonly rowId: string;
  readonly column: string;
}

/** Seals values for the database with AES-256-GCM. */
export interface SecretBox {
  seal(place: SecretPlace, plain: string): Promise<string>;
  /** `UNAVAILABLE` where the key is missing, or the value was not sealed for this place. */
  open(place: SecretPlace, sealed: string): Promise<string>;
}

/** 32 octets each. New values are sealed with the first; the others open what was sealed before a change of keys. */
export type SecretKeys = readonly Uint8Array<ArrayBuffer>[];

type CipherKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

interface NamedKey {
  readonly id: string;
  readonly key: CipherKey;
}

const FORMAT = 'v1';
/** NIST SP 800-38D, 8.2.2: random, 96 bits. */
const IV_BYTES = 12;

/**
 * `loadKeys` is asked when a secret is first used; empty: there is no key. The sealed form is
 * `v1.<id of the key>.<iv>.<ciphertext with tag>`, all but the first in hexadecimal.
 */
export function createSecretBox(loadKeys: () => SecretKeys | Promise<SecretKeys>): SecretBox {
  let loading: Promise<readonly NamedKey[]> | null = null;

  async function keys(): Promise<readonly NamedKey[]> {
    loading ??= Promise.resolve(loadKeys()).then((all) => Promise.all(all.map(nameKey)));
    const named = await loading;
    // Another process may be about to write the key file: look again next time.
    if (named.length === 0) loading = null;
    return named;
  }

  return {
    async seal(place, plain) {
      const [current] = await keys();
      if (current === undefined) {
        throw unusable(
          'There is no key to keep secrets with: set DOMAINFLOW_SECRET_KEY or DOMAINFLOW_DATA_DIR.',
        );
      }
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const parameters = { name: 'AES-GCM', iv, additionalData: octetsOf(place, current.id) };
      const sealed = await crypto.subtle.encrypt(parameters, current.key, new TextEncoder().encode(plain));
      return [FORMAT, current.id, toHex(iv), toHex(new Uint8Array(sealed))].join('.');
    },
    async open(place, sealed) {
      const [format, keyId, iv, data, ...rest] = sealed.split('.');
      const nonce = fromHex(iv ?? '');
      const body = fromHex(data ?? '');
      if (format !== FORMAT || rest.length > 0 || nonce?.length !== IV_BYTES || body === null) {
        throw unusable('A stored secret is damaged: enter it again.');
      }
      const named = (await keys()).find(({ id }) => id === keyId);
      if (named === undefined) {
        throw unusable(`A secret was sealed with a key (${keyId}) that this process does not have.`);
      }
      const parameters = { name: 'AES-GCM', iv: nonce, additionalData: octetsOf(place, named.id) };
      const plain = await crypto.subtle.decrypt(parameters, named.key, body).catch(() => {
        throw unusable('A stored secret does not belong where it stands, or is damaged: enter it again.');
      });
      return new TextDecoder().decode(plain);
    },
  };
}

/** The id tells keys apart and says nothing of them: a part of their SHA-256. */
async function nameKey(octets: Uint8Array<ArrayBuffer>): Promise<NamedKey> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', octets));
  const key = await crypto.subtle.importKey('raw', octets, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { id: toHex(digest.subarray(0, 4)), key };
}

/** What the ciphertext is bound to. JSON keeps the parts apart. */
const octetsOf = ({ table, rowId, column }: SecretPlace, keyId: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify([FORMAT, keyId, table, rowId, column]));

const unusable = (message: string): DomainFlowError => new DomainFlowError('UNAVAILABLE', message);
