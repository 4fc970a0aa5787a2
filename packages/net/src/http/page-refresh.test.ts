import { afterEach, expect, it } from 'vitest';
import { closeServers, detailOf, serve, visit } from './testing/raw-server.ts';

afterEach(closeServers);

/** A server with these pages by path, `Host` before it where the page is another host's; 404 for all others. */
async function site(pages: Record<string, string>, heads: Record<string, string> = {}) {
  const seen: string[] = [];
  const port = await serve((socket, request) => {
    const path = /^GET (\S+)/.exec(request)?.[1] ?? '';
    const host = /Host: (\S+)/.exec(request)?.[1] ?? '';
    const key = host === 'hostile.example' ? path : `${host}${path}`;
    seen.push(key);
    const page = pages[key];
    const status = page === undefined ? '404 Not Found' : '200 OK';
    socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/html\r\n${heads[key] ?? ''}\r\n${page ?? ''}`);
  });
  return { port, seen };
}

const refresh = (content: string) =>
  `<html><head><meta http-equiv="Refresh" content="${content}"></head></html>`;

it('goes where a page leads by itself, and tells it of the hop', async () => {
  const { port } = await site({
    '/': refresh('0; url=home/index.html'),
    '/home/index.html': refresh('3;URL=//www.hostile.example/'),
    'www.hostile.example/': '<title>Home</title>',
  });
  const outcome = await visit(port, { schemes: 'http_only' });
  expect([outcome.verdict, outcome.response?.finalUrl]).toEqual(['OK', 'http://www.hostile.example/']);
  expect(outcome.hops.map(({ url, statusCode, refresh }) => [url, statusCode, refresh])).toEqual([
    ['http://hostile.example/', 200, 'meta'],
    ['http://hostile.example/home/index.html', 200, 'meta'],
    ['http://www.hostile.example/', 200, undefined],
  ]);
});

it('goes by the field of the head', async () => {
  const { port } = await site({ '/': 'wait', '/a': 'end' }, { '/': 'Refresh: 0; url=/a\r\n' });
  const outcome = await visit(port, { schemes: 'http_only' });
  expect([outcome.response?.finalUrl, outcome.hops[0]?.refresh]).toEqual([
    'http://hostile.example/a',
    'header',
  ]);
});

it('goes where a script leads that the page has nothing beside', async () => {
  const { port } = await site({
    '/': '<html><script>window.location.href = "start.php";</script></html>',
    '/start.php': `<title>Start</title><p>${'Kitchens. '.repeat(20)}<script>location.href = "/x"</script>`,
  });
  const outcome = await visit(port, { schemes: 'http_only' });
  expect([outcome.response?.finalUrl, outcome.hops.map(({ refresh }) => refresh)]).toEqual([
    'http://hostile.example/start.php',
    ['script', undefined],
  ]);
});

it('counts as a redirect: limit, failures of where it leads, robots.txt', async () => {
  const chain = await site({
    '/': refresh('0;url=/1'),
    '/1': refresh('0;url=/2'),
    '/2': refresh('0;url=/3'),
  });
  const tooMany = await visit(chain.port, { maxRedirects: 2, schemes: 'http_only' });
  expect([tooMany.verdict, detailOf(tooMany)]).toEqual(['ERROR', 'More than 2 redirects']);
  const lost = await site({ '/': refresh('0;url=/gone') });
  expect((await visit(lost.port)).verdict).toBe('NOT_FOUND');
  const denied = await site({
    '/': refresh('0;url=/private/'),
    '/private/': 'secret',
    '/robots.txt': 'User-agent: *\nDisallow: /private/',
  });
  const outcome = await visit(denied.port, { robots: 'obey' });
  expect([outcome.verdict, denied.seen.includes('/private/')]).toEqual(['ROBOTS_DENIED', false]);
  expect(
    outcome.hops.slice(-2).map(({ url, statusCode, failure }) => [url, statusCode, failure?.reason]),
  ).toEqual([
    ['http://hostile.example/', 200, undefined],
    ['http://hostile.example/private/', null, 'ROBOTS_DENIED'],
  ]);
});

it.each(['http://127.0.0.1/', 'http://169.254.169.254/latest', '//[::1]/', 'http://inside.example/'])(
  'asks the guard for %s',
  async (target) => {
    const { port, seen } = await site({ '/': refresh(`0;url=${target}`) });
    const outcome = await visit(port, { lookup: async () => ['10.0.0.1'], schemes: 'http_only' });
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringMatching(/^Refused: /)]);
    expect(seen).toEqual(['/']);
  },
);

it('obeys what the persona says of redirects', async () => {
  const pages = { '/': refresh('0;url=http://other.example/'), 'other.example/': 'other' };
  const end = async (redirects: 'any' | 'same_domain' | 'none', content = pages) =>
    (await visit((await site(content)).port, { redirects, schemes: 'http_only' })).response?.finalUrl;
  expect(await end('any')).toBe('http://other.example/');
  expect(await end('same_domain')).toBe('http://hostile.example/');
  const within = { '/': refresh('0;url=http://www.hostile.example/'), 'www.hostile.example/': 'x' };
  expect(await end('same_domain', within as never)).toBe('http://www.hostile.example/');
  expect(await end('none', within as never)).toBe('http://hostile.example/');
});

it('stays with a page that loads itself again, that comes back, or that waits', async () => {
  for (const pages of [
    { '/': refresh('2') },
    { '/': refresh('0;url=/#top') },
    { '/': refresh('30;url=/a'), '/a': 'never' },
    { '/': refresh('0;url=ftp://hostile.example/') },
  ]) {
    const { port, seen } = await site(pages as Record<string, string>);
    const outcome = await visit(port, { schemes: 'http_only' });
    expect([outcome.verdict, seen, outcome.hops[0]?.refresh]).toEqual(['OK', ['/'], undefined]);
  }
  const { port } = await site({ '/': refresh('0;url=/a'), '/a': refresh('0;url=/') });
  expect((await visit(port)).response?.finalUrl).toBe('http://hostile.example/a');
});

it('loads a page again with the cookie that it has given', async () => {
  const port = await serve((socket, request) =>
    socket.end(
      /Cookie: seen=1/.test(request)
        ? 'HTTP/1.1 200 OK\r\n\r\nend'
        : `HTTP/1.1 200 OK\r\nSet-Cookie: seen=1\r\n\r\n${refresh('0')}`,
    ),
  );
  const outcome = await visit(port, { cookies: 'per_visit', schemes: 'http_only' });
  expect([outcome.hops.length, Buffer.from(outcome.response?.body ?? []).toString()]).toEqual([2, 'end']);
});

it('reads no refresh of what is no page, or of errors', async () => {
  const { port, seen } = await site({ '/': refresh('0;url=/a') }, { '/': '' });
  expect((await visit(port, { schemes: 'http_only' })).verdict).toBe('NOT_FOUND');
  expect(seen).toEqual(['/', '/a']);
  const json = await serve((socket) =>
    socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${refresh('0;url=/a')}`),
  );
  expect((await visit(json, { schemes: 'http_only' })).hops).toHaveLength(1);
  const error = await serve((socket) => socket.end(`HTTP/1.1 404 No\r\nRefresh: 0;url=/a\r\n\r\n`));
  expect((await visit(error, { schemes: 'http_only' })).hops).toHaveLength(1);
});
