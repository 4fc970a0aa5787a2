import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiFixture, type ApiUser, openApiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
let member: ApiUser;
beforeAll(async () => {
  api = await openApiFixture();
  member = await api.signIn('suppressing', 'member');
});
afterAll(() => api.close());

const upload = (text: string, filename = 'list.txt'): Promise<Response> => {
  const form = new FormData();
  form.set('reason', 'Asked to');
  form.set('file', new File([text], filename, { type: 'text/plain' }));
  return member.fetch('/api/v2/suppressions/upload', { method: 'POST', body: form });
};

test('a list is taken from a file, what is no entry is said, and a second time nothing is new', async () => {
  const text = `# ours\nExample.com\njane@example.org\n${'ab'.repeat(32)}\nnot a name\nexample.com\n`;
  const first = await upload(text);
  expect(first.status).toBe(201);
  expect(await first.json()).toMatchObject({ lines: 6, added: 3, known: 1, rejected: 1 });
  expect(await (await upload(text)).json()).toMatchObject({ added: 0, known: 4 });
  expect((await upload(text, 'list.exe')).status).toBe(422);
  const listed = await member.fetch('/api/v2/suppressions?covering=www.example.com');
  expect(await listed.json()).toMatchObject({
    items: [{ kind: 'domain', value: 'example.com', reason: 'Asked to' }],
  });
});

test('leads are exported under a path of their own', async () => {
  const file = await member.fetch('/api/v2/leads/export?format=csv&columns=domain,score&hasEmail=true');
  expect([file.status, await file.text()]).toEqual([200, 'domain,score\n']);
  expect((await member.fetch('/api/v2/leads/export?columns=secrets')).status).toBe(422);
  expect((await member.fetch('/api/v2/leads/groups')).status).toBe(200);
});
