import { describe, expect, test } from 'vitest';
import { classifyAnswers } from '../../dns/classify-answers.ts';
import type { DnsAnswer } from '../../dns/dns-port.ts';
import { Inquiry } from '../../dns/inquiry.ts';
import { ResultList } from '../testing/result-list.ts';
import type { Assessment, Assessor } from './assessor.ts';
import { Validation } from './validation.ts';

/** Judges by the answers alone. */
const assessor = {
  order: ['A'],
  atOnce: (inquiry: Inquiry): Assessment => ({
    inquiry,
    classification: classifyAnswers(inquiry.answers),
    verdict: classifyAnswers(inquiry.answers).verdict,
    isAvailable: null,
    zone: null,
    registration: null,
    recheck: null,
  }),
  noteCut: () => false,
} as unknown as Assessor;

const NOBODY = { records: [], resolver: null, attempts: 4, rttMs: null, transport: 'udp' } as const;
const answerAfter = (attempts: number): DnsAnswer =>
  attempts > 4
    ? { ...NOBODY, rcode: 'TIMEOUT' }
    : { ...NOBODY, rcode: 'NXDOMAIN', resolver: '192.0.2.1:53', rttMs: 1, attempts };

/** Runs a batch whose names are answered at the attempt that `answeredAt` gives for each time that they are asked. */
function run(count: number, answeredAt: (name: number, time: number) => number) {
  const items = Array.from({ length: count }, (_, ordinal) => {
    return { ordinal, name: `n${ordinal}.com`, prior: null, page: null };
  });
  const sink = new ResultList();
  const validation = new Validation({
    items,
    sink,
    assessor,
    retryBudget: 1,
    canariesPerThousand: 0,
    onDrained: () => undefined,
  });
  const times = new Map<number, number>();
  for (let question = validation.next(); question !== null; question = validation.next()) {
    if (!(question instanceof Inquiry)) throw new Error('Canaries are off.');
    const time = (times.get(question.ordinal) ?? 0) + 1;
    times.set(question.ordinal, time);
    validation.answered(question, answerAfter(answeredAt(question.ordinal, time)));
  }
  sink.take();
  return { results: sink.taken, times };
}

describe('silence', () => {
  test('is met with the same question once more where packets are being lost', () => {
    const { results, times } = run(1_000, (name, time) => {
      if (name === 999) return time === 1 ? 5 : 2;
      return name % 10 === 0 ? 2 : 1;
    });
    expect(times.get(999)).toBe(2);
    expect(results[999]).toMatchObject({ verdict: 'NXDOMAIN', evidence: { attempts: 6 } });
    expect(results).toHaveLength(1_000);
  });

  test('ends as TIMEOUT when the second time is no better', () => {
    const { results, times } = run(1_000, (name) => (name === 999 ? 5 : name % 10 === 0 ? 2 : 1));
    expect(times.get(999)).toBe(2);
    expect(results[999]).toMatchObject({ verdict: 'TIMEOUT', evidence: { attempts: 8 } });
  });

  test('is believed where only names with dead servers are silent', () => {
    const { results, times } = run(1_000, (name) => (name % 50 === 0 ? 5 : 1));
    expect(Math.max(...times.values())).toBe(1);
    expect(results.filter(({ verdict }) => verdict === 'TIMEOUT')).toHaveLength(20);
  });
});
