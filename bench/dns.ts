import { readFileSync } from 'node:fs';
import { classifyAnswers } from '@domainflow/domain/dns/classify-answers.ts';
import type { DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import { Inquiry, inquiryOrder } from '@domainflow/domain/dns/inquiry.ts';
import type { DnsVerdict } from '@domainflow/domain/dns/verdicts.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { labTruth } from '@domainflow/lab/truth.ts';
import { createDnsPort } from '@domainflow/net/dns/dns-port.ts';
import { createGuard } from '@domainflow/net/guard/guard.ts';
import { readOptions } from './read-options.ts';
import { startLabProcess } from './start-lab-process.ts';

const HELP = `bench:dns — the DNS engine alone: A queries for many names, every reply parsed and checked.

  --server HOST:PORT[,HOST:PORT…]   an outside server; without it the lab is started and every verdict is compared
                                    with its truth
  --names FILE                      one name a line, optionally followed by the verdict that is right for it
  --count N                         names (default 500,000, or all of the file)
  --attempts N, --timeout-ms N, --qps N, --types A,AAAA`;

const SEED = 'bench';
const LAB_TLDS = ['com', 'net', 'org', 'de', 'co.uk'];

const args = readOptions(HELP, {
  server: { type: 'string' },
  names: { type: 'string' },
  count: { type: 'string' },
  attempts: { type: 'string', default: '4' },
  'timeout-ms': { type: 'string', default: '2000' },
  qps: { type: 'string' },
  types: { type: 'string', default: 'A' },
});

interface Work {
  readonly count: number;
  readonly name: (index: number) => string;
  /** The right verdict of a name, null where it is not known. */
  readonly expected: (index: number) => string | null;
}

/** The lines stay octets until they are asked for: a million strings would weigh more than the engine. */
function namesFromFile(file: string): Work {
  const text = readFileSync(file);
  const starts: number[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end;
    if (text.toString('utf8', start, next).trim() !== '') starts.push(start);
    start = next + 1;
  }
  const words = (index: number): string[] => {
    const start = starts[index] ?? text.length;
    const end = text.indexOf('\n', start);
    return text
      .toString('utf8', start, end < 0 ? text.length : end)
      .trim()
      .split(/\s+/);
  };
  return {
    count: args.count === undefined ? starts.length : Math.min(Number(args.count), starts.length),
    name: (index) => words(index)[0] ?? '',
    expected: (index) => words(index)[1] ?? null,
  };
}

function namesOfLab(isLab: boolean): Work {
  const name = (index: number): string => `bench-${index.toString(36)}.${LAB_TLDS[index % LAB_TLDS.length]}`;
  return {
    count: Number(args.count ?? 500_000),
    name,
    expected: (index) => (isLab ? labTruth(SEED, name(index)).dns.verdict : null),
  };
}

/** Round-trip times in tenths of a millisecond. */
const histogram = new Uint32Array(100_000);
function percentileMs(share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  const at = histogram.findIndex((count) => {
    seen += count;
    return seen >= total * share;
  });
  return at / 10;
}

const lab = args.server === undefined ? await startLabProcess(SEED) : null;
const servers = args.server?.split(',') ?? [];
const work = args.names === undefined ? namesOfLab(lab !== null) : namesFromFile(args.names);
const resolvers = lab === null ? servers : [`${lab.route.dns.host}:${lab.route.dns.port}`];
// The servers were named on the command line: they count as this system's own.
const port = createDnsPort({ guard: createGuard(), systemResolvers: resolvers });
const persona = dnsPersonaSchema.parse({
  attempts: Number(args.attempts),
  timeoutMs: Number(args['timeout-ms']),
  queriesPerSecond: args.qps === undefined ? null : Number(args.qps),
  recordTypes: args.types.split(','),
});

const order = inquiryOrder(persona.recordTypes);
const verdicts = new Map<string, number>();
const wrongExamples: string[] = [];
const found = new Array<DnsVerdict>(work.count);
let taken = 0;
let answered = 0;
let wrong = 0;
let lost = 0;
let peakRss = 0;
/** When the last but one thousandth was answered: the tail waits for names that never answer. */
let mostDoneMs = 0;
const goingOn: Inquiry[] = [];
const started = performance.now();
const cpuStart = process.cpuUsage();

const source: DnsSource<Inquiry> = {
  next() {
    const pending = goingOn.pop();
    if (pending !== undefined) return pending;
    if (taken === work.count) return null;
    taken += 1;
    return new Inquiry(taken - 1, work.name(taken - 1), order);
  },
  answered(inquiry, answer) {
    if (answer.rttMs !== null) {
      const bucket = Math.min(histogram.length - 1, Math.round(answer.rttMs * 10));
      histogram[bucket] = (histogram[bucket] ?? 0) + 1;
    }
    if (inquiry.advance(answer)) {
      goingOn.push(inquiry);
      return;
    }
    const { verdict } = classifyAnswers(inquiry.answers);
    found[inquiry.ordinal] = verdict;
    answered += 1;
    if (answered === Math.floor(work.count * 0.99)) mostDoneMs = performance.now() - started;
  },
};

const sampler = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
}, 250);
await port.resolver(persona).run(source, new AbortController().signal);
const seconds = (performance.now() - started) / 1_000;
clearInterval(sampler);
const cpu = process.cpuUsage(cpuStart);
const stats = port.stats();
await port.close();
await lab?.[Symbol.asyncDispose]();

for (const [index, verdict] of found.entries()) {
  verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  const right = work.expected(index);
  const isLost = verdict === 'TIMEOUT' && right !== 'TIMEOUT';
  if (isLost) lost += 1;
  else if (right !== null && right !== verdict) {
    wrong += 1;
    if (wrongExamples.length < 5) wrongExamples.push(`${work.name(index)}: ${verdict}, not ${right}`);
  }
}
for (const example of wrongExamples) console.error(example);
const queries = stats.reduce((sum, pool) => sum + pool.queries, 0);
console.log(
  JSON.stringify({
    bench: 'dns',
    perSecond: Math.round(work.count / seconds),
    perSecondWithoutTail: Math.round((work.count * 0.99) / (mostDoneMs / 1_000)),
    names: work.count,
    queries,
    /** Of this process alone: what is left to compare on a machine that others use too. */
    cpuMicrosPerQuery: Math.round(((cpu.user + cpu.system) / queries) * 100) / 100,
    lost,
    wrong,
    rssMb: Math.round(Math.max(peakRss, process.memoryUsage.rss()) / 2 ** 20),
    p50Ms: percentileMs(0.5),
    p99Ms: percentileMs(0.99),
    verdicts: Object.fromEntries(verdicts),
    seconds: Math.round(seconds * 100) / 100,
  }),
);
process.exitCode = wrong > 0 ? 1 : 0;
