import { createHash } from 'node:crypto';
import { uploadNames } from '@domainflow/db/schema/upload.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import type { Actor } from '../operation/operation.ts';
import type { UploadLimits } from '../uploads/limits.ts';
import { wordListOperations } from './operations.ts';
import { parseWord } from './parse-word.ts';
import { uploadWordList } from './upload-word-list.ts';
import type { WordListView } from './views.ts';

const MISSING = '01890000-0000-7000-8000-000000000000';

let fixture: ServiceFixture;
let owner: TestClient & { readonly userId: string };
let other: TestClient & { readonly userId: string };
let actor: Actor | null;
beforeAll(async () => {
  fixture = await openServiceFixture();
  owner = await fixture.signedIn('owner', 'member');
  other = await fixture.signedIn('other', 'member');
  actor = await owner.actor();
});
afterAll(() => fixture.close());

const make = (name: string, words: readonly string[]): Promise<WordListView> =>
  owner.call<WordListView>(wordListOperations.create, { name, words });

const upload = async (
  content: string | Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
  { filename = 'words.txt', ...limits }: Partial<UploadLimits> & { filename?: string } = {},
): Promise<WordListView> => {
  const form = new FormData();
  const file = new File([content], filename);
  const { after, ...before } = fields;
  for (const [name, value] of Object.entries(before)) form.append(name, value);
  form.append('file', file);
  if (after !== undefined) form.append('description', after);
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  const body = await encoded.arrayBuffer();
  const request = new Request('http://localhost/', { method: 'POST', body, headers });
  return uploadWordList(fixture.deps, actor, { request, ipAddress: null }, limits);
};

const hashOf = (words: readonly string[]): string =>
  createHash('sha256').update(words.join('\n')).digest('hex');

test.each([
  ['Shop', { ok: true, name: 'shop' }],
  ['  BÜcher\t', { ok: true, name: 'bücher' }],
  ['xn--bcher-kva', { ok: true, name: 'bücher' }],
  ['-24', { ok: true, name: '-24' }],
  ['', { ok: false, reason: 'EMPTY' }],
  ['two words', { ok: false, reason: 'BAD_CHARACTER' }],
  ['a.b', { ok: false, reason: 'BAD_CHARACTER' }],
  ['a_b', { ok: false, reason: 'BAD_CHARACTER' }],
  ['xn--a', { ok: false, reason: 'BAD_IDN' }],
  ['a\u200b/ü', { ok: false, reason: 'BAD_IDN' }],
  ['a'.repeat(64), { ok: false, reason: 'LABEL_TOO_LONG' }],
  ['ü'.repeat(3_000), { ok: false, reason: 'LABEL_TOO_LONG' }],
])('the line %j is read as %j', (line, parsed) => {
  expect(parseWord(line)).toEqual(parsed);
});

test('a list of JSON is kept in order, each word once, with what was left out', async () => {
  const list = await make('Colours', ['Rot', 'grün', 'rot', 'a b', '', 'xn--grn-ioa', 'blau']);
  expect(list).toMatchObject({
    name: 'Colours',
    filename: null,
    wordCount: 3,
    contentHash: hashOf(['rot', 'grün', 'blau']),
    sizeBytes: 14,
    lines: 7,
    duplicates: 2,
    rejected: 1,
    rejections: { byReason: { BAD_CHARACTER: 1 }, first: [{ line: 4, text: 'a b' }] },
    words: ['rot', 'grün', 'blau'],
    nextOffset: null,
    createdBy: owner.userId,
  });
  expect(await other.call(wordListOperations.get, { id: list.wordListId })).toEqual(list);
  await expect(make('Colours', ['x'])).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  await expect(make('None', ['a b', ''])).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'words' });
});

test('an uploaded file becomes a list, with BOM, CRLF, blank lines and comments', async () => {
  const list = await upload('\uFEFF# colours\r\nred\r\n\r\nBlue\r\nred\r\nno good\r\n', {
    description: 'Of the rainbow',
  });
  expect(list).toMatchObject({
    name: 'words',
    filename: 'words.txt',
    description: 'Of the rainbow',
    lines: 6,
    wordCount: 2,
    duplicates: 1,
    rejected: 1,
    words: ['red', 'blue'],
  });
  expect(await upload('red', { name: 'Named', after: 'Behind the file' })).toMatchObject({
    name: 'Named',
    description: 'Behind the file',
  });
  await expect(upload('red', { name: 'Named' })).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  await expect(upload('red')).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  await expect(upload('red', { name: '  ' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'name' });
});

test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, unknown>, Record<string, unknown>]>([
  ['NUL', 'a\nb\0\n', {}, { code: 'INVALID_INPUT', field: 'file' }],
  [
    'UTF-16',
    new Uint8Array([0xff, 0xfe, 0x61, 0, 0x0a, 0]),
    {},
    { code: 'INVALID_INPUT', message: expect.stringContaining('UTF-16') },
  ],
  ['nothing', '\n\n', {}, { code: 'INVALID_INPUT', field: 'file' }],
  ['no words', '<html>\n', {}, { code: 'INVALID_INPUT', field: 'file' }],
  ['another kind', 'a', { filename: 'a.csv' }, { code: 'INVALID_INPUT', field: 'file' }],
  ['too many words', 'a\nb\nc', { maxNames: 2 }, { code: 'PAYLOAD_TOO_LARGE', field: 'file' }],
  ['too many bytes', 'aaaaaaaaaa', { maxBytes: 5 }, { code: 'PAYLOAD_TOO_LARGE', field: 'file' }],
])('a file with %s is refused and leaves nothing', async (_what, content, options, refusal) => {
  await expect(upload(content, { name: 'Refused' }, options)).rejects.toMatchObject(refusal);
  expect(await fixture.db.select().from(uploadNames)).toEqual([]);
  const { items } = await owner.call<{ items: unknown[] }>(wordListOperations.list, { search: 'Refused' });
  expect(items).toEqual([]);
});

test('a million lines come in as a stream, and are read in pages', async () => {
  const line = (i: number): string => `word-${i}`;
  const text = `${Array.from({ length: 1_000_000 }, (_, i) => line(i % 999_990)).join('\r\n')}\r\n`;
  const before = process.memoryUsage().heapUsed;
  const list = await upload(text, { name: 'Million' });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
  expect(list).toMatchObject({ wordCount: 999_990, duplicates: 10, rejected: 0, nextOffset: 50 });
  expect(list.contentHash).toBe(hashOf(Array.from({ length: 999_990 }, (_, i) => line(i))));
  const page = (offset: number, limit: number) =>
    owner.call<WordListView>(wordListOperations.get, { id: list.wordListId, offset, limit });
  const across = await page(4_990, 1_000);
  expect(across.words).toEqual(Array.from({ length: 1_000 }, (_, i) => line(4_990 + i)));
  expect(across.nextOffset).toBe(5_990);
  expect(await page(999_980, 20)).toMatchObject({ nextOffset: null });
  expect((await page(999_980, 20)).words).toHaveLength(10);
  expect(await page(5_000_000, 20)).toMatchObject({ words: [], nextOffset: null });
  const chunks =
    await fixture.sql`SELECT count(*)::int AS n FROM word_list_chunks WHERE word_list_id = ${list.wordListId}`;
  expect(chunks[0]?.n).toBe(200);
}, 60_000);

test('lists are found by name and page through', async () => {
  for (const name of ['Page a', 'Page b', 'Page c']) await make(name, ['x']);
  const first = await owner.call<{ items: { name: string }[]; nextCursor: string; total: number }>(
    wordListOperations.list,
    { search: 'page', limit: 2 },
  );
  expect(first).toMatchObject({ items: [{ name: 'Page a' }, { name: 'Page b' }], total: 3 });
  expect(
    await owner.call(wordListOperations.list, { search: 'page', limit: 2, cursor: first.nextCursor }),
  ).toMatchObject({ items: [{ name: 'Page c' }], nextCursor: null });
});

test('name and description change, the words never', async () => {
  const { wordListId: id } = await make('Before', ['x', 'y']);
  await make('Other', ['z']);
  const update = (more: Record<string, unknown>, by = owner) =>
    by.call(wordListOperations.update, { id, version: 1, ...more });
  await expect(update({ name: 'Mine' }, other)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(update({ name: 'Other' })).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  expect(await update({ name: 'After' })).toMatchObject({ name: 'After', version: 2, words: ['x', 'y'] });
  await expect(update({ description: 'Late' })).rejects.toMatchObject({ code: 'STALE_VERSION' });
  await expect(update({ id: MISSING })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('only who made a list, or an administrator, deletes it', async () => {
  const { wordListId: id } = await make('To delete', ['x']);
  await expect(other.call(wordListOperations.delete, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(owner.call(wordListOperations.delete, { id, version: 2 })).rejects.toMatchObject({
    code: 'STALE_VERSION',
  });
  expect(await owner.call(wordListOperations.delete, { id, version: 1 })).toEqual({ deleted: true });
  for (const operation of [wordListOperations.get, wordListOperations.delete]) {
    await expect(owner.call(operation, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(owner.call(operation, { id: MISSING })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  const left = await fixture.db.execute(sql`SELECT FROM word_list_chunks WHERE word_list_id = ${id}::uuid`);
  expect(left).toHaveLength(0);
});
