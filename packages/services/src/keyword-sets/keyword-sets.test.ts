import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { keywordSetOperations } from './operations.ts';

interface View {
  readonly keywordSetId: string;
  readonly version: number;
  readonly rules: Record<string, unknown>[];
}

const MISSING = '01890000-0000-7000-8000-000000000000';

let fixture: ServiceFixture;
let admin: TestClient & { readonly userId: string };
let owner: TestClient & { readonly userId: string };
let other: TestClient & { readonly userId: string };
beforeAll(async () => {
  fixture = await openServiceFixture();
  admin = await fixture.signedIn('admin', 'admin');
  owner = await fixture.signedIn('owner', 'member');
  other = await fixture.signedIn('other', 'member');
});
afterAll(() => fixture.close());

const make = (name: string, rules: unknown[] = [{ pattern: 'invoice' }]): Promise<View> =>
  owner.call<View>(keywordSetOperations.create, { name, rules });

test('a set is made with the defaults of its rules and read by everybody', async () => {
  const made = await make('Shops', [
    { pattern: 'Warenkorb', weight: 5 },
    { pattern: 'order\\s+now', kind: 'regex', active: false },
  ]);
  expect(made).toMatchObject({
    name: 'Shops',
    version: 1,
    ruleCount: 2,
    activeRuleCount: 1,
    createdBy: owner.userId,
    rules: [
      {
        pattern: 'Warenkorb',
        kind: 'literal',
        weight: 5,
        wholeWord: true,
        caseSensitive: false,
        active: true,
      },
      { pattern: 'order\\s+now', kind: 'regex', weight: 10 },
    ],
  });
  expect(await other.call(keywordSetOperations.get, { id: made.keywordSetId })).toEqual(made);
  const list = await other.call<{ items: Record<string, unknown>[] }>(keywordSetOperations.list);
  const { rules, ...summary } = made as View & Record<string, unknown>;
  expect(rules).toHaveLength(2);
  expect(list.items).toEqual([summary]);
});

test.each([
  [[], 'rules'],
  [[{ pattern: ' ' }], 'rules.0.pattern'],
  [[{ pattern: 'ok' }, { pattern: '(unclosed', kind: 'regex' }], 'rules.1.pattern'],
  [[{ pattern: 'ok' }, { pattern: '(a)\\1', kind: 'regex' }], 'rules.1.pattern'],
  [[{ pattern: '(?=a)', kind: 'regex' }], 'rules.0.pattern'],
  [[{ pattern: 'a', weight: 101 }], 'rules.0.weight'],
  [[{ pattern: 'Same' }, { pattern: 'other' }, { pattern: 'same', weight: 3 }], 'rules.2.pattern'],
  [[{ pattern: '\\b', kind: 'regex' }], 'rules.0.pattern'],
  [[{ pattern: 'x*\\b', kind: 'regex' }], 'rules.0.pattern'],
  [[{ pattern: '(?<=a)b', kind: 'regex' }], 'rules.0.pattern'],
  [[{ pattern: 'a b' }, { pattern: 'A  b' }], 'rules.1.pattern'],
  [
    [
      { pattern: 'shop', kind: 'regex' },
      { pattern: 'SHOP', kind: 'regex' },
    ],
    'rules.1.pattern',
  ],
  [[{ pattern: 'a'.repeat(10_000) }], 'rules.0.pattern'],
  [[{ pattern: 'ok' }, { pattern: '' }], 'rules.1.pattern'],
  [[{ pattern: 'a\ud800' }], 'rules.0.pattern'],
  [
    Array.from({ length: 100 }, (_, i) => ({ pattern: `(?:\\pL{500})${i}`, kind: 'regex' })),
    'rules.2.pattern',
  ],
  [Array.from({ length: 1_001 }, (_, i) => ({ pattern: `a${i}`, kind: 'regex' })), 'rules'],
  [Array.from({ length: 2_001 }, (_, i) => ({ pattern: `a${i}` })), 'rules'],
])('rules that cannot run are refused: %#', async (rules, field) => {
  await expect(make('Refused', rules)).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
});

test('names are unique', async () => {
  await make('Taken');
  const second = await make('Second');
  const conflict = { code: 'CONFLICT', field: 'name' };
  await expect(make('Taken')).rejects.toMatchObject(conflict);
  await expect(
    owner.call(keywordSetOperations.update, { id: second.keywordSetId, version: 1, name: 'Taken' }),
  ).rejects.toMatchObject(conflict);
});

test('a change raises the version; a change of an older version is refused', async () => {
  const { keywordSetId: id } = await make('Versioned');
  const rules = [{ pattern: 'shipping' }, { pattern: 'freight' }];
  const changed = await owner.call<View>(keywordSetOperations.update, { id, version: 1, rules });
  expect(changed).toMatchObject({ version: 2, name: 'Versioned', ruleCount: 2 });
  await expect(
    owner.call(keywordSetOperations.update, { id, version: 1, name: 'Late' }),
  ).rejects.toMatchObject({
    code: 'STALE_VERSION',
    details: { currentVersion: 2 },
  });
  const bad = { id, version: 2, rules: [{ pattern: '[', kind: 'regex' }] };
  await expect(owner.call(keywordSetOperations.update, bad)).rejects.toMatchObject({
    field: 'rules.0.pattern',
  });
  expect(await owner.call(keywordSetOperations.get, { id })).toEqual(changed);
});

test('only who made it and administrators change it', async () => {
  const { keywordSetId: id } = await make('Mine');
  for (const [operation, more] of [
    [keywordSetOperations.update, { version: 1 }],
    [keywordSetOperations.delete, {}],
  ] as const) {
    await expect(other.call(operation, { id, ...more })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(fixture.client().call(operation, { id, ...more })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(owner.call(operation, { id: MISSING, ...more })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  }
  await admin.call(keywordSetOperations.update, { id, version: 1, description: 'tidied' });
  await expect(owner.call(keywordSetOperations.delete, { id, version: 1 })).rejects.toMatchObject({
    code: 'STALE_VERSION',
  });
  expect(await owner.call(keywordSetOperations.delete, { id })).toEqual({ deleted: true });
  await expect(owner.call(keywordSetOperations.get, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('the list pages by name and searches', async () => {
  const all = await owner.call<{ items: { name: string }[]; total: number }>(keywordSetOperations.list);
  const names = all.items.map((each) => each.name);
  expect(names).toEqual([...names].sort());
  const first = await owner.call<{ nextCursor: string }>(keywordSetOperations.list, { limit: 1 });
  const rest = await owner.call<{ items: { name: string }[] }>(keywordSetOperations.list, {
    cursor: first.nextCursor,
  });
  expect(rest.items.map((each) => each.name)).toEqual(names.slice(1));
  expect(await owner.call(keywordSetOperations.list, { search: 'SHOP' })).toMatchObject({ total: 1 });
});

test('rules are tried on text, HTML or a page before they are saved', async () => {
  const tried = (input: Record<string, unknown>) =>
    owner.call<{ matches: Record<string, unknown>[]; rules: number }>(keywordSetOperations.try, input);
  const rules = [
    { pattern: 'invoice', weight: 5 },
    { pattern: 'ord(?:er|re)', kind: 'regex', where: ['title'] },
  ];
  expect(await tried({ rules, text: 'An  invoice for your order' })).toEqual({
    matches: [
      {
        keyword: 'invoice',
        category: '',
        weight: 5,
        place: 'text',
        count: 1,
        contexts: ['An invoice for your order'],
      },
    ],
    rules: 2,
    finalUrl: null,
    page: null,
  });
  const { keywordSetId } = await make('Tried');
  const html = '<title>Your order</title><p>invoice <p>invoice';
  expect((await tried({ rules, keywordSetIds: [keywordSetId], html })).matches).toMatchObject([
    { keyword: 'ord(?:er|re)', place: 'title' },
    { keyword: 'invoice', place: 'text', count: 2 },
    { keyword: 'invoice', place: 'text', count: 2, weight: 10 },
  ]);
  for (const [input, field] of [
    [{ rules }, 'text'],
    [{ rules, text: 'a', html: 'b' }, 'text'],
    [{ text: 'a' }, 'rules'],
    [{ rules: [{ pattern: '(a)\\1', kind: 'regex' }], text: 'a' }, 'rules.0.pattern'],
    [{ keywordSetIds: [MISSING], text: 'a' }, 'keywordSetIds.0'],
    [{ rules, url: 'ftp://a.example/' }, 'url'],
    [{ rules, url: 'http://127.0.0.1:9/' }, 'url'],
  ] as const) {
    await expect(tried(input)).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
  }
});

test('more sets than can be made ready at once are not tried together', async () => {
  const rules = (set: number): unknown[] =>
    Array.from({ length: 1_000 }, (_, n) => ({ pattern: `x${set}y${n}`, kind: 'regex' }));
  const keywordSetIds: string[] = [];
  for (let set = 0; set < 3; set++) keywordSetIds.push((await make(`Many ${set}`, rules(set))).keywordSetId);
  await expect(owner.call(keywordSetOperations.try, { keywordSetIds, text: 'x1y1' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'keywordSetIds',
  });
  const tried = await owner.call<{ rules: number }>(keywordSetOperations.try, {
    keywordSetIds: keywordSetIds.slice(1),
    text: 'x1y1',
  });
  expect(tried).toMatchObject({ rules: 2_000, matches: [{ keyword: 'x1y1', count: 1 }] });
});
