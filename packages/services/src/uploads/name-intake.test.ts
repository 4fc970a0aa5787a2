import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from './line-splitter.ts';
import { NameIntake } from './name-intake.ts';
import { uploadFilename } from './upload-filename.ts';

const bytesOf = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  );

function read(
  bytes: Uint8Array,
  pieceBytes = bytes.length || 1,
): NameIntake & { chunk: { names: string[]; lines: number[] } } {
  const intake = new NameIntake();
  for (let at = 0; at < bytes.length; at += pieceBytes) intake.push(bytes.subarray(at, at + pieceBytes));
  intake.end();
  return Object.assign(intake, { chunk: intake.takeChunk() });
}

test.each([
  ['LF', 'a.com\nb.com\nc.com\n'],
  ['CRLF', 'a.com\r\nb.com\r\nc.com\r\n'],
  ['CR only', 'a.com\rb.com\rc.com\r'],
  ['no last line end', 'a.com\nb.com\r\nc.com'],
  ['a byte order mark', '\uFEFFa.com\nb.com\nc.com'],
])('lines that end with %s are read, byte by byte too', (_what, text) => {
  for (const pieceBytes of [1, 2, 3, 1_000]) {
    const intake = read(bytesOf(text), pieceBytes);
    expect(intake.chunk).toEqual({ names: ['a.com', 'b.com', 'c.com'], lines: [1, 2, 3] });
    expect(intake.lines).toBe(3);
  }
});

test('comments and blank lines are passed over, names are normalised, the first line of a name counts', () => {
  const intake = read(
    bytesOf('# list\n\n  MÜNCHEN.de.  \n\t\n  # more\nhttps://a.com/x\nxn--mnchen-3ya.de\n'),
  );
  expect(intake.chunk).toEqual({ names: ['xn--mnchen-3ya.de', 'a.com'], lines: [3, 6] });
  expect(intake).toMatchObject({ lines: 7, named: 3, rejected: 0 });
});

test('rejected lines are counted by reason, the first of them kept', () => {
  const bad = Array.from({ length: 30 }, (_, i) => `not a name ${i}`).join('\n');
  const intake = read(bytesOf(`ok.com\n${bad}\n1.2.3.4\n${'😀'.repeat(100)}.nosuchtld\n`));
  expect(intake.rejected).toBe(32);
  expect(intake.rejections.byReason).toMatchObject({ BAD_CHARACTER: 30, IP_ADDRESS: 1 });
  expect(intake.rejections.first).toHaveLength(20);
  expect(intake.rejections.first[0]).toEqual({ line: 2, text: 'not a name 0', reason: 'BAD_CHARACTER' });
});

test('a line without end is rejected without being kept', () => {
  const intake = new NameIntake();
  intake.push(bytesOf('a.com\n'));
  const piece = new Uint8Array(65_536).fill(0x78);
  for (let i = 0; i < 160; i++) intake.push(piece);
  intake.push(bytesOf('\nb.com'));
  intake.end();
  expect(intake.takeChunk()).toEqual({ names: ['a.com', 'b.com'], lines: [1, 3] });
  expect(intake.rejections.byReason).toEqual({ LINE_TOO_LONG: 1 });
  expect(intake.rejections.first[0]?.text).toHaveLength(120);
});

test('what is cut from a rejected line is still text that can be stored', () => {
  const intake = read(bytesOf(`${'x'.repeat(119)}😀 y\n`));
  expect(intake.rejections.first[0]?.text.isWellFormed()).toBe(true);
});

test.each([
  ['gzip', bytesOf([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5]), 'gzip'],
  ['a short gzip', bytesOf([0x1f, 0x8b]), 'gzip'],
  ['zip', bytesOf([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8]), 'zip'],
  ['PDF', bytesOf('%PDF-1.7 and so on'), 'PDF'],
  ['UTF-16 LE', bytesOf([0xff, 0xfe, 0x61, 0, 0x2e, 0, 0x63, 0, 0x6f, 0]), 'UTF-16'],
  ['UTF-16 BE', bytesOf([0xfe, 0xff, 0, 0x61, 0, 0x2e, 0, 0x63]), 'UTF-16'],
  ['UTF-16 without a mark', bytesOf([0x61, 0, 0x2e, 0, 0x63, 0, 0x6f, 0, 0x6d, 0]), 'NUL'],
  ['NUL in the middle', bytesOf('aaaaaaaaaa.com\nb', [0], '.com'), 'NUL'],
  ['Latin-1', bytesOf('m', [0xfc], 'nchen.de and more'), 'UTF-8'],
  ['a character that is cut off', bytesOf('abcdefgh.com\nm', [0xc3]), 'UTF-8'],
])('%s is refused with words that help', (_what, bytes, word) => {
  for (const pieceBytes of [1, 3, 1_000]) {
    expect(() => read(bytes, pieceBytes)).toThrowError(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        field: 'file',
        message: expect.stringContaining(word),
      }),
    );
  }
});

test('lines are the same however the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'bc', '\r', '\n', '\r\n', 'long-long-line')),
      fc.integer({ min: 1, max: 5 }),
      (parts, size) => {
        const text = parts.join('');
        const splitter = new LineSplitter(10);
        const lines: string[] = [];
        const onLine = (line: { text: string }): number => lines.push(line.text);
        for (let at = 0; at < text.length; at += size) splitter.push(text.slice(at, at + size), onLine);
        splitter.end(onLine);
        const expected = text.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected.map((line) => line.slice(0, 10)));
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each([
  ['names.txt', 'names.txt'],
  ['../../etc/names.TXT', 'names.TXT'],
  ['C:\\lists\\..\\names.txt', 'names.txt'],
  ['na\u202Emes\0.txt', 'names.txt'],
  [`${'x'.repeat(300)}.txt`, `${'x'.repeat(196)}.txt`],
])('the filename %j is kept as %j', (given, kept) => {
  expect(uploadFilename(given)).toBe(kept);
});

test.each(['', '.txt', '..txt', 'names.csv', 'names.txt.gz', 'names.txt/', '../.txt', ' .txt'])(
  'the filename %j is refused',
  (given) => {
    expect(() => uploadFilename(given)).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT', field: 'file' }),
    );
  },
);
