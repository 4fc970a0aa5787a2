import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaryOf, parsePartHeader } from './multipart-header.ts';
import { MultipartReader } from './multipart-reader.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* inPieces(
  bytes: Uint8Array,
  sizes: () => number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(1, sizes());
    yield bytes.slice(at, at + size);
    at += size;
  }
}

async function readAll(
  body: string | Uint8Array,
  sizes: () => number = () => 7,
): Promise<{ name: string; filename: string | null; text: string }[]> {
  const bytes = typeof body === 'string' ? encode(body) : body;
  const form = new MultipartReader(inPieces(bytes, sizes), 'XX');
  const parts = [];
  for (let part = await form.nextPart(); part !== null; part = await form.nextPart()) {
    const decoder = new TextDecoder();
    let text = '';
    for (let piece = await form.readPart(); piece !== null; piece = await form.readPart()) {
      text += decoder.decode(piece, { stream: true });
    }
    parts.push({ ...part, text });
  }
  return parts;
}

const field = (name: string, text: string, more = ''): string =>
  `--XX\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${text}\r\n`;

describe('MultipartReader', () => {
  test('gives the parts in order, whatever pieces they come in', async () => {
    const body = `preamble\r\n${field('a', 'one')}${field('file', 'x\r\ny\r\n--X', '; filename="n.txt"')}--XX--\r\nepilogue`;
    for (const size of [1, 2, 3, 5, 64, 10_000]) {
      expect(await readAll(body, () => size)).toEqual([
        { name: 'a', filename: null, text: 'one' },
        { name: 'file', filename: 'n.txt', text: 'x\r\ny\r\n--X' },
      ]);
    }
  });

  test('gives back any content that a platform encodes, cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constantFrom('\r\n', '\r', '\n', '\r\n--', '\r\n--X', '-'),
            fc.string({ maxLength: 20 }),
          ),
        ),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (pieces, sizes) => {
          const content = pieces.join('');
          // Whoever encodes a form chooses a boundary that its content does not hold.
          fc.pre(!`\r\n${content}`.includes('\r\n--XX'));
          let turn = 0;
          const parts = await readAll(`${field('file', content, '; filename="a.txt"')}--XX--\r\n`, () => {
            turn = (turn + 1) % sizes.length;
            return sizes[turn] ?? 1;
          });
          expect(parts).toEqual([{ name: 'file', filename: 'a.txt', text: content }]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('reads what the platform itself writes', async () => {
    const form = new FormData();
    form.append('note', 'ü');
    form.append('file', new File(['eins\r\nzwei'], 'l "1".txt'));
    const request = new Request('http://localhost/', { method: 'POST', body: form });
    const boundary = boundaryOf(request.headers.get('content-type')) ?? '';
    const bytes = new Uint8Array(await request.arrayBuffer());
    const reader = new MultipartReader(
      inPieces(bytes, () => 9),
      boundary,
    );
    expect(await reader.nextPart()).toEqual({ name: 'note', filename: null });
    expect(await reader.nextPart()).toEqual({ name: 'file', filename: 'l "1".txt' });
  });

  test('takes empty parts, parts without headers, and padding after a delimiter', async () => {
    expect(await readAll(`${field('empty', '')}--XX  \r\n\r\nbare\r\n--XX--`)).toEqual([
      { name: 'empty', filename: null, text: '' },
      { name: '', filename: null, text: 'bare' },
    ]);
    expect(await readAll('--XX--')).toEqual([]);
  });

  test.each([
    ['', 'cut off'],
    ['no delimiter at all', 'cut off'],
    ['--XX\r\nContent-Disposition: form-data; name="a"', 'cut off'],
    [field('a', 'no end'), 'cut off'],
    [`--XX\r\n${'h'.repeat(20_000)}`, 'headers'],
    [field('a', 'y').repeat(101), 'parts'],
    ['x'.repeat(1_100_000), 'besides the file'],
  ])('refuses what is broken: %#', async (body, message) => {
    const form = new MultipartReader(
      inPieces(encode(body), () => 65_536),
      'XX',
    );
    const skipAll = async () => {
      while ((await form.nextPart()) !== null);
    };
    await expect(skipAll()).rejects.toMatchObject({
      code: 'MALFORMED_REQUEST',
      message: expect.stringContaining(message),
    });
  });
});

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['Multipart/Form-Data; charset=utf-8; Boundary="a b"', 'a b'],
  ['multipart/form-data', null],
  ['multipart/mixed; boundary=abc', null],
  ['text/plain', null],
  [`multipart/form-data; boundary=${'a'.repeat(71)}`, null],
  [null, null],
])('the boundary of %j is %j', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});

test.each([
  ['Content-Disposition: form-data; name="file"; filename="a.txt"', { name: 'file', filename: 'a.txt' }],
  ['content-disposition:form-data;name=file;filename=a.txt', { name: 'file', filename: 'a.txt' }],
  [
    'X: y\r\nContent-Disposition: form-data; name="f"; filename="a\\"b.txt"',
    { name: 'f', filename: 'a"b.txt' },
  ],
  [
    'Content-Disposition: form-data; name="f"; filename="C:\\dir\\a.txt"',
    { name: 'f', filename: 'C:\\dir\\a.txt' },
  ],
  [
    'Content-Disposition: form-data; name="f"; filename="x.txt"; filename*=UTF-8\'\'%C3%BC.txt',
    { name: 'f', filename: 'ü.txt' },
  ],
  ['Content-Disposition: attachment; name="f"', null],
  ['', null],
])('the header %j is read', (block, header) => {
  expect(parsePartHeader(block)).toEqual(header);
});
