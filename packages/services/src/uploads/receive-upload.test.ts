import { auditLogs } from '@domainflow/db/schema/audit-log.ts';
import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { domains } from '@domainflow/db/schema/domain.ts';
import { events } from '@domainflow/db/schema/event.ts';
import { uploadNames, uploads } from '@domainflow/db/schema/upload.ts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openServiceFixture, type ServiceFixture } from '../accounts/testing/service-fixture.ts';
import { campaignOperations } from '../campaigns/operations.ts';
import type { Actor } from '../operation/operation.ts';
import { seedDefaults } from '../seed/seed-defaults.ts';
import type { UploadView } from './commit-upload.ts';
import type { UploadLimits } from './limits.ts';
import { receiveUpload } from './receive-upload.ts';
import { uploadFromRequest } from './upload-from-request.ts';

let fixture: ServiceFixture;
let owner: Actor;
let other: Actor;
let admin: Actor;
let campaignId: string;
let createCampaign: (input: Record<string, unknown>) => Promise<string>;

beforeAll(async () => {
  fixture = await openServiceFixture();
  await seedDefaults(fixture.db);
  const signIn = async (name: string, role: 'admin' | 'member') => {
    const client = await fixture.signedIn(name, role);
    const actor = await client.actor();
    if (actor === null) throw new Error('not signed in');
    return { client, actor };
  };
  const ownerClient = await signIn('owner', 'member');
  owner = ownerClient.actor;
  other = (await signIn('other', 'member')).actor;
  admin = (await signIn('admin', 'admin')).actor;
  createCampaign = async (input) => {
    const view = await ownerClient.client.call<{ campaignId: string }>(campaignOperations.create, {
      campaignName: 'Uploads',
      campaignType: 'dns',
      input,
    });
    return view.campaignId;
  };
});
afterAll(() => fixture.close());
beforeEach(async () => {
  campaignId = await createCampaign({ source: 'upload' });
});

type Content = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

const streamOf = (content: Content): ReadableStream<Uint8Array> =>
  content instanceof ReadableStream ? content : (new Blob([content]).stream() as ReadableStream<Uint8Array>);

const upload = (
  content: Content,
  more: {
    actor?: Actor | null;
    filename?: string;
    campaignId?: string;
    signal?: AbortSignal;
    sizeHint?: number;
  } = {},
  limits: Partial<UploadLimits> = {},
): Promise<UploadView> => {
  const { actor = owner, ...rest } = more;
  const request = {
    campaignId,
    filename: 'names.txt',
    ipAddress: '192.0.2.1',
    body: streamOf(content),
    ...rest,
  };
  return receiveUpload(fixture.deps, actor, request, limits);
};

const namesOf = async (id = campaignId): Promise<string[]> => {
  const rows = await fixture.db
    .select()
    .from(domains)
    .where(eq(domains.campaignId, id))
    .orderBy(domains.ordinal);
  expect(rows.map((row) => row.ordinal)).toEqual(rows.map((_, index) => index));
  return rows.map((row) => row.name);
};

const campaignRow = async () => {
  const [row] = await fixture.db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  return row;
};

/** Nothing of a failed upload is left, and the campaign is as it was. */
async function expectUntouched(): Promise<void> {
  expect(await namesOf()).toEqual([]);
  expect(await fixture.db.select().from(uploads).where(eq(uploads.campaignId, campaignId))).toEqual([]);
  expect(await fixture.db.select().from(uploadNames)).toEqual([]);
  expect(await campaignRow()).toMatchObject({ version: 1, initialDomains: 0 });
  const seen = await fixture.db.select().from(events).where(eq(events.stream, campaignId));
  expect(seen).toHaveLength(1);
}

test('a file gives the campaign its names in order, with a record, an audit entry and an event', async () => {
  const view = await upload('\uFEFF# mine\r\nb.com\r\nA.com\r\n\r\nb.com\r\nnot a name\r\nhttps://c.com/x', {
    filename: '../../lists/names.txt',
  });
  expect(view).toMatchObject({
    filename: 'names.txt',
    lines: 7,
    accepted: 3,
    duplicates: 1,
    rejected: 1,
    rejections: {
      byReason: { BAD_CHARACTER: 1 },
      first: [{ line: 6, text: 'not a name', reason: 'BAD_CHARACTER' }],
    },
    uploadedBy: owner.userId,
  });
  expect(await namesOf()).toEqual(['b.com', 'a.com', 'c.com']);
  expect(await campaignRow()).toMatchObject({ version: 2, initialDomains: 3 });
  expect(await fixture.db.select().from(uploadNames)).toEqual([]);
  const [audit] = await fixture.db.select().from(auditLogs).where(eq(auditLogs.action, 'campaigns.upload'));
  expect(audit).toMatchObject({
    entityId: campaignId,
    userId: owner.userId,
    details: { accepted: 3, fileId: view.fileId },
  });
  const seen = await fixture.db
    .select()
    .from(events)
    .where(eq(events.stream, campaignId))
    .orderBy(events.seq);
  expect(seen.map((event) => event.seq)).toEqual([1, 2]);
  expect(seen[1]).toMatchObject({ type: 'campaign_changed', payload: { version: 2, change: 'updated' } });
});

test('a second file goes on after the first, without the names that are there', async () => {
  await upload('a.com\nb.com\n');
  const second = await upload('c.com\nb.com\nd.com\nc.com\n');
  expect(second).toMatchObject({ lines: 4, accepted: 2, duplicates: 2, rejected: 0 });
  expect(await namesOf()).toEqual(['a.com', 'b.com', 'c.com', 'd.com']);
  const third = await upload('a.com');
  expect(third).toMatchObject({ accepted: 0, duplicates: 1 });
  expect(await campaignRow()).toMatchObject({ version: 4, initialDomains: 4 });
});

test('uploads that come at the same time do not lose or double a name', async () => {
  const file = (from: number) => Array.from({ length: 500 }, (_, i) => `n${from + i}.com`).join('\n');
  const views = await Promise.all([0, 250, 500].map((from) => upload(file(from))));
  expect(views.reduce((sum, view) => sum + view.accepted, 0)).toBe(1_000);
  expect(new Set(await namesOf()).size).toBe(1_000);
});

test('chunks of a large file are one list, with exact counts', async () => {
  // 25,000 distinct names in blocks that overlap, so that duplicates fall within chunks and between them.
  const names = Array.from({ length: 30_000 }, (_, i) => `name-${(i * 7) % 25_000}.com`);
  const view = await upload(names.join('\r\n'));
  expect(view).toMatchObject({ lines: 30_000, accepted: 25_000, duplicates: 5_000, rejected: 0 });
  expect(await namesOf()).toEqual([...new Set(names)]);
  expect(await fixture.db.select().from(uploadNames)).toEqual([]);
});

test('a hundred thousand duplicates are one name', async () => {
  const view = await upload('same.com\n'.repeat(100_000));
  expect(view).toMatchObject({ lines: 100_000, accepted: 1, duplicates: 99_999 });
});

test.each([
  ['NUL', 'a.com\nb\0.com\n'],
  ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0, 0x2e, 0, 0x63, 0])],
  [
    'not UTF-8, after many names',
    new Uint8Array([...new TextEncoder().encode(manyNames(12_000)), 0xff, 0x0a]),
  ],
  ['nothing', ''],
  ['only comments', '# a\n\n# b\n'],
  ['no names at all', '<html>\n<body>\n'],
])('a file with %s is refused and leaves nothing', async (_what, content) => {
  await expect(upload(content)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'file' });
  await expectUntouched();
});

test('a file of another kind is refused by its name', async () => {
  await expect(upload('a.com', { filename: 'names.csv' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'file',
  });
  await expectUntouched();
});

test('files beyond the limits are refused and leave nothing', async () => {
  const tooLarge = { code: 'PAYLOAD_TOO_LARGE', status: 413, field: 'file' };
  await expect(upload(manyNames(12_000), {}, { maxBytes: 150_000 })).rejects.toMatchObject(tooLarge);
  await expect(upload('a.com', { sizeHint: 2_000 }, { maxBytes: 1_000 })).rejects.toMatchObject(tooLarge);
  await expect(upload(manyNames(12_000), {}, { maxNames: 11_000 })).rejects.toMatchObject(tooLarge);
  await expectUntouched();
  await upload('a.com\nb.com', {}, { maxNames: 3 });
  await expect(upload('b.com\nc.com\nd.com', {}, { maxNames: 3 })).rejects.toMatchObject(tooLarge);
  expect(await namesOf()).toEqual(['a.com', 'b.com']);
});

test('only who sees the campaign may upload, and only while it waits for it', async () => {
  await expect(upload('a.com', { actor: null })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(upload('a.com', { actor: { ...owner, mustChangePassword: true } })).rejects.toMatchObject({
    code: 'PASSWORD_CHANGE_REQUIRED',
  });
  await expect(upload('a.com', { actor: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const missing = '01890000-0000-7000-8000-000000000000';
  await expect(upload('a.com', { campaignId: missing })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expectUntouched();
  const list = await createCampaign({ source: 'list', domains: ['a.com'] });
  await expect(upload('b.com', { campaignId: list })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await namesOf(list)).toEqual(['a.com']);

  expect(await upload('a.com', { actor: admin })).toMatchObject({ accepted: 1, uploadedBy: admin.userId });
  await fixture.db.update(campaigns).set({ status: 'active' }).where(eq(campaigns.id, campaignId));
  await expect(upload('b.com')).rejects.toMatchObject({ code: 'CONFLICT' });
});

/** `before`, and once that has been taken in, whatever `then` does to the stream. */
const slowly = (
  before: string,
  then: (controller: ReadableStreamDefaultController<Uint8Array>) => unknown,
) => {
  let begun = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (begun) await then(controller);
        else controller.enqueue(new TextEncoder().encode(before));
        begun = true;
      },
    },
    { highWaterMark: 0 },
  );
};

test('a campaign that starts or goes while the file comes in does not get it', async () => {
  for (const change of [{ status: 'active' as const }, { deletedAt: new Date().toISOString() }]) {
    const body = slowly(manyNames(12_000), async (controller) => {
      await fixture.db.update(campaigns).set(change).where(eq(campaigns.id, campaignId));
      controller.close();
    });
    const code = 'status' in change ? 'CONFLICT' : 'NOT_FOUND';
    await expect(upload(body)).rejects.toMatchObject({ code });
    expect(await namesOf()).toEqual([]);
    expect(await fixture.db.select().from(uploadNames)).toEqual([]);
    await fixture.db.update(campaigns).set({ status: 'pending' }).where(eq(campaigns.id, campaignId));
  }
});

test('an upload that breaks, is aborted or stalls leaves nothing', async () => {
  const broken = slowly(manyNames(12_000), (controller) => controller.error(new Error('socket closed')));
  await expect(upload(broken)).rejects.toMatchObject({ code: 'MALFORMED_REQUEST', field: 'file' });

  const abort = new AbortController();
  const aborted = slowly(manyNames(12_000), () => {
    abort.abort();
    return new Promise(() => {});
  });
  await expect(upload(aborted, { signal: abort.signal })).rejects.toMatchObject({
    code: 'MALFORMED_REQUEST',
  });

  const silent = slowly(manyNames(12_000), () => new Promise(() => {}));
  await expect(upload(silent, {}, { idleTimeoutMs: 50 })).rejects.toMatchObject({
    code: 'MALFORMED_REQUEST',
    message: expect.stringContaining('stalled'),
  });
  await expectUntouched();
});

test('names that a restart of the database has wiped out are noticed', async () => {
  const body = slowly(manyNames(12_000), async (controller) => {
    await fixture.db.delete(uploadNames);
    controller.close();
  });
  await expect(upload(body)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expectUntouched();
});

const formRequest = (form: FormData): Request =>
  new Request('http://localhost/upload', { method: 'POST', body: form });
const fromRequest = (request: Request, limits: Partial<UploadLimits> = {}): Promise<UploadView> =>
  uploadFromRequest(fixture.deps, owner, { campaignId, request, ipAddress: null }, limits);

test('a form is read as a stream', async () => {
  const form = new FormData();
  form.append('note', 'before the file');
  form.append('file', new File([manyNames(25_000)], '../names.txt', { type: 'text/plain' }));
  form.append('after', 'the file');
  expect(await fromRequest(formRequest(form))).toMatchObject({ filename: 'names.txt', accepted: 25_000 });
  expect((await namesOf()).slice(0, 2)).toEqual(['name-0.com', 'name-1.com']);
});

test('other requests are refused', async () => {
  const json = new Request('http://localhost/', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  await expect(fromRequest(json)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  await expect(fromRequest(formRequest(new FormData()))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'file',
  });
  const textField = new FormData();
  textField.append('file', 'a.com');
  await expect(fromRequest(formRequest(textField))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'file',
  });
  const cut = new Request('http://localhost/', {
    method: 'POST',
    body: '--XX\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\na.com\r\nb.com\r\n',
    headers: { 'content-type': 'multipart/form-data; boundary=XX' },
  });
  await expect(fromRequest(cut)).rejects.toMatchObject({ code: 'MALFORMED_REQUEST' });
  const large = new FormData();
  large.append('file', new File([manyNames(12_000)], 'names.txt'));
  await expect(fromRequest(formRequest(large), { maxBytes: 10_000 })).rejects.toMatchObject({ status: 413 });
  await expectUntouched();
});

function manyNames(count: number): string {
  return Array.from({ length: count }, (_, i) => `name-${i}.com`).join('\n');
}
