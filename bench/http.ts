import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extractPage } from '@domainflow/domain/content/extract-page.ts';
import type { SiteOutcome } from '@domainflow/domain/http/http-port.ts';
import { visitLoad } from '@domainflow/domain/http/visit-load.ts';
import { compileKeywords } from '@domainflow/domain/keyword/compile-keywords.ts';
import { type HttpPersona, httpPersonaSchema } from '@domainflow/domain/persona/http-persona.ts';
import { analysePage } from '@domainflow/domain/phases/analysis/analyse-page.ts';
import { runConcurrently } from '@domainflow/domain/phases/http/run-concurrently.ts';
import { visitSite } from '@domainflow/domain/phases/http/visit-site.ts';
import { createProcessClock } from '@domainflow/net/clock/process-clock.ts';
import { createGuard } from '@domainflow/net/guard/guard.ts';
import { createHttpPort } from '@domainflow/net/http/create-http-port.ts';
import { endpointOf, namesOfFile, readOptions } from './read-options.ts';
import { sampleRules } from './sample-page.ts';
import { type PageServer, startPageServer } from './start-page-server.ts';

const HELP = `bench:http — the HTTP engine: the home page of many domains, one connection for each.

  --target HOST:PORT   an outside server that all names lead to; without it one of its own serves a page of --bytes
  --names FILE         one name a line; without it --count made ones (20,000; with --drip 120,000)
  --https              over TLS; the certificate of --target must be one of the authority in --ca FILE; without that
                       it is looked at, and not required
  --robots             robots.txt is obeyed, as by default in campaigns: one more request for each domain
  --analysis           each page is read and analysed as by the analysis phase: contacts, keywords of 200 rules,
                       technologies, score
  --drip N             then once more with N% of the hosts sending --drip-bytes (1) octets a second: the ratio of both
                       runs, and whether each of these was closed a second after its deadline at the latest; more
                       than 50 octets are above the persona's least rate, and are waited for until the deadline
  --hey FILE           before and after, as many requests with this program (github.com/rakyll/hey)
  --phase              the HTTP phase as a campaign, through queue and ledger, committed in PostgreSQL; with
                       --analysis DNS, HTTP and analysis as a pipeline, and what each of them costs
  --warm-up N          visits beforehand that are not counted (10,000): workers run for hours, and compiling the
                       engine costs about a second of CPU time once
  --concurrency N (1,000), --timeout-ms N (10,000), --bytes N (20,480)`;

const args = readOptions(HELP, {
  target: { type: 'string' },
  names: { type: 'string' },
  count: { type: 'string' },
  https: { type: 'boolean', default: false },
  ca: { type: 'string' },
  robots: { type: 'boolean', default: false },
  analysis: { type: 'boolean', default: false },
  drip: { type: 'string' },
  'drip-bytes': { type: 'string', default: '1' },
  hey: { type: 'string' },
  phase: { type: 'boolean', default: false },
  'warm-up': { type: 'string', default: '10000' },
  concurrency: { type: 'string', default: '1000' },
  'timeout-ms': { type: 'string', default: '10000' },
  bytes: { type: 'string', default: '20480' },
});

if (args.https && args.target === undefined) {
  console.error('--https needs --target: the server that this starts speaks plain HTTP.');
  process.exit(1);
}

const GRACE_MS = 1_000;
const timeoutMs = Number(args['timeout-ms']);
const own: PageServer | null =
  args.target === undefined || args.drip !== undefined
    ? await startPageServer(Number(args.bytes), Number(args['drip-bytes']))
    : null;
const target =
  args.target === undefined ? { host: '127.0.0.1', port: own?.port ?? 0 } : endpointOf(args.target);
const caPem = args.ca === undefined ? '' : readFileSync(args.ca, 'utf8');

/** In a short run the wait for the last host that drips is most of the time. */
const count = Number(args.count ?? (args.drip === undefined ? 20_000 : 120_000));
const names: readonly string[] =
  args.names === undefined
    ? Array.from({ length: count }, (_, n) => `live-${n}.${['com', 'net', 'org', 'de'][n % 4]}`)
    : namesOfFile(args.names);

const scheme = args.https ? 'https_only' : 'http_only';
const robots: Partial<HttpPersona> = args.robots
  ? {}
  : { robots: 'ignore', robotsOverrideReason: 'bench:http' };
const settings = {
  schemes: scheme,
  timeoutMs,
  concurrency: Number(args.concurrency),
  tls: args.ca === undefined ? 'record' : 'strict',
  ...robots,
} as const;

interface Run {
  readonly perSecond: number;
  readonly perSecondWithoutTail: number;
  readonly lost: number;
  readonly wrong: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicrosPerPage: number;
  /** Of them, what reading and analysing costs. */
  readonly analysisMicrosPerPage: number | null;
  readonly leads: number | null;
  readonly connectionsAtOnce: number;
  readonly slowestDripMs: number;
}

const matcher = compileKeywords(sampleRules(200));

/** Visits these names; each `dripEvery`-th is a host that drips. */
async function visitAll(dripEvery: number, names: readonly string[]): Promise<Run> {
  const lab = { dns: target, http: target, https: target, caPem };
  const guard = createGuard({ lab });
  const clock = createProcessClock();
  const http = createHttpPort({
    // Addresses of 127.53.255.0/24 are those of hosts that drip.
    guard: {
      ...guard,
      check: (address, at) =>
        own !== null && dripEvery > 0 && address.startsWith('127.53.255.')
          ? { allowed: true, connect: { host: '127.0.0.1', port: own.port } }
          : guard.check(address, at),
    },
    clock,
  });
  const persona = httpPersonaSchema.parse(settings);
  const fetcher = http.fetcher(persona, async () => []);
  const load = visitLoad({ http, clock });
  const elapsed: number[] = [];
  let connectionsAtOnce = 0;
  let open = 0;
  let wrong = 0;
  let found = 0;
  let leads = 0;
  let slowestDripMs = 0;
  /** When the last page was there: behind it comes the wait for hosts that drip. */
  let lastPageMs = 0;
  let analysisMicros = 0;

  const finish = (outcome: SiteOutcome, isDrip: boolean): void => {
    const right = outcome.verdict === (isDrip ? 'TIMEOUT' : 'OK');
    if (!right && ++wrong <= 3) console.error(outcome.verdict, JSON.stringify(outcome.hops));
    if (!args.analysis || outcome.response === null || isDrip) return;
    // By the clock on the wall: that of the thread moves in ticks of milliseconds and when the thread waits, which is
    // elsewhere. On a busy machine it says too much, never too little.
    const before = performance.now();
    const { lead } = analysePage(extractPage(outcome.response), { matcher, minScore: 20 });
    analysisMicros += (performance.now() - before) * 1_000;
    if (lead !== null) leads += 1;
  };
  const finished = { length: 0, octets: 0 };
  const visit = async (index: number, leave: () => void, signal: AbortSignal): Promise<void> => {
    const isDrip = dripEvery > 0 && index % dripEvery === dripEvery - 1;
    const name = isDrip ? `drip-${index}.com` : (names[index] ?? '');
    const block = isDrip ? 255 : (index >> 8) % 255;
    const request = { name, addresses: [`127.53.${block}.${index & 255}`] };
    connectionsAtOnce = Math.max(connectionsAtOnce, ++open);
    const startedMs = performance.now();
    const { outcome, visits } = await visitSite(request, { fetcher, load, timeoutMs }, leave, signal);
    open -= 1;
    const ms = performance.now() - startedMs;
    if (isDrip) slowestDripMs = Math.max(slowestDripMs, visits === 1 ? ms : 0);
    else {
      elapsed.push(ms);
      lastPageMs = performance.now() - started;
    }
    finish(outcome, isDrip);
    finished.length += 1;
  };

  const endUse = load.use();
  const limits = {
    admission: load.gate.admission('bench', persona.concurrency, timeoutMs),
    maxResults: 200,
    maxOctets: 1e9,
    pace: (tick: () => void) => clock.every(500, tick),
    onDrained: () => {},
  };
  const started = performance.now();
  const cpuStart = process.cpuUsage();
  const all = runConcurrently([...names.keys()], visit, finished, limits, new AbortController().signal);
  for await (const _ of all) {
    found += finished.length;
    finished.length = 0;
  }
  const seconds = (performance.now() - started) / 1_000;
  const cpu = process.cpuUsage(cpuStart);
  endUse();
  http.close();
  elapsed.sort((a, b) => a - b);
  const percentile = (share: number): number =>
    Math.round((elapsed[Math.floor(elapsed.length * share)] ?? 0) * 10) / 10;
  return {
    perSecond: Math.round(names.length / seconds),
    perSecondWithoutTail: Math.round(names.length / (lastPageMs / 1_000)),
    lost: names.length - found,
    wrong,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    cpuMicrosPerPage: Math.round((cpu.user + cpu.system) / names.length),
    analysisMicrosPerPage: args.analysis ? Math.round(analysisMicros / names.length) : null,
    leads: args.analysis ? leads : null,
    connectionsAtOnce,
    slowestDripMs: Math.round(slowestDripMs),
  };
}

interface HeyRun {
  readonly perSecond: number;
  readonly cpuMicrosPerPage: number;
}

/** CPU time of the children that have ended, in microseconds (proc(5), in ticks of 10 ms). */
function childrenCpuMicros(): number {
  const [, fields = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(13, 15).map(Number);
  return ((user ?? 0) + (system ?? 0)) * 10_000;
}

/** The same with the other program against the same server, a connection for each request. */
function runHey(program: string): HeyRun {
  const url = `${args.https ? 'https' : 'http'}://${target.host}:${target.port}/`;
  const flags = ['-disable-keepalive', '-n', String(names.length), '-c', args.concurrency, url];
  const cpuStart = childrenCpuMicros();
  const report = execFileSync(program, flags, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return {
    perSecond: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(report)?.[1] ?? 0)),
    cpuMicrosPerPage: Math.round((childrenCpuMicros() - cpuStart) / names.length),
  };
}

/** Highest resident memory of this process so far, MiB. */
const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1_024);

const shared = { bench: 'http', pages: names.length, https: args.https, robots: args.robots };
if (args.phase) {
  // Not loaded otherwise: its memory is not the engine's.
  const { benchHttpPhase } = await import('./http-phase.ts');
  const phase = await benchHttpPhase({
    ...{ names, target, caPem, persona: settings },
    analysis: args.analysis,
  });
  console.log(JSON.stringify({ ...shared, phase: true, ...phase }));
  process.exitCode = phase.lost + phase.wrong > 0 ? 1 : 0;
} else {
  const before = args.hey === undefined ? null : runHey(args.hey);
  const warmUp = Number(args['warm-up']);
  if (warmUp > 0) await visitAll(0, names.slice(0, warmUp));
  const plain = await visitAll(0, names);
  const rssMb = peakMb();
  const dripEvery = args.drip === undefined ? 0 : Math.round(100 / Number(args.drip));
  const drip = dripEvery === 0 ? null : await visitAll(dripEvery, names);
  const after = args.hey === undefined ? null : runHey(args.hey);
  console.log(
    JSON.stringify({
      ...shared,
      ...plain,
      rssMb,
      ...(before === null || after === null
        ? {}
        : {
            hey: [before, after],
            ratioToHey: Number(((2 * plain.perSecond) / (before.perSecond + after.perSecond)).toFixed(2)),
          }),
      ...(drip === null
        ? {}
        : {
            drip: {
              ...drip,
              ratio: Number((drip.perSecond / plain.perSecond).toFixed(2)),
              ratioWithoutTail: Number((drip.perSecondWithoutTail / plain.perSecondWithoutTail).toFixed(2)),
              closedInTime: drip.slowestDripMs <= timeoutMs + GRACE_MS,
              rssMb: peakMb(),
            },
          }),
    }),
  );
  process.exitCode = plain.lost + plain.wrong + (drip === null ? 0 : drip.lost + drip.wrong) > 0 ? 1 : 0;
}
await own?.[Symbol.asyncDispose]();
