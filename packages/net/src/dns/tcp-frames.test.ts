import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader, framed } from './tcp-frames.ts';

/** The messages that a reader finds in a stream that comes in pieces of these lengths, and then the rest. */
function readInPieces(stream: Buffer, lengths: readonly number[]): string[] {
  const reader = new FrameReader();
  const found: string[] = [];
  const take = (message: Uint8Array): void => void found.push(Buffer.from(message).toString('hex'));
  let at = 0;
  for (const length of lengths) {
    if (at >= stream.length) break;
    reader.read(stream.subarray(at, at + length), take);
    at += length;
  }
  if (at < stream.length) reader.read(stream.subarray(at), take);
  return found;
}

const message = fc.uint8Array({ maxLength: 40 });
const messages = fc.array(fc.oneof({ weight: 9, arbitrary: message }, fc.uint8Array({ maxLength: 3_000 })), {
  maxLength: 30,
});
const pieces = fc.array(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2_000 })), {
  maxLength: 200,
});

test('messages are the same, however the stream is split', () => {
  fc.assert(
    fc.property(messages, pieces, (sent, lengths) => {
      const stream = Buffer.concat(sent.map((each) => framed(each, 0, each.length)));
      expect(readInPieces(stream, lengths)).toEqual(sent.map((each) => Buffer.from(each).toString('hex')));
    }),
    { numRuns: 300 },
  );
});

test('a split between the two octets of the length loses nothing', () => {
  const stream = Buffer.concat([framed(Buffer.from('one'), 0, 3), framed(Buffer.from('two'), 0, 3)]);
  const hex = [Buffer.from('one').toString('hex'), Buffer.from('two').toString('hex')];
  for (let first = 1; first < stream.length; first += 1)
    for (let second = 1; second < stream.length; second += 1)
      expect(readInPieces(stream, [first, second])).toEqual(hex);
});
