import { classifyAnswers } from '../../dns/classify-answers.ts';
import { dnsEvidence } from '../../dns/dns-evidence.ts';
import type { DnsSource } from '../../dns/dns-port.ts';
import { Inquiry, inquiryOrder } from '../../dns/inquiry.ts';
import { DNS_VERDICTS } from '../../dns/verdicts.ts';
import { dnsPersonaSchema } from '../../persona/dns-persona.ts';
import type { PhaseBatch, PhaseChunk, PhaseDefinition, PhasePorts, PhaseResult } from '../phase.ts';
import { type DnsConfig, dnsConfigSchema } from './config.ts';

/** How often finished results are looked at. */
const CHUNK_INTERVAL_MS = 500;
/** Fewer finished results than this wait for more, so that the last answers of many batches do not each cost a commit. */
const WORTH_COMMITTING = 250;
/** After so many intervals any number of them is worth it. */
const INTERVALS_WAITED = 4;

function resultOf(inquiry: Inquiry): PhaseResult {
  const classification = classifyAnswers(inquiry.answers);
  const evidence = dnsEvidence(classification, inquiry.answers);
  return { ordinal: inquiry.ordinal, verdict: classification.verdict, code: null, evidence };
}

async function* run(batch: PhaseBatch<DnsConfig>, ports: PhasePorts): AsyncGenerator<PhaseChunk> {
  const { items, plan, signal, onDrained } = batch;
  const persona = dnsPersonaSchema.parse(plan.persona ?? {});
  const order = inquiryOrder(persona.recordTypes);
  let finished: PhaseResult[] = [];
  let taken = 0;
  const goingOn: Inquiry[] = [];

  const source: DnsSource<Inquiry> = {
    next() {
      const pending = goingOn.pop();
      if (pending !== undefined) return pending;
      const item = items[taken];
      if (item === undefined) return null;
      taken += 1;
      if (taken === items.length) onDrained();
      return new Inquiry(item.ordinal, item.name, order);
    },
    answered(inquiry, answer) {
      if (inquiry.advance(answer)) goingOn.push(inquiry);
      else finished.push(resultOf(inquiry));
    },
  };

  const stop = new AbortController();
  const ended = ports.dns.resolver(persona).run(source, AbortSignal.any([signal, stop.signal]));
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
      if (finished.length === 0) continue;
      if (!isOver && finished.length < WORTH_COMMITTING && waited < INTERVALS_WAITED) continue;
      waited = 0;
      const results = finished;
      finished = [];
      yield { results };
    }
  } finally {
    stopTicking();
    // The consumer may stop early: nothing may be asked for a batch that nobody reads.
    stop.abort();
    await ended.catch(() => undefined);
  }
}

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
  batchSize: 5_000,
  run,
};
