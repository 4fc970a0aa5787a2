import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
let admin: ApiUser;
beforeAll(async () => {
  api = await openApiFixture();
  admin = await api.signIn('technologies-admin', 'admin');
});
afterAll(() => api.close());

const importing = (bytes: number): Promise<Response> =>
  admin.fetch('/api/v2/technologies/import', {
    json: {
      name: `Of ${bytes}`,
      fingerprints: { Widget: { scriptSrc: 'widget-of-acme\\.js', description: 'x'.repeat(bytes) } },
    },
  });

test('an import may be longer than other bodies, up to 10 MiB', async () => {
  const taken = await importing(6_000_000);
  expect(taken.status).toBe(201);
  expect(await taken.json()).toMatchObject({ imported: 1, patterns: 1 });
  const refused = await importing(11_000_000);
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  const other = await admin.fetch('/api/v2/technologies/try', { json: { html: 'x'.repeat(5_000_000) } });
  expect(other.status).toBe(413);
  const tried = await admin.fetch('/api/v2/technologies/try', {
    json: { html: '<script src="/widget-of-acme.js"></script>' },
  });
  expect(await tried.json()).toMatchObject({ items: [{ name: 'Widget', version: null }] });
});

test('a bad import is refused in words, and leaves nothing', async () => {
  const before: unknown = await (await admin.fetch('/api/v2/technologies/imports')).json();
  const send = (fingerprints: unknown): Promise<Response> =>
    admin.fetch('/api/v2/technologies/import', { json: { name: 'Bad', fingerprints } });
  for (const fingerprints of [{ A: { html: '(?=a)' } }, { Nginx: { html: 'a' } }, [], 'a', null, {}]) {
    const refused = await send(fingerprints);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'fingerprints',
      message: expect.any(String),
    });
  }
  expect(await (await admin.fetch('/api/v2/technologies/imports')).json()).toEqual(before);
});

test('a file of too much is refused at once, one of costly patterns stops nobody', async () => {
  const send = (fingerprints: unknown): Promise<Response> =>
    admin.fetch('/api/v2/technologies/import', { json: { name: 'Much', fingerprints } });
  const many = (count: number, entry: unknown): unknown =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`T${n}`, entry]));
  const much = [many(42_000, { html: 'a' }), many(9_000, { html: Array(10).fill('a'), text: 'b' })];
  for (const fingerprints of much) {
    const refused = await send(fingerprints);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ message: expect.stringMatching(/10,000.*60,000/) });
  }
  let longestMs = 0;
  let before = performance.now();
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - before);
    before = performance.now();
  }, 1);
  const costly = await send({
    ...Object(many(20, { text: Array(200).fill('\\pL'.repeat(300)) })),
    B: { html: 'b' },
  });
  clearInterval(timer);
  expect(await costly.json()).toMatchObject({ imported: 1 });
  // 26 s where all patterns of a technology are compiled in one go.
  expect(longestMs).toBeLessThan(1_000);
});
