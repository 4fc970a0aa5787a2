import { expect, test } from 'vitest';
import { type AssetFile, serveAssets } from './static-assets.ts';

const file = (text: string, gzip = false): AssetFile => ({
  bytes: new TextEncoder().encode(text),
  gzip: gzip ? new Uint8Array([31, 139]) : null,
});

const serve = serveAssets(
  new Map([
    ['/index.html', file('<!doctype html>')],
    ['/assets/index-ImfCEfy7.js', file('script', true)],
    ['/theme.js', file('theme')],
  ]),
);
const get = (path: string, headers: Record<string, string> = {}) =>
  serve(new Request(`http://domainflow.test${path}`, { headers }));

test('files with a hash in their name are kept for ever, others are asked for again', async () => {
  const hashed = await get('/assets/index-ImfCEfy7.js');
  expect(hashed?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(hashed?.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await get('/theme.js'))?.headers.get('cache-control')).toBe('no-cache');
});

test('gzip for those who take it', async () => {
  const zipped = await get('/assets/index-ImfCEfy7.js', { 'accept-encoding': 'gzip, br' });
  expect(zipped?.headers.get('content-encoding')).toBe('gzip');
  expect(zipped?.headers.get('content-length')).toBe('2');
  expect((await get('/assets/index-ImfCEfy7.js'))?.headers.get('content-encoding')).toBeNull();
});

test("the app's own paths get its page; missing files, and paths out of the folder, get nothing", async () => {
  expect(await (await get('/campaigns/42?tab=leads'))?.text()).toBe('<!doctype html>');
  expect(await (await get('/domains/example.com', { accept: 'text/html,*/*' }))?.text()).toContain('html');
  expect(await get('/domains/example.com')).toBeNull();
  expect(await get('/assets/gone-12345678.js', { accept: 'text/html' })).toBeNull();
  expect(await get('/..%2f..%2fetc%2fpasswd.txt')).toBeNull();
});
