import { type Pattern, patternSchema } from '@domainflow/domain/generation/pattern.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { wordListOperations } from './operations.ts';
import { WordListCache, wordListsOf } from './word-list-cache.ts';

let fixture: ServiceFixture;
let owner: TestClient;
beforeAll(async () => {
  fixture = await openServiceFixture();
  owner = await fixture.signedIn('owner', 'member');
});
afterAll(() => fixture.close());

/** A list of 7,000 words, which is two rows of words; 340,000 bytes and a bit. */
async function make(name: string): Promise<string> {
  const words = Array.from({ length: 7_000 }, (_, i) => `${name}${1_000 + i}`);
  const { wordListId } = await owner.call<{ wordListId: string }>(wordListOperations.create, { name, words });
  return wordListId;
}
const patternOf = (...ids: string[]): Pattern =>
  patternSchema.parse({
    pattern: 'dictionary',
    lists: ids.map((wordListId) => ({ wordListId })),
    tlds: ['com'],
  });

test('lists are read once, and those used last are kept as far as there is room', async () => {
  const [a, b, c] = [await make('aaa'), await make('bbb'), await make('ccc')];
  const cache = new WordListCache(fixture.db, 800_000);
  const wordsOf = async (id: string) => (await cache.load(patternOf(id))).get(id)?.words;
  const first = await wordsOf(a);
  expect(first).toHaveLength(7_000);
  expect([first?.[0], first?.[6_999]]).toEqual(['aaa1000', 'aaa7999']);
  const [again, other] = await Promise.all([wordsOf(a), wordsOf(b)]);
  expect(again).toBe(first);
  // c pushes out a, which was used before b.
  await wordsOf(b);
  await wordsOf(c);
  expect(await wordsOf(b)).toBe(other);
  const anew = await wordsOf(a);
  expect(anew).not.toBe(first);
  expect(anew).toEqual(first);
  await expect(cache.load(patternOf(a, b, c))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'lists',
  });
  expect((await cache.load(patternOf(a, b))).size).toBe(2);
});

test('what does not exist is left out, what fails is read again', async () => {
  const id = await make('ddd');
  const missing = '01890000-0000-7000-8000-000000000000';
  expect([...(await wordListsOf(fixture.db).load(patternOf(missing, id))).keys()]).toEqual([id]);
  expect(wordListsOf(fixture.db)).toBe(wordListsOf(fixture.db));
  const other = await make('eee');
  const cache = new WordListCache(fixture.db);
  await fixture.sql`ALTER TABLE word_list_chunks RENAME TO hidden`;
  await expect(cache.load(patternOf(other))).rejects.toThrow();
  await fixture.sql`ALTER TABLE hidden RENAME TO word_list_chunks`;
  expect((await cache.load(patternOf(other))).get(other)?.words).toHaveLength(7_000);
});
