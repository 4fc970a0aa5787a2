import type {
  DnsAnswer,
  DnsPort,
  DnsQuestion,
  DnsResolver,
  DnsSource,
  ServerAnswer,
} from '../dns/dns-port.ts';
import { type DnsPersona, dnsPersonaSchema, type RecordType } from '../persona/dns-persona.ts';
import { enterGate } from './enter-gate.ts';
import { queriesOf } from './queries-of.ts';
import { ShapedRun } from './shaped-run.ts';
import type { CapKind } from './shaping-schema.ts';
import type { TrafficControl } from './traffic-control.ts';

const KINDS: readonly CapKind[] = ['resolver', 'nameServer', 'registrableDomain', 'address'];
/** Pools that one persona may be spread over. */
const MOST_VARIANTS = 64;
/** Resolvers that a turn may fall back on, the one whose turn it is included: each turn has sockets of its own to them. */
const LEAST_OF_A_TURN = 4;
/** What the engine may let through at once, besides its rate (`packages/net/src/dns/rate-limit.ts`): 50 ms of it. */
const ENGINE_BURST = 1.05;

/** What those are told whose question was not sent, because the work has stopped. */
const NOT_ASKED: DnsAnswer = {
  rcode: 'TIMEOUT',
  records: [],
  resolver: null,
  attempts: 1,
  rttMs: null,
  transport: 'udp',
};
const SERVER_NOT_ASKED: ServerAnswer = {
  rcode: 'TIMEOUT',
  isAuthoritative: false,
  records: [],
  referral: [],
  rttMs: null,
};

/**
 * A DNS port that asks as the shaping says: it delays what it hands to the port below, which knows nothing of it.
 * `persona` is the phase's own, the one whose turn others share.
 */
export function shapeDns(port: DnsPort, persona: DnsPersona, control: TrafficControl): DnsPort {
  const own = JSON.stringify(persona);
  const { askServer } = port;
  return {
    resolver(asked, isTrial) {
      const isOwn = JSON.stringify(asked) === own;
      const resolvers = variantsOf(asked, isOwn, control).map((variant) =>
        port.resolver(capped(variant, control), isTrial),
      );
      return shapeResolver(resolvers, asked, control);
    },
    ...(askServer === undefined
      ? {}
      : {
          async askServer(address, question, timeoutMs, signal) {
            const targets = control.targetsOf(question.name, { address });
            if (!(await enterGate(control, targets, signal))) return SERVER_NOT_ASKED;
            control.sent(question.name, address);
            try {
              return await askServer.call(port, address, question, timeoutMs, signal);
            } finally {
              control.leave(targets, 1);
            }
          },
        }),
  };
}

/** The personas that take turns; the first is the one asked for. */
function variantsOf(asked: DnsPersona, isOwn: boolean, { plan }: TrafficControl): DnsPersona[] {
  const { rotation } = plan.values;
  const personas = isOwn
    ? [asked, ...plan.personas.map((persona) => dnsPersonaSchema.parse(persona))]
    : [asked];
  if (!rotation.resolvers) return personas.slice(0, MOST_VARIANTS);
  const turned = personas.flatMap((persona) =>
    persona.resolvers.length < 2
      ? [persona]
      : persona.resolvers.map((_, first): DnsPersona => {
          const resolvers = [...persona.resolvers.slice(first), ...persona.resolvers.slice(0, first)];
          const most = Math.max(LEAST_OF_A_TURN, persona.attempts);
          return { ...persona, resolvers: resolvers.slice(0, most), strategy: 'failover' };
        }),
  );
  return turned.slice(0, MOST_VARIANTS);
}

/** The engine itself counts what each resolver gets, retries included: it is given this worker's share of the cap. */
function capped(persona: DnsPersona, control: TrafficControl): DnsPersona {
  const share = control.rateShare(control.plan.values.caps.resolver);
  if (share === null) return persona;
  const most = Math.max(1, Math.floor(share / ENGINE_BURST));
  return { ...persona, queriesPerSecond: Math.min(persona.queriesPerSecond ?? most, most) };
}

function shapeResolver(
  resolvers: readonly DnsResolver[],
  asked: DnsPersona,
  control: TrafficControl,
): DnsResolver {
  const count = Math.max(1, asked.resolvers.length);
  const targetsOf = (name: string) => control.targetsOf(name, { resolvers: count });
  const inTurn = (name: string): number => control.turn(name, resolvers.length);
  const [only] = resolvers;
  return {
    async query(name: string, type: RecordType, signal: AbortSignal): Promise<DnsAnswer> {
      const targets = targetsOf(name);
      if (!(await enterGate(control, targets, signal))) return NOT_ASKED;
      control.sent(name, undefined);
      let attempts = 1;
      try {
        const answer = await (resolvers[inTurn(name)] as DnsResolver).query(name, type, signal);
        attempts = queriesOf(answer, asked.transport);
        return answer;
      } finally {
        control.leave(targets, attempts);
      }
    },
    run<Question extends DnsQuestion>(source: DnsSource<Question>, signal: AbortSignal): Promise<void> {
      if (only !== undefined && resolvers.length === 1 && !control.hasWaits(KINDS)) {
        return only.run(measured(source, control), signal);
      }
      return new ShapedRun({
        transport: asked.transport,
        source,
        resolvers,
        inTurn,
        targetsOf,
        control,
        signal,
      }).run();
    },
    slowDown(resolver) {
      for (const each of resolvers) each.slowDown?.(resolver);
    },
  };
}

/** The source as it is, but what is drawn from it is measured. */
function measured<Question extends DnsQuestion>(
  source: DnsSource<Question>,
  control: TrafficControl,
): DnsSource<Question> {
  return {
    next() {
      const question = source.next();
      if (question !== null) control.sent(question.name, undefined);
      return question;
    },
    answered: (question, answer) => source.answered(question, answer),
  };
}
