import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openServiceFixture,
  type ServiceFixture,
  type TestClient,
} from '../accounts/testing/service-fixture.ts';
import { suppressionOperations } from './operations.ts';

let fixture: ServiceFixture;
let member: TestClient;
beforeAll(async () => {
  fixture = await openServiceFixture();
  member = await fixture.signedIn('member', 'member');
  await member.call(suppressionOperations.create, { entries: ['Münch.de', 'jane@firm.com'] });
});
afterAll(() => fixture.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test.each([
  ['münch.de', 'xn--mnch-0ra.de'],
  ['MÜNCH.DE.', 'xn--mnch-0ra.de'],
  ['https://www.münch.de/contact?x=1', 'xn--mnch-0ra.de'],
  ['@münch.de', 'xn--mnch-0ra.de'],
  ['Anna@shop.münch.de', 'xn--mnch-0ra.de'],
  ['xn--mnch-0ra.de', 'xn--mnch-0ra.de'],
  [' Jane@FIRM.com ', 'jane@firm.com'],
  [sha256('jane@firm.com').toUpperCase(), 'jane@firm.com'],
  ['firm.com', null],
  ['mary.jane@firm.com', null],
  ['h.de', null],
  ['nonsense', null],
])('%s is covered by %s', async (covering, value) => {
  const { items, total } = await member.call<{ items: { value: string }[]; total: number }>(
    suppressionOperations.list,
    { covering },
  );
  expect(items.map((item) => item.value)).toEqual(value === null ? [] : [value]);
  expect(total).toBe(items.length);
});
