import { classifyAnswers } from '@domainflow/domain/dns/classify-answers.ts';
import { dnsPersonaSchema } from '@domainflow/domain/persona/dns-persona.ts';
import { labTruth } from '@domainflow/lab/truth.ts';
import { createDnsPort } from '@domainflow/net/dns/dns-port.ts';
import { createGuard } from '@domainflow/net/guard/guard.ts';
import { startLossProxy } from './loss-proxy.ts';
import { namesOfFile, readOptions } from './read-options.ts';
import { startLabProcess } from './start-lab-process.ts';

const HELP = `bench:dns-faults — the DNS engine with 5% of all packets lost and one of three resolvers black-holed, against itself
without these faults, in one run: how much of the throughput is left, and whether any verdict is wrong or lost.

  --server HOST:PORT,HOST:PORT,HOST:PORT   outside servers (IPv4); without them three labs are started, and every
                                           verdict is compared with their truth, otherwise with the run without faults
  --names FILE      one name a line
  --count N         names of the lab (default 300,000)
  --loss SHARE      of the packets in each direction (default 0.05)
  --attempts N (8), --timeout-ms N (2000)`;

const SEED = 'bench';
const RESOLVERS = 3;
const LEAST_RATIO = 0.6;
/** The part of the names by which the rate without the wait for the last ones is told. */
const MOST = 0.99;

const args = readOptions(HELP, {
  server: { type: 'string' },
  names: { type: 'string' },
  count: { type: 'string', default: '300000' },
  loss: { type: 'string', default: '0.05' },
  attempts: { type: 'string', default: '8' },
  'timeout-ms': { type: 'string', default: '2000' },
});

/** Names of the lab whose own servers are dead wait as long in both runs, and would hide the difference. */
function namesOfLab(): string[] {
  const names = Array.from({ length: Number(args.count) }, (_, index) => `bench-${index.toString(36)}.com`);
  return names.filter((name) => labTruth(SEED, name).dns.verdict !== 'TIMEOUT');
}

const labs =
  args.server === undefined
    ? await Promise.all(Array.from({ length: RESOLVERS }, () => startLabProcess(SEED)))
    : [];
const servers = args.server?.split(',') ?? labs.map(({ route }) => `${route.dns.host}:${route.dns.port}`);
if (servers.length !== RESOLVERS) throw new Error(`--server takes ${RESOLVERS} servers.`);
const names = args.names === undefined ? namesOfLab() : namesOfFile(args.names);
const proxy = await startLossProxy(servers);

interface Run {
  readonly verdicts: readonly string[];
  readonly perSecond: number;
  readonly perSecondWithoutTail: number;
  readonly queries: number;
  readonly ejections: readonly number[];
}

async function run(): Promise<Run> {
  const port = createDnsPort({ guard: createGuard(), systemResolvers: proxy.addresses });
  const persona = dnsPersonaSchema.parse({
    attempts: Number(args.attempts),
    timeoutMs: Number(args['timeout-ms']),
    recordTypes: ['A'],
  });
  const verdicts = new Array<string>(names.length).fill('LOST');
  let taken = 0;
  let answered = 0;
  let mostDoneMs = 0;
  const started = performance.now();
  await port.resolver(persona).run(
    {
      next() {
        const name = names[taken];
        if (name === undefined) return null;
        taken += 1;
        return { name, type: 'A' as const, index: taken - 1 };
      },
      answered({ index }, answer) {
        verdicts[index] = classifyAnswers([{ type: 'A', answer }]).verdict;
        answered += 1;
        if (answered === Math.floor(names.length * MOST)) mostDoneMs = performance.now() - started;
      },
    },
    new AbortController().signal,
  );
  const seconds = (performance.now() - started) / 1_000;
  const [stats] = port.stats();
  await port.close();
  return {
    verdicts,
    perSecond: Math.round(names.length / seconds),
    perSecondWithoutTail: Math.round((names.length * MOST) / (mostDoneMs / 1_000)),
    queries: stats?.queries ?? 0,
    ejections: stats?.resolvers.map(({ ejections }) => ejections) ?? [],
  };
}

const calm = await run();
proxy.setFaults(Number(args.loss), [RESOLVERS - 1]);
const faulty = await run();
await proxy[Symbol.asyncDispose]();
await Promise.all(labs.map((lab) => lab[Symbol.asyncDispose]()));

const rightOf = (index: number): string =>
  labs.length > 0 ? labTruth(SEED, names[index] ?? '').dns.verdict : (calm.verdicts[index] ?? '');
const isLost = (verdict: string): boolean => verdict === 'TIMEOUT' || verdict === 'LOST';
function judge({ verdicts }: Run): { readonly wrong: number; readonly lost: number } {
  let wrong = 0;
  let lost = 0;
  for (const [index, verdict] of verdicts.entries()) {
    const right = rightOf(index);
    if (verdict === right) continue;
    if (isLost(verdict)) lost += 1;
    else wrong += 1;
  }
  return { wrong, lost };
}

const told = ({ verdicts: _, ...rest }: Run, judged: object): object => ({ ...rest, ...judged });
const calmJudged = judge(calm);
const faultyJudged = judge(faulty);
const ratio = Math.round((faulty.perSecond / calm.perSecond) * 1_000) / 1_000;
const isGood =
  ratio >= LEAST_RATIO && [calmJudged, faultyJudged].every(({ wrong, lost }) => wrong === 0 && lost === 0);
console.log(
  JSON.stringify({
    bench: 'dns-faults',
    perSecond: faulty.perSecond,
    ratio,
    ratioWithoutTail: Math.round((faulty.perSecondWithoutTail / calm.perSecondWithoutTail) * 1_000) / 1_000,
    names: names.length,
    loss: Number(args.loss),
    ...faultyJudged,
    isGood,
    withoutFaults: told(calm, calmJudged),
    withFaults: told(faulty, faultyJudged),
  }),
);
process.exitCode = isGood ? 0 : 1;
