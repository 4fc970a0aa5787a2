import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyOf, closeServers, detailOf, respond, serve, visit } from './testing/raw-server.ts';

afterEach(closeServers);

describe('framing', () => {
  it('reads a response that comes octet by octet, interim responses and chunk extensions included', async () => {
    const text =
      'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '4;name=value\r\nWiki\r\n6\r\npedia!\r\n0\r\nX-Trailer: 1\r\n\r\n';
    const port = await serve(async (socket) => {
      for (const octet of text) {
        socket.write(octet, 'latin1');
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const outcome = await visit(port);
    expect([outcome.verdict, bodyOf(outcome), outcome.response?.truncated]).toEqual([
      'OK',
      'Wikipedia!',
      false,
    ]);
  });

  it('reads chunked coding that is said twice', async () => {
    const head = '200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: Chunked';
    const outcome = await visit(await respond(head, '4\r\nWiki\r\n0\r\n\r\n'));
    expect([outcome.verdict, bodyOf(outcome)]).toEqual(['OK', 'Wiki']);
  });

  it('reads chunks whose lines end without carriage returns', async () => {
    const outcome = await visit(
      await respond('200 OK\r\nTransfer-Encoding: chunked', '4\nWiki\n6;x\npedia!\r\n0\n\n'),
    );
    expect([outcome.verdict, bodyOf(outcome), outcome.response?.truncated]).toEqual([
      'OK',
      'Wikipedia!',
      false,
    ]);
  });

  it.each([
    ['gzip, chunked', '', gzipSync('Wiki')],
    ['gzip', '', gzipSync('Wiki')],
    ['Deflate,Chunked', '', deflateSync('Wiki')],
    ['gzip, chunked', 'br', gzipSync(brotliCompressSync('Wiki'))],
    ['identity, chunked', 'gzip', gzipSync('Wiki')],
  ])('undoes what was compressed for the transfer: %s', async (transfer, content, octets) => {
    const head = `200 OK\r\nTransfer-Encoding: ${transfer}\r\nContent-Encoding: ${content}`;
    const [before, after] = /chunked/i.test(transfer)
      ? [`${octets.length.toString(16)}\r\n`, '\r\n0\r\n\r\n']
      : ['', ''];
    const body = Buffer.concat([Buffer.from(before), octets, Buffer.from(after)]);
    const outcome = await visit(await respond(head, body));
    expect([outcome.verdict, bodyOf(outcome), outcome.response?.truncated]).toEqual(['OK', 'Wiki', false]);
  });

  it.each([
    'chunked, gzip',
    'compress, chunked',
    'gzip, gzip, gzip, chunked',
    'chunkedx',
    `${'gzip,'.repeat(9_000)}x`,
  ])('refuses the transfer coding %.40s', async (coding) => {
    const outcome = await visit(
      await respond(`200 OK\r\nTransfer-Encoding: ${coding}`, '4\r\nWiki\r\n0\r\n\r\n'),
    );
    expect([outcome.verdict, detailOf(outcome)]).toEqual([
      'ERROR',
      expect.stringMatching(/coding|content encoding/),
    ]);
  });

  it.each([
    ['a sign', '+4\r\nWiki\r\n0\r\n\r\n'],
    ['a blank before the size', ' 4\r\nWiki\r\n0\r\n\r\n'],
    ['a chunk longer than its size', '3\r\nWiki\r\n0\r\n\r\n'],
    ['a size of 13 digits', '1000000000000\r\nWiki\r\n0\r\n\r\n'],
    ['no size', '\r\nWiki\r\n0\r\n\r\n'],
    ['a size line without end', '1'.repeat(9_000)],
  ])('refuses chunked coding with %s', async (_, body) => {
    const outcome = await visit(await respond('200 OK\r\nTransfer-Encoding: chunked', body));
    expect(outcome.verdict).toBe('ERROR');
    expect(detailOf(outcome)).toMatch(/chunk/i);
  });

  it.each(['-1', '1, 2', '1e3', '99999999999999999999'])('refuses a Content-Length of %s', async (length) => {
    const outcome = await visit(await respond(`200 OK\r\nContent-Length: ${length}`, 'x'));
    expect([outcome.verdict, detailOf(outcome)]).toEqual([
      'ERROR',
      expect.stringContaining('Content-Length'),
    ]);
  });

  it('keeps what came of a body that the peer cut, by the status of its head', async () => {
    const outcome = await visit(await respond('200 OK\r\nContent-Length: 100', 'short'));
    expect([outcome.verdict, bodyOf(outcome), outcome.response?.truncated]).toEqual(['OK', 'short', true]);
  });

  it.each([
    ['a length that is too large', 'Content-Length: 100', '<html>page</html>\n'],
    ['no length, and a connection that is left open', 'Connection: keep-alive', '<html>page</HTML >'],
    ['chunks without end', 'Transfer-Encoding: chunked', '11\r\n<html>page</html>\r\n'],
  ])('keeps a page that has come in whole when time is up, with %s', async (_, field, body) => {
    const port = await serve((socket) => socket.write(`HTTP/1.1 200 OK\r\n${field}\r\n\r\n${body}`));
    const outcome = await visit(port, { timeoutMs: 300 });
    expect([outcome.verdict, bodyOf(outcome).trim(), outcome.response?.truncated]).toEqual([
      'OK',
      expect.stringMatching(/^<html>page<.html ?>$/i),
      true,
    ]);
    const part = await serve((socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n<html>page`));
    expect((await visit(part, { timeoutMs: 300 })).verdict).toBe('TIMEOUT');
  });

  it.each(['\n\r\n', '\r\n\n', '\n\n'])('finds the end of a head whose lines end in %j', async (end) => {
    const port = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html');
      for (const octet of end) socket.write(octet);
      socket.end('page');
    });
    const { verdict, response } = await visit(port);
    expect([verdict, response?.headers['content-type']]).toEqual(['OK', 'text/html']);
    expect(Buffer.from(response?.body ?? []).toString()).toBe('page');
  });

  it('reads to the end of the connection where nothing tells the length', async () => {
    const outcome = await visit(await respond('200 OK', 'to the end'));
    expect([bodyOf(outcome), outcome.response?.truncated]).toEqual(['to the end', false]);
  });
});

describe('caps', () => {
  it('refuses a head without end, in one field or in many, at 64 KiB', async () => {
    let sent = 0;
    const flood = (piece: string) =>
      serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const more = (): void => {
          while (!socket.destroyed && sent < 100_000_000) {
            sent += piece.length;
            if (!socket.write(piece)) return void socket.once('drain', more);
          }
        };
        more();
      });
    for (const piece of ['a'.repeat(10_000), `X-Field: ${'b'.repeat(1_000)}\r\n`]) {
      sent = 0;
      const outcome = await visit(await flood(piece));
      expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringContaining('65536')]);
      expect(sent).toBeLessThan(20_000_000);
    }
  });

  it('refuses interim responses without end', async () => {
    const port = await serve((socket) => {
      const more = (): void => {
        while (!socket.destroyed) {
          if (!socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(50)))
            return void socket.once('drain', more);
        }
      };
      more();
    });
    const outcome = await visit(port);
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringContaining('65536')]);
  });

  it('stops a body without end at the cap and closes the connection', async () => {
    let closed: Promise<void> = Promise.resolve();
    const port = await serve((socket) => {
      closed = new Promise((resolve) => socket.once('close', () => resolve()));
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = (): void => {
        while (!socket.destroyed)
          if (!socket.write('x'.repeat(65_536))) return void socket.once('drain', more);
      };
      more();
    });
    const outcome = await visit(port, { maxBodyBytes: 100_000 });
    await closed;
    expect([outcome.verdict, outcome.response?.body.length, outcome.response?.truncated]).toEqual([
      'OK',
      100_000,
      true,
    ]);
  });

  it('does not call a body of just the cap truncated', async () => {
    const port = await respond('200 OK\r\nContent-Length: 2048', 'x'.repeat(2048));
    expect((await visit(port, { maxBodyBytes: 2048 })).response?.truncated).toBe(false);
  });

  const zeros = Buffer.alloc(60_000_000);
  it.each([
    ['gzip', 'gzip', gzipSync(zeros)],
    ['br', 'br', brotliCompressSync(zeros)],
    ['gzip in gzip', 'gzip, gzip', gzipSync(gzipSync(zeros))],
    ['br in gzip', 'br, gzip', gzipSync(brotliCompressSync(zeros))],
  ])('stops a decompression bomb (%s) at the cap', async (_, encoding, bomb) => {
    const port = await respond(
      `200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${bomb.length}`,
      bomb,
    );
    const before = process.memoryUsage.rss();
    const outcome = await visit(port);
    expect([outcome.verdict, outcome.response?.body.length, outcome.response?.truncated]).toEqual([
      'OK',
      262_144,
      true,
    ]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(48 * 1_048_576);
  });

  it('undoes two encodings and refuses three, and those it does not know', async () => {
    const twice = gzipSync(brotliCompressSync('hello'));
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: br, gzip', twice));
    expect(bodyOf(outcome)).toBe('hello');
    for (const encoding of ['gzip, gzip, gzip', 'sdch']) {
      const refused = await visit(await respond(`200 OK\r\nContent-Encoding: ${encoding}`, twice));
      expect([refused.verdict, detailOf(refused)]).toEqual(['ERROR', expect.stringMatching(/encoding/)]);
    }
  });

  it('passes over what is no encoding at all', async () => {
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: utf-8, gzip', gzipSync('hello')));
    expect([outcome.verdict, bodyOf(outcome)]).toEqual(['OK', 'hello']);
  });

  it.each([
    ['gzip', gzipSync('hello')],
    ['br', brotliCompressSync('hello')],
    ['deflate', deflateSync('hello')],
  ])('keeps what came before garbage behind a small %s body', async (encoding, body) => {
    const garbage = Buffer.concat([body, Buffer.from('garbage, and more of it than a piece has')]);
    const outcome = await visit(await respond(`200 OK\r\nContent-Encoding: ${encoding}`, garbage));
    expect([outcome.verdict, bodyOf(outcome)]).toEqual(['OK', 'hello']);
  });

  it('keeps the readable beginning of a small compressed body that is damaged', async () => {
    const whole = gzipSync(Array.from({ length: 2_000 }, (_, i) => `line ${i}`).join('\n'));
    whole.fill(0xff, whole.length - 60);
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: gzip', whole));
    expect(bodyOf(outcome)).toMatch(/^line 0\nline 1\n[^]*\nline 1500\n/);
  });

  it('reads a page whose type is nonsense, and one with a redirect to nowhere', async () => {
    for (const head of ['200 OK\r\nContent-Type: ;;;html', '302 Found\r\nLocation: ']) {
      const outcome = await visit(await respond(head, 'hello'));
      expect([outcome.verdict, bodyOf(outcome)]).toEqual(['OK', 'hello']);
    }
  });

  it('keeps the readable beginning of a compressed body that was cut', async () => {
    const whole = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n')));
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: gzip', whole.subarray(0, 20_000)));
    expect(outcome.verdict).toBe('OK');
    expect(bodyOf(outcome)).toMatch(/^line 0\nline 1\n/);
  });

  it('calls a body that is not what its encoding says malformed', async () => {
    const outcome = await visit(await respond('200 OK\r\nContent-Encoding: gzip', 'not gzip at all'));
    expect([outcome.verdict, detailOf(outcome)]).toEqual(['ERROR', expect.stringContaining('gzip')]);
  });

  it('does not read what is no text', async () => {
    const outcome = await visit(
      await respond('200 OK\r\nContent-Type: image/png\r\nContent-Length: 9', 'pngpngpng'),
    );
    expect([outcome.verdict, outcome.response?.body.length]).toEqual(['OK', 0]);
  });
});

describe('deadline', () => {
  const timed = async (run: Promise<SiteOutcome>): Promise<[string, number]> => {
    const startedMs = performance.now();
    const { verdict } = await run;
    return [verdict, performance.now() - startedMs];
  };
  const drip = (prefix: string, everyMs = 20) =>
    serve((socket) => {
      socket.write(prefix);
      const timer = setInterval(() => socket.write('a'), everyMs);
      socket.on('close', () => clearInterval(timer));
    });

  it.each([
    ['silence', ''],
    ['a head that drips', 'HTTP/1.1 200 OK\r\nX-Padding: '],
    ['a body that drips', 'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n'],
  ])('ends %s at the deadline', async (what, prefix) => {
    const port = what === 'silence' ? await serve(() => {}) : await drip(prefix);
    const [verdict, elapsedMs] = await timed(visit(port, { timeoutMs: 400 }));
    expect(verdict).toBe('TIMEOUT');
    expect(elapsedMs).toBeGreaterThan(350);
    expect(elapsedMs).toBeLessThan(1_400);
  });

  it('gives up a body that trickles before the deadline, unless the persona does not', async () => {
    const prefix = 'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n';
    const [port, patient] = await Promise.all([drip(prefix, 500), drip(prefix, 500)]);
    const [outcome, [verdict, elapsedMs]] = await Promise.all([
      visit(port, { timeoutMs: 60_000 }),
      timed(visit(patient, { timeoutMs: 4_500, minimumBytesPerSecond: 0 })),
    ]);
    expect([outcome.verdict, detailOf(outcome)]).toEqual([
      'TIMEOUT',
      expect.stringMatching(/trickled: \d oct/),
    ]);
    expect(outcome.hops.at(-1)?.failure?.afterHead).toBe(true);
    expect(verdict).toBe('TIMEOUT');
    expect(elapsedMs).toBeGreaterThan(4_400);
  }, 20_000);

  it('leaves time for http where https hangs', async () => {
    const [hanging, plain] = await Promise.all([
      serve(() => {}),
      respond('200 OK\r\nContent-Length: 2', 'ok'),
    ]);
    const outcome = await visit(plain, { httpsPort: hanging, timeoutMs: 500 });
    expect([outcome.verdict, outcome.response?.finalUrl]).toEqual(['OK', 'http://hostile.example/']);
    expect(outcome.hops[0]?.failure?.reason).toBe('TIMEOUT');
  });

  it('rejects with the reason of an abort, at once, and closes the connection', async () => {
    let closed: Promise<void> = Promise.resolve();
    const abort = new AbortController();
    const port = await serve((socket) => {
      closed = new Promise((resolve) => socket.once('close', () => resolve()));
      abort.abort(new Error('paused'));
    });
    await expect(visit(port, { signal: abort.signal, timeoutMs: 60_000 })).rejects.toThrow('paused');
    await closed;
  });

  it('gives up a lookup that hangs', async () => {
    const lookup = (): Promise<string[]> => new Promise(() => {});
    const [verdict, elapsedMs] = await timed(visit(1, { addresses: [], lookup, timeoutMs: 300 }));
    expect(verdict).toBe('TIMEOUT');
    expect(elapsedMs).toBeLessThan(1_300);
  });
});
