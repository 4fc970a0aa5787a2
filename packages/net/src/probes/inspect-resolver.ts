import { randomInt } from 'node:crypto';
import type { ResolverTest } from '@domainflow/domain/probe/resolver-test.ts';
import type { Asked, AskOnce } from './ask-once.ts';
import type { ProbeReply } from './probe-reply.ts';
import { summarise } from './resolver-summary.ts';

export type Check = ResolverTest['checks'][number];
type CheckName = Check['check'];

/** How one resolver can be asked. */
export interface ResolverLine {
  /** As the persona has it. */
  readonly label: string;
  /** The persona's transport. */
  readonly ask: AskOnce;
  /** TCP where the transport is UDP: long answers need it. */
  readonly askOverTcp: AskOnce | null;
  /** The persona sends letters in random case, and drops replies that change them. */
  readonly needsCase: boolean;
  /** Asked over HTTPS: there is a certificate, and neither size nor letter case of packets matter. */
  readonly isDoh: boolean;
}

/** Queries for each known name: one may be lost on the way. */
const TRIES = 2;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** As long as wildcard probes are: no one has registered it. */
const randomLabel = (): string => Array.from({ length: 16 }, () => LETTERS[randomInt(26)]).join('');

const passed = (check: CheckName, detail: string): Check => ({ check, result: 'passed', detail });
const failed = (check: CheckName, detail: string): Check => ({ check, result: 'failed', detail });

interface Known {
  readonly name: string;
  readonly asked: Asked;
}

/**
 * Asks a resolver for names that exist and for two that cannot, and looks at how it answers. Rejects with the signal's
 * reason only; everything that goes wrong is part of the result.
 */
export async function inspectResolver(
  line: ResolverLine,
  knownNames: readonly string[],
  signal: AbortSignal,
): Promise<ResolverTest> {
  const [known, overTcp] = await Promise.all([
    Promise.all(
      knownNames.map(
        async (name): Promise<Known> => ({ name, asked: await askPatiently(line.ask, name, signal) }),
      ),
    ),
    line.askOverTcp === null ? [] : overTcpOf(line.askOverTcp, knownNames, signal),
  ]);
  const replies = known.flatMap(({ asked }) => (asked.reply === null ? [] : [asked.reply]));
  const isReachable = replies.length > 0;
  const packets: Check[] = line.isDoh
    ? [certificateOf(known, isReachable)]
    : isReachable
      ? [ednsOf(replies), ...overTcp, caseOf(replies)]
      : overTcp;
  const checks: Check[] = isReachable
    ? [
        passed(
          'reachable',
          `It answered ${replies.length} of ${known.length} questions for names that exist`,
        ),
        await accuracyOf(line.ask, known, signal),
        ...packets,
      ]
    : [
        failed('reachable', failureOf(known)),
        { check: 'accuracy', result: 'skipped', detail: 'It does not answer' },
        ...packets,
      ];
  const fatal = new Set<CheckName>(['reachable', 'accuracy', 'certificate']);
  if (line.needsCase) fatal.add('letter_case');
  const ok = !checks.some(({ check, result }) => result === 'failed' && fatal.has(check));
  return {
    resolver: line.label,
    ok,
    latencyMs: medianMs(known),
    summary: summarise(checks, fatal, medianMs(known)),
    checks,
  };
}

/** As campaigns do: again where there was silence, and without EDNS where the server does not know that. */
async function askPatiently(ask: AskOnce, name: string, signal: AbortSignal): Promise<Asked> {
  let edns = true;
  for (let tries = 1; ; tries += 1) {
    const asked = await ask(name, { edns }, signal);
    const rcode = asked.reply?.rcode;
    if (edns && (rcode === 'FORMERR' || rcode === 'NOTIMP')) edns = false;
    else if (asked.reply !== null || tries >= TRIES) return asked;
  }
}

const failureOf = (known: readonly Known[]): string => {
  const words = known.flatMap(({ asked }) => (asked.reply === null ? [asked.failure] : []));
  return [...new Set(words)].join(', ');
};

function medianMs(known: readonly Known[]): number | null {
  const times = known
    .flatMap(({ asked }) => (asked.reply === null ? [] : [asked.rttMs]))
    .sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  return median === undefined ? null : Math.round(median * 10) / 10;
}

const resolves = ({ rcode, addresses, truncated }: ProbeReply): boolean =>
  rcode === 'NOERROR' && (addresses.length > 0 || truncated);

/** Names that exist have addresses, names that cannot exist have none: what a campaign's verdicts rest on. */
async function accuracyOf(ask: AskOnce, known: readonly Known[], signal: AbortSignal): Promise<Check> {
  const wrong = known.filter(({ asked }) => asked.reply !== null && !resolves(asked.reply));
  const rcodes = [...new Set(wrong.map(({ asked }) => asked.reply?.rcode ?? ''))].join(', ');
  if (wrong.length > 0 && wrong.every(({ asked }) => asked.reply?.rcode === 'REFUSED')) {
    const names = wrong.map(({ name }) => name).join(', ');
    return failed(
      'accuracy',
      `It refuses to answer for ${names} (REFUSED): this machine may not ask it, or it knows only zones of its own, with whose names it can be tested`,
    );
  }
  if (wrong.length > 0) {
    const names = wrong.map(({ name }) => name).join(', ');
    return failed(
      'accuracy',
      `${names} should have an IPv4 address, and it says ${rcodes === 'NOERROR' ? 'that there is none' : rcodes}`,
    );
  }
  const label = randomLabel();
  const nonsense = await Promise.all(
    // Nothing may exist under `invalid` (RFC 6761, 6.4); liars tend to spare it, and invent below `com`.
    [`${label}.com`, `${label}.invalid`].map(async (name) => ({
      name,
      asked: await askPatiently(ask, name, signal),
    })),
  );
  const invented = nonsense.find(({ asked }) => (asked.reply?.addresses.length ?? 0) > 0);
  if (invented !== undefined) {
    const addresses = invented.asked.reply?.addresses.join(', ') ?? '';
    return failed(
      'accuracy',
      `It invents answers: ${invented.name} does not exist, and it gives ${addresses}`,
    );
  }
  const unsure = nonsense.find(({ asked }) => asked.reply?.rcode === 'NOERROR');
  if (unsure !== undefined) {
    return failed('accuracy', `It does not deny names: ${unsure.name} does not exist, and it says NOERROR`);
  }
  const isDenied = ({ reply }: Asked): boolean => reply?.rcode === 'NXDOMAIN';
  // A server for zones of its own denies names there only.
  const below = `${label}.${known[0]?.name ?? 'com'}`;
  if (nonsense.some(({ asked }) => isDenied(asked)) || isDenied(await askPatiently(ask, below, signal))) {
    return passed(
      'accuracy',
      'Names that exist have addresses, and one that cannot exist is denied (NXDOMAIN)',
    );
  }
  const said = nonsense.map(({ asked }) => asked.reply?.rcode ?? 'nothing').join(' and ');
  return failed('accuracy', `It does not deny a name that cannot exist: it says ${said}`);
}

function ednsOf(replies: readonly ProbeReply[]): Check {
  return replies.some(({ knowsEdns }) => knowsEdns)
    ? passed('edns', 'It answers queries with EDNS')
    : failed('edns', 'It does not know EDNS: answers above 512 bytes come over TCP');
}

/** Where nothing was answered the reason tells whether it was the certificate. */
function certificateOf(known: readonly Known[], isReachable: boolean): Check {
  if (isReachable) return passed('certificate', 'Its certificate is valid');
  const failure = failureOf(known);
  return failure.includes('certificate')
    ? failed('certificate', failure)
    : { check: 'certificate', result: 'skipped', detail: 'No certificate was shown' };
}

async function overTcpOf(ask: AskOnce, names: readonly string[], signal: AbortSignal): Promise<Check[]> {
  const asked = await askPatiently(ask, names[0] ?? 'com', signal);
  return [
    asked.reply === null
      ? failed('tcp', `It does not answer over TCP (${asked.failure}): long answers cannot be fetched`)
      : passed('tcp', 'It answers over TCP'),
  ];
}

const caseOf = (replies: readonly ProbeReply[]): Check =>
  replies.every(({ keepsCase }) => keepsCase)
    ? passed('letter_case', 'Letters come back in the case in which they were sent')
    : failed('letter_case', 'It changes the case of letters: random case (0x20) cannot be used with it');
