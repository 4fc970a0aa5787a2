import { expect } from 'vitest';
import type { DnsAnswer, DnsPort, DnsQuestion, DnsRecord, ServerAnswer } from '../../../dns/dns-port.ts';
import type { RdapAnswer } from '../../../dns/rdap-port.ts';
import { type DnsPersonaInput, dnsPersonaSchema, type RecordType } from '../../../persona/dns-persona.ts';
import type { Evidence, PhasePorts } from '../../phase.ts';
import { ResultList } from '../../testing/result-list.ts';
import { type DnsConfig, dnsConfigSchema } from '../config.ts';
import { dnsPhase } from '../phase.ts';

/** What a name server says: an RCODE, or addresses and aliases; `['RCODE', …]` among these is theirs. */
export type Reply = string | readonly (readonly [type: string, data: string])[];
export type Zone = (name: string, type: RecordType, resolver: string) => Reply;

interface World {
  readonly zone: Zone;
  /** Name servers of registries: what they say of a domain. */
  readonly registry?: (server: string, domain: string) => Partial<ServerAnswer> | null;
  readonly rdap?: (domain: string) => RdapAnswer;
  /** What trusted resolvers say, where they differ. */
  readonly trusted?: Zone;
}

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly resolver: string;
}

export const MAIN = '192.0.2.1:53';
export const TRUSTED = '192.0.2.99:53';

function answerOf(reply: Reply, resolver: string): DnsAnswer {
  const records: DnsRecord[] =
    typeof reply === 'string'
      ? []
      : reply.flatMap(([type, data]) => (type === 'RCODE' ? [] : [{ type, ttl: 60, data }]));
  const rcode =
    typeof reply === 'string' ? reply : (reply.find(([type]) => type === 'RCODE')?.[1] ?? 'NOERROR');
  const isSilent = rcode === 'TIMEOUT';
  return {
    rcode,
    records,
    resolver: isSilent ? null : resolver,
    attempts: isSilent ? 4 : 1,
    rttMs: isSilent ? null : 1,
    transport: 'udp',
  };
}

export interface Run {
  readonly verdicts: Record<string, string>;
  readonly available: Record<string, boolean | null | undefined>;
  readonly evidence: Record<string, Evidence>;
  readonly metrics: Record<string, number>;
  readonly asked: readonly Asked[];
  readonly slowed: readonly string[];
}

/** Runs the phase over the names against a scripted DNS: every port is an interface. Canaries are off unless wanted. */
export async function validate(
  names: readonly string[],
  world: World,
  config: Partial<Record<keyof DnsConfig, unknown>> = {},
  resolvers: readonly string[] = [MAIN],
  changes: DnsPersonaInput = {},
): Promise<Run> {
  const asked: Asked[] = [];
  const slowed: string[] = [];
  // Time passes with each answer.
  const ticks = new Set<() => void>();
  let turn = 0;
  let seed = 7;
  const resolverOf = (isTrusted: boolean, only?: string) => {
    const ask = ({ name, type }: DnsQuestion): DnsAnswer => {
      const resolver = isTrusted ? TRUSTED : (only ?? resolvers[turn++ % resolvers.length] ?? MAIN);
      asked.push({ name, type, resolver });
      const zone = isTrusted ? (world.trusted ?? world.zone) : world.zone;
      return answerOf(zone(name, type, resolver), resolver);
    };
    return {
      query: async (name: string, type: RecordType) => ask({ name, type }),
      async run(source: { next(): DnsQuestion | null; answered(q: DnsQuestion, a: DnsAnswer): void }) {
        for (let question = source.next(); question !== null; question = source.next()) {
          await Promise.resolve();
          source.answered(question, ask(question));
          for (const tick of ticks) tick();
        }
      },
      slowDown: (resolver: string) => void slowed.push(resolver),
    };
  };
  const [main, trusted] = [resolverOf(false), resolverOf(true)];
  const dns = {
    resolver: (persona: { resolvers: readonly { address: string }[] }) =>
      persona.resolvers[0]?.address === TRUSTED
        ? trusted
        : persona.resolvers.length === 1
          ? resolverOf(false, persona.resolvers[0]?.address)
          : main,
    ...(world.registry === undefined
      ? null
      : {
          askServer: async (server: string, { name, type }: DnsQuestion) => {
            asked.push({ name, type, resolver: server });
            const answer = world.registry?.(server, name) ?? null;
            if (answer === null) throw new Error('refused by the guard');
            return {
              rcode: 'NOERROR',
              isAuthoritative: true,
              records: [],
              referral: [],
              rttMs: 1,
              ...answer,
            };
          },
        }),
  } as unknown as DnsPort;
  let nowMs = 0;
  const ports = {
    dns,
    clock: {
      nowMs: () => nowMs++,
      stalledMs: () => 0,
      every: (_: number, tick: () => void) => {
        ticks.add(tick);
        return () => ticks.delete(tick);
      },
    },
    random: {
      below: (limit: number) => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        return (seed >>> 8) % limit;
      },
    },
    rdap: { lookup: async (domain: string) => world.rdap?.(domain) },
  } as unknown as PhasePorts;
  const persona = dnsPersonaSchema.parse({
    resolvers: [...resolvers],
    trustedResolvers: world.trusted === undefined ? [] : [TRUSTED],
    ...changes,
  });
  const run: Run = { verdicts: {}, available: {}, evidence: {}, metrics: {}, asked, slowed };
  const sink = new ResultList();
  const batch = {
    plan: {
      config: dnsConfigSchema.parse({ canaries: { enabled: false }, ...config }),
      persona,
      lookupPersona: null,
      keywordRules: [],
    },
    lo: 0,
    hi: names.length,
    items: names.map((name, ordinal) => ({ ordinal, name, prior: null })),
    loaded: [],
    sink,
    signal: new AbortController().signal,
    onDrained: () => undefined,
  };
  for await (const chunk of dnsPhase.run(batch, ports)) {
    for (const [key, n] of Object.entries(chunk.metrics ?? {}))
      run.metrics[key] = (run.metrics[key] ?? 0) + n;
  }
  for (const { ordinal, verdict, isAvailable, evidence } of sink.taken) {
    const name = names[ordinal] ?? '';
    expect(run.verdicts[name]).toBeUndefined();
    run.verdicts[name] = verdict;
    run.available[name] = isAvailable;
    run.evidence[name] = evidence;
  }
  expect(Object.keys(run.verdicts)).toHaveLength(names.length);
  return run;
}

/** Names that exist, with their address; everything else does not. */
export const plain =
  (known: Readonly<Record<string, Reply>>): Zone =>
  (name, type) => {
    const reply = known[name];
    if (reply === undefined) return 'NXDOMAIN';
    if (typeof reply === 'string') return reply;
    return reply.filter(([each]) => each === type || each === 'CNAME');
  };
/** An answer of addresses. */
export const A = (...data: string[]): Reply => data.map((each) => ['A', each] as const);
