/**
 * bench:dns — the DNS engine alone: A queries for many names, every reply parsed and checked.
 *
 *   --server HOST:PORT[,HOST:PORT…]   an outside server; without it the lab is started and every verdict is compared
 *                                     with its truth
 *   --names FILE                      one name a line, optionally followed by the verdict that is right for it
 *   --count N                         names (default 500,000, or all of the file)
 *   --attempts N, --timeout-ms N, --qps N, --types A,AAAA
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { classifyAnswers } from '@domainflow/domain/dns/classify-answers.ts';
import type { DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import { Inquiry, inquiryOrder } from '@domainflow/domain/dns/inquiry.ts';
import type { DnsVerdict } from '@domainflow/domain/dns/verdicts.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { labTruth } from '@domainflow/lab/truth.ts';
import { createDnsPort } from '@domainflow/net/dns/dns-port.ts';
import { createGuard } from '@domainflow/net/guard/guard.ts';
import { startLabProcess } from './start-lab-process.ts';

const SEED = 'bench';
const LAB_TLDS = ['com', 'net', 'org', 'de', 'co.uk'];

const { values: args } = parseArgs({
  options: {
    server: { type: 'string' },
    names: { type: 'string' },
    count: { type: 'string' },
    attempts: { type: 'string', default: '4' },
    'timeout-ms': { type: 'string', default: '2000' },
    qps: { type: 'string' },
    types: { type: 'string', default: 'A' },
  },
});

interface Work {
  readonly names: readonly string[];
  /** The right verdict of a name, null where it is not known. */
  readonly expected: (index: number) => string | null;
}

function namesFromFile(file: string): Work {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const split = lines
    .slice(0, args.count === undefined ? undefined : Number(args.count))
    .map((line) => line.split(/\s+/));
  return { names: split.map(([name = '']) => name), expected: (index) => split[index]?.[1] ?? null };
}

function namesOfLab(isLab: boolean): Work {
  const names = Array.from({ length: Number(args.count ?? 500_000) }, (_, index) => {
    return `bench-${index.toString(36)}.${LAB_TLDS[index % LAB_TLDS.length]}`;
  });
  return { names, expected: (index) => (isLab ? labTruth(SEED, names[index] ?? '').dns.verdict : null) };
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
const { names, expected } = args.names === undefined ? namesOfLab(lab !== null) : namesFromFile(args.names);
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
const found = new Array<DnsVerdict>(names.length);
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
    const name = names[taken];
    if (name === undefined) return null;
    taken += 1;
    return new Inquiry(taken - 1, name, order);
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
    if (answered === Math.floor(names.length * 0.99)) mostDoneMs = performance.now() - started;
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
  const right = expected(index);
  const isLost = verdict === 'TIMEOUT' && right !== 'TIMEOUT';
  if (isLost) lost += 1;
  else if (right !== null && right !== verdict) {
    wrong += 1;
    if (wrongExamples.length < 5) wrongExamples.push(`${names[index]}: ${verdict}, not ${right}`);
  }
}
for (const example of wrongExamples) console.error(example);
const queries = stats.reduce((sum, pool) => sum + pool.queries, 0);
console.log(
  JSON.stringify({
    bench: 'dns',
    perSecond: Math.round(names.length / seconds),
    perSecondWithoutTail: Math.round((names.length * 0.99) / (mostDoneMs / 1_000)),
    names: names.length,
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
