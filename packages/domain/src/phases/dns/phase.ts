import { tryResolvers } from '../../dns/canary-trial.ts';
import { inquiryOrder } from '../../dns/inquiry.ts';
import { Metrics } from '../../dns/metrics.ts';
import { resolverKnowledge } from '../../dns/resolver-knowledge.ts';
import { DNS_VERDICTS } from '../../dns/verdicts.ts';
import { withoutDoubted } from '../../dns/without-doubted.ts';
import { type DnsPersona, dnsPersonaSchema } from '../../persona/dns-persona.ts';
import type { PhaseBatch, PhaseChunk, PhaseDefinition, PhaseItems, PhasePorts } from '../phase.ts';
import { Assessor } from './assessor.ts';
import { type DnsConfig, dnsConfigSchema } from './config.ts';
import { Validation } from './validation.ts';

/** How often finished results are looked at. */
const CHUNK_INTERVAL_MS = 500;
/** Fewer finished results than this wait for more, so that the last answers of many batches do not each cost a commit. */
const WORTH_COMMITTING = 250;
/** After so many intervals any number of them is worth it. */
const INTERVALS_WAITED = 4;
/** Names by whose zones the resolvers are tried before they are believed. */
const NAMES_TO_TRY = 200;

async function* run(batch: PhaseBatch<DnsConfig>, ports: PhasePorts): AsyncGenerator<PhaseChunk> {
  const { items, sink, plan, signal, onDrained } = batch;
  // A run that was planned by an older version has fewer settings.
  const config = dnsConfigSchema.parse(plan.config ?? {});
  const persona = dnsPersonaSchema.parse(plan.persona ?? {});
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  const metrics = new Metrics();
  const knowledge = resolverKnowledge(persona, config.canaries.positives, ports);
  const resolver = ports.dns.resolver(persona);
  const trusted = persona.trustedResolvers.length === 0 ? null : ports.dns.resolver(trustedPersona(persona));
  const order = inquiryOrder(persona.recordTypes);
  const { rdap } = ports;
  const { canaries } = knowledge;
  if (config.canaries.enabled) {
    const alone = eachAlone(persona).map((one) => ports.dns.resolver(one, true));
    const names = firstNames(items);
    const trial = { ...knowledge, resolver, trusted, alone, names, metrics };
    canaries.begin(() => tryResolvers(trial));
  }
  const validation = new Validation({
    items,
    sink,
    assessor: new Assessor({
      config,
      persona,
      order,
      knowledge,
      resolver,
      others: (isInDoubt) => ({
        inTurn: takesTurns(persona) ? resolver : null,
        others: ports.dns.resolver(withoutDoubted(persona, isInDoubt)),
      }),
      trusted,
      rdap,
      metrics,
      signal: ending,
    }),
    retryBudget: config.retryBudget,
    canariesPerThousand: config.canaries.enabled ? config.canaries.perThousand : 0,
    onDrained,
  });

  const takeMetrics = () => {
    metrics.add('wildcard.probes', knowledge.wildcards.takeQueries());
    metrics.add('registration.queries', knowledge.delegations.takeQueries());
    return metrics.take();
  };
  const ended = resolver.run(validation, ending).then(() => validation.settled());
  const hasEnded = ended.then(() => true);
  let wake: (isOver: false) => void = () => undefined;
  const stopTicking = ports.clock.every(CHUNK_INTERVAL_MS, () => wake(false));
  try {
    let waited = 0;
    for (let isOver = false; !isOver; ) {
      const tick = new Promise<false>((resolve) => {
        wake = resolve;
      });
      isOver = await Promise.race([tick, hasEnded]);
      waited += 1;
      if (sink.length === 0) continue;
      // Nothing can be added to a batch after its last result: figures of canaries still under way come with it.
      const { isComplete } = validation;
      if (!isOver && (isComplete || (sink.length < WORTH_COMMITTING && waited < INTERVALS_WAITED))) continue;
      waited = 0;
      if (isOver && config.canaries.enabled && !canaries.hasPositives) metrics.add('canary.unconfirmed');
      const figures = takeMetrics();
      const held = sink.take();
      yield figures === null ? { held } : { held, metrics: figures };
    }
  } finally {
    stopTicking();
    // The consumer may stop early: nothing may be asked for a batch that nobody reads.
    stop.abort();
    await ended.catch(() => undefined);
  }
}

function firstNames(items: PhaseItems): string[] {
  const names: string[] = [];
  for (const { name } of items) {
    if (names.push(name) === NAMES_TO_TRY) break;
  }
  return names;
}

const takesTurns = ({ strategy }: DnsPersona): boolean => strategy === 'round_robin' || strategy === 'random';

/** The resolvers one by one, for their trial: each question goes to one of them, once. */
const eachAlone = (persona: DnsPersona): DnsPersona[] =>
  persona.resolvers.length === 0
    ? [persona]
    : persona.resolvers.map((entry) => ({ ...persona, resolvers: [entry], attempts: 1 }));

/** The persona's trusted resolvers as a pool of their own. */
const trustedPersona = (persona: DnsPersona): DnsPersona => ({
  ...persona,
  resolvers: persona.trustedResolvers,
  trustedResolvers: [],
});

/** DNS validation: which domains have an address, and what is known of the others. */
export const dnsPhase: PhaseDefinition<DnsConfig> = {
  name: 'dns',
  label: 'DNS validation',
  description:
    'Asks resolvers for the addresses of each domain and tells live names from absent and undecided ones.',
  requires: null,
  verdicts: DNS_VERDICTS,
  configSchema: dnsConfigSchema,
  persona: 'dns',
  usesKeywordSets: false,
  loadsPages: false,
  looksUpNames: false,
  batchSize: 10_000,
  run,
};
