import { expect, test } from 'vitest';
import { PacketMutator } from '../testing/packet-mutator.ts';
import { REPLY_CORPUS } from '../testing/reply-corpus.ts';
import { parseReferral } from './parse-referral.ts';
import { parseReply } from './parse-reply.ts';
import { WireError } from './wire-error.ts';

const PACKETS = 50_000;

test('the replies that are mutated are good ones', () => {
  for (const { message, questionLength } of REPLY_CORPUS) {
    const { records, isLoop, truncated } = parseReply(message, questionLength);
    expect(records.length).toBeGreaterThan(0);
    expect([isLoop, truncated]).toEqual([false, false]);
  }
});

test('any packet is either read or refused, and what is read is bounded by it', () => {
  const mutator = new PacketMutator(20_261_121);
  let read = 0;
  let refused = 0;
  for (let count = 0; count < PACKETS; count += 1) {
    const { message, questionLength } = mutator.next();
    try {
      const { records } = parseReply(message, questionLength);
      read += 1;
      if (records.length * 11 > message.length + 17 * 11)
        throw new Error('More records than octets for them');
      // Each octet is at most four characters of text, and a name may be repeated by pointers.
      for (const { data } of records) if (data.length > 4 * (message.length + 255)) throw new Error(data);
      if (((message[2] as number) & 2) === 0) parseReferral(message, questionLength);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      refused += 1;
    }
  }
  expect(read).toBeGreaterThan(PACKETS / 20);
  expect(refused).toBeGreaterThan(PACKETS / 3);
});
