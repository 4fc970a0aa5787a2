import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromHex } from '../hex.ts';
import type { SecretKeys } from './secret-box.ts';

const KEY_BYTES = 32;
const KEY_FILE = 'secret.key';

interface KeySettings {
  /** `DOMAINFLOW_SECRET_KEY`: keys of 64 hexadecimal digits, separated by commas, the current one first. */
  readonly secretKey: string | undefined;
  /** `DOMAINFLOW_DATA_DIR`: where the key file is, if no key is given. */
  readonly dataDir: string | undefined;
}

/** The keys in a text, one a line or between commas. Throws an error whose message does not repeat them. */
export function parseSecretKeys(text: string, where: string): SecretKeys {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const key = fromHex(part);
      if (key?.length !== KEY_BYTES) throw new Error(`${where} must hold keys of 64 hexadecimal digits.`);
      return key;
    });
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The keys of this process: those given, else those of the key file; none where there is neither. */
export async function readSecretKeys({ secretKey, dataDir }: KeySettings): Promise<SecretKeys> {
  if (secretKey !== undefined && secretKey.trim() !== '')
    return parseSecretKeys(secretKey, 'DOMAINFLOW_SECRET_KEY');
  if (dataDir === undefined) return [];
  const file = path.join(dataDir, KEY_FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return '';
    throw error;
  });
  return parseSecretKeys(text, file);
}

/** Makes the key file, readable for its owner alone, unless it is there or a key is given. Any number may call it. */
export async function ensureSecretKey({ secretKey, dataDir }: KeySettings): Promise<void> {
  if ((secretKey !== undefined && secretKey.trim() !== '') || dataDir === undefined) return;
  await mkdir(dataDir, { recursive: true });
  const key = `${randomBytes(KEY_BYTES).toString('hex')}\n`;
  await writeFile(path.join(dataDir, KEY_FILE), key, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error;
  });
}
