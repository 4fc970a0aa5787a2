import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../hex.ts';
import { ensureSecretKey, parseSecretKeys, readSecretKeys } from './key-source.ts';
import { createSecretBox, type SecretPlace } from './secret-box.ts';

const key = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(fill);
const place: SecretPlace = { table: 'proxies', rowId: 'a', column: 'password' };

describe('the box', () => {
  const box = createSecretBox(() => [key(1)]);

  test('what was sealed comes out again, and never looks the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (plain) => {
        const sealed = await box.seal(place, plain);
        expect(await box.open(place, sealed)).toBe(plain);
        expect(await box.seal(place, plain)).not.toBe(sealed);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    { ...place, table: 'webhooks' },
    { ...place, rowId: 'b' },
    { ...place, column: 'username' },
    { table: 'proxies', rowId: 'a","password', column: '' },
  ])('it opens nowhere else: %j', async (elsewhere) => {
    const sealed = await box.seal(place, 'hunter2');
    await expect(box.open(elsewhere, sealed)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('each changed digit is noticed', async () => {
    const sealed = await box.seal(place, 'hunter2');
    for (let at = 3; at < sealed.length; at += 1) {
      const digit = sealed[at] === '0' ? '1' : '0';
      const changed = sealed.slice(0, at) + digit + sealed.slice(at + 1);
      await expect(box.open(place, changed)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    }
    for (const text of ['', 'v1', 'plain', `${sealed}.0`, sealed.slice(0, -2), sealed.toUpperCase()]) {
      await expect(box.open(place, text)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    }
  });

  test('a new key seals, the old one still opens; without it nothing does', async () => {
    const old = await box.seal(place, 'hunter2');
    const rotated = createSecretBox(() => [key(2), key(1)]);
    expect(await rotated.open(place, old)).toBe('hunter2');
    const fresh = await rotated.seal(place, 'hunter2');
    expect(fresh.split('.')[1]).not.toBe(old.split('.')[1]);
    await expect(box.open(place, fresh)).rejects.toThrow(/does not have/);
  });

  test('a key may come later', async () => {
    const found: Uint8Array<ArrayBuffer>[] = [];
    const late = createSecretBox(() => found);
    await expect(late.seal(place, 'x')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    found.push(key(1));
    expect(await late.open(place, await late.seal(place, 'x'))).toBe('x');
  });
});

describe('keys', () => {
  test('are 64 digits each, and a mistake is told without repeating them', () => {
    expect(parseSecretKeys(`${'ab'.repeat(32)}, ${'CD'.repeat(32)}\n`, 'X')).toHaveLength(2);
    for (const text of ['hunter2', 'ab'.repeat(31), 'zz'.repeat(32)]) {
      expect(() => parseSecretKeys(text, 'DOMAINFLOW_SECRET_KEY')).toThrow(
        /^DOMAINFLOW_SECRET_KEY must hold keys of 64 hexadecimal digits\.$/,
      );
    }
  });

  test('a file is made once, for its owner alone', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'secret-key-'));
    const settings = { secretKey: undefined, dataDir };
    expect(await readSecretKeys(settings)).toEqual([]);
    await Promise.all([ensureSecretKey(settings), ensureSecretKey(settings), ensureSecretKey(settings)]);
    const [made] = await readSecretKeys(settings);
    expect(made).toHaveLength(32);
    const file = path.join(dataDir, 'secret.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe(`${toHex(made ?? key(0))}\n`);
    const given = 'ab'.repeat(32);
    expect(await readSecretKeys({ ...settings, secretKey: given })).toEqual([fromHex(given)]);
    expect(await readSecretKeys({ secretKey: undefined, dataDir: undefined })).toEqual([]);
    await rm(dataDir, { recursive: true });
  });
});
