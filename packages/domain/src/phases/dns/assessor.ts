import type { Canary, CanaryWatch } from '../../dns/canary-watch.ts';
import type { Classification } from '../../dns/classify-answers.ts';
import type { EvidenceBeingMade, RecheckEvidence } from '../../dns/dns-evidence.ts';
import type { DnsAnswer, DnsResolver } from '../../dns/dns-port.ts';
import type { Inquiry } from '../../dns/inquiry.ts';
import type { Metrics } from '../../dns/metrics.ts';
import type { RdapAnswer, RdapPort } from '../../dns/rdap-port.ts';
import { registrableOf, zoneInChargeOf } from '../../dns/registrable.ts';
import type { ResolverKnowledge } from '../../dns/resolver-knowledge.ts';
import { DNS_VERDICTS, type DnsVerdict } from '../../dns/verdicts.ts';
import type { ZoneFinding } from '../../dns/wildcard-zones.ts';
import type { DnsPersona, RecordType } from '../../persona/dns-persona.ts';
import { saidByAnswer, saidByDelegation, saidByRdap } from './availability.ts';
import type { DnsConfig } from './config.ts';
import { askHonest, askTrusted, type Opinion, type OtherResolvers } from './second-opinion.ts';

/** What is concluded of a domain, with what it rests on. */
export interface Assessment {
  readonly inquiry: Inquiry;
  readonly classification: Classification;
  readonly verdict: DnsVerdict;
  readonly isAvailable: boolean | null;
  readonly zone: ZoneFinding | null;
  readonly registration: Readonly<Record<string, unknown>> | null;
  readonly recheck: RecheckEvidence | null;
}

interface AssessorOptions {
  readonly config: DnsConfig;
  readonly persona: DnsPersona;
  /** Types in the order in which they are asked for. */
  readonly order: readonly RecordType[];
  readonly knowledge: ResolverKnowledge;
  readonly resolver: DnsResolver;
  /** How those in doubt are avoided, as far as there are others. */
  readonly others: (isInDoubt: (resolver: string) => boolean) => OtherResolvers;
  /** Null where the persona trusts none in particular. */
  readonly trusted: DnsResolver | null;
  readonly rdap: RdapPort;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
}

const isAmbiguous = (verdict: DnsVerdict): boolean => DNS_VERDICTS[verdict].retry === 'ambiguous';

/** Judges domains by their answers: what these prove at once, and what must be asked besides. */
export class Assessor {
  readonly order: readonly RecordType[];
  readonly canaries: CanaryWatch;
  readonly signal: AbortSignal;
  readonly #options: AssessorOptions;
  readonly #deciding: readonly RecordType[];
  #isReady: boolean;

  constructor(options: AssessorOptions) {
    this.#options = options;
    this.order = options.order;
    this.canaries = options.knowledge.canaries;
    this.signal = options.signal;
    this.#deciding = options.order.filter((type) => type === 'A' || type === 'AAAA');
    this.#isReady = !options.config.canaries.enabled || this.canaries.isTried;
  }

  canaryAnswered(canary: Canary, answer: DnsAnswer): void {
    const { resolver, metrics } = this.#options;
    this.canaries.answered(canary, answer, resolver, metrics);
  }

  /** True, and counted, where a verdict is undecided. */
  noteCut(verdict: DnsVerdict): boolean {
    if (!isAmbiguous(verdict)) return false;
    this.#options.metrics.add('retries.cut');
    return true;
  }

  /** The assessment where it needs no further question; null: `closer` is to make it. */
  atOnce(inquiry: Inquiry, classification: Classification): Assessment | null {
    const { verdict, decidedBy } = classification;
    if (this.#wantsTrusted(verdict) || this.#isDoubted(inquiry, classification)) return null;
    if (this.#awaitsTrial(verdict)) return null;
    let zone: ZoneFinding | null = null;
    if (verdict === 'OK' || verdict === 'NOANSWER') {
      const { config, knowledge } = this.#options;
      const parent = config.wildcardDetection ? zoneInChargeOf(inquiry.name) : null;
      zone = parent === null ? null : knowledge.wildcards.known(parent);
      if (verdict === 'OK' && parent !== null && zone?.state !== 'none') return null;
      if (verdict === 'OK') this.canaries.noteFound(inquiry.name, decidedBy.answer.resolver);
    }
    const isAvailable = this.#saidAtOnce(verdict, inquiry.name, zone, classification);
    if (isAvailable === 'ask') return null;
    return { inquiry, classification, verdict, isAvailable, zone, registration: null, recheck: null };
  }

  /** Asks whatever else is to be known. Rejects when the batch is aborted. */
  async closer(first: Inquiry, firstClass: Classification): Promise<Assessment> {
    if (this.#awaitsTrial(firstClass.verdict)) {
      await this.canaries.tried;
      await this.#options.knowledge.pace.turn();
    }
    this.signal.throwIfAborted();
    const opinion = await this.#secondOpinion(first, firstClass);
    const { inquiry, classification } = opinion ?? { inquiry: first, classification: firstClass };
    let { verdict }: { verdict: DnsVerdict } = classification;
    const zone = await this.#zoneAbove(inquiry.name, verdict);
    if (zone?.state === 'wildcard' && verdict === 'OK' && (await this.#isOfWildcard(zone, inquiry))) {
      verdict = 'WILDCARD';
      this.#options.metrics.add('wildcard.names');
    }
    const { isAvailable, registration } = await this.#registration(verdict, inquiry, zone, classification);
    const recheck = opinion?.recheck ?? null;
    return { inquiry, classification, verdict, isAvailable, zone, registration, recheck };
  }

  /** True for what resolvers can be caught at saying wrongly, until they have been tried. */
  #awaitsTrial(verdict: DnsVerdict): boolean {
    this.#isReady ||= this.canaries.isTried;
    if (this.#isReady) return false;
    // With one resolver alone there is nobody to say that it denies what exists.
    return verdict === 'OK' || (verdict === 'NXDOMAIN' && this.#options.persona.resolvers.length > 1);
  }

  /** True where an answer comes from a resolver that was caught at giving such answers wrongly. */
  #isDoubted({ answers }: Inquiry, { verdict, decidedBy }: Classification): boolean {
    if (verdict === 'NXDOMAIN') return this.canaries.isDenier(decidedBy.answer.resolver);
    return answers.some(({ answer }) => answer.records.length > 0 && this.canaries.isLiar(answer.resolver));
  }

  #wantsTrusted(verdict: DnsVerdict): boolean {
    const { trusted, config } = this.#options;
    if (trusted === null || config.recheck === 'none' || verdict === 'ERROR') return false;
    return config.recheck === 'all' || verdict === 'OK' || isAmbiguous(verdict);
  }

  async #secondOpinion(inquiry: Inquiry, classification: Classification): Promise<Opinion | null> {
    const { trusted, others, metrics, signal } = this.#options;
    const isInDoubt = (answering: string | null): boolean => this.canaries.isInDoubt(answering);
    const by = classification.decidedBy.answer.resolver;
    const isDoubted = this.#isDoubted(inquiry, classification);
    const asksTrusted = trusted !== null && (isDoubted || this.#wantsTrusted(classification.verdict));
    if (!asksTrusted && !isDoubted) return null;
    metrics.add('recheck.asked');
    // All types where the first is in doubt: nothing that such a resolver said is kept.
    const types = isDoubted ? this.order : this.#deciding;
    let opinion: Opinion | null = null;
    if (asksTrusted) opinion = await askTrusted(inquiry, classification, types, trusted, isDoubted, signal);
    else if (this.canaries.hasReliable)
      opinion = await askHonest(inquiry, classification, types, others(isInDoubt), isInDoubt, signal);
    if (opinion === null) {
      metrics.add('recheck.undecided');
      // The evidence says that it is in doubt, and that there was nobody else to ask.
      const recheck = { resolver: null, verdict: classification.verdict, because: 'unreliable' as const };
      return { inquiry, classification, recheck };
    }
    const { instead, verdict } = opinion.recheck;
    metrics.add(
      instead !== undefined
        ? 'recheck.changed'
        : verdict === classification.verdict
          ? 'recheck.agreed'
          : 'recheck.undecided',
    );
    if (instead !== undefined && by !== null && !isAmbiguous(instead.verdict)) metrics.add(`disagrees.${by}`);
    return opinion;
  }

  async #zoneAbove(name: string, verdict: DnsVerdict): Promise<ZoneFinding | null> {
    const { config, knowledge } = this.#options;
    const parent = zoneInChargeOf(name);
    if (!config.wildcardDetection || parent === null) return null;
    const known = knowledge.wildcards.known(parent);
    if (verdict !== 'OK' && verdict !== 'NOANSWER') return known;
    const zone = known ?? (await knowledge.wildcards.find(parent));
    if (known === null) await knowledge.pace.turn();
    this.signal.throwIfAborted();
    if (zone.deniesNames) this.canaries.noteZone(parent);
    return zone;
  }

  /** True where nothing but the wildcard speaks for the name. */
  async #isOfWildcard(zone: ZoneFinding, { answers }: Inquiry): Promise<boolean> {
    const records = answers.flatMap(({ type, answer }) =>
      (type === 'A' || type === 'AAAA') && answer.rcode === 'NOERROR' ? answer.records : [],
    );
    for (;;) {
      if (zone.pool.covers(records)) return true;
      const before = zone.pool.answers;
      await this.#options.knowledge.wildcards.widen(zone);
      this.signal.throwIfAborted();
      if (zone.pool.answers === before) return zone.pool.mayCover(records);
    }
  }

  /** As `saidByAnswer`, or what is remembered of the registrable domain. */
  #saidAtOnce(
    verdict: DnsVerdict,
    name: string,
    zone: ZoneFinding | null,
    { decidedBy }: Classification,
  ): boolean | null | 'ask' {
    const { registrationCheck } = this.#options.config;
    if (registrationCheck === 'off') return null;
    const { referral } = decidedBy.answer;
    if (referral?.some(({ owner }) => owner === registrableOf(name))) return false;
    const said = saidByAnswer(verdict, name, zone);
    // The registry knows names that it holds back, which DNS does not show.
    return said === true && registrationCheck === 'rdap' ? 'ask' : said;
  }

  async #registration(
    verdict: DnsVerdict,
    inquiry: Inquiry,
    zone: ZoneFinding | null,
    classification: Classification,
  ): Promise<Pick<Assessment, 'isAvailable' | 'registration'>> {
    const { config, persona, knowledge, metrics, rdap, signal } = this.#options;
    const { name } = inquiry;
    const isDoubted = this.#isDoubted(inquiry, classification);
    const byAnswer = this.#saidAtOnce(verdict, name, zone, classification);
    const said = byAnswer !== null && isDoubted ? 'ask' : byAnswer;
    const domain = registrableOf(name);
    if (said !== 'ask' || domain === null)
      return { isAvailable: said === 'ask' ? null : said, registration: null };
    let unheard: RdapAnswer | null = null;
    if (config.registrationCheck === 'rdap') {
      metrics.add('registration.rdap');
      const answer = await rdap.lookup(domain, { servers: config.rdapServers, persona }, signal);
      const isAvailable = saidByRdap(answer);
      if (isAvailable !== null) return { isAvailable, registration: { domain, by: 'rdap', ...answer } };
      // Without a server for the TLD the delegation is all that there is.
      if (answer.url !== null) unheard = answer;
    }
    /** A registry that was not heard may hold back what DNS does not show. */
    const free = (registration: object) =>
      unheard === null
        ? { isAvailable: true, registration: { domain, ...registration } }
        : { isAvailable: null, registration: { domain, by: 'rdap', ...unheard } };
    if (unheard !== null) metrics.add('registration.unheard');
    if (!isDoubted && saidByAnswer(verdict, name, zone) === true) return free({ by: 'answer' });
    const known = knowledge.delegations.known(domain);
    if (known === null) metrics.add('registration.asked');
    // Silence would be asked twice, and so would who refuses; a referral shows that it knows more.
    const isReferred = classification.decidedBy.answer.referral !== undefined;
    const inVain = verdict === 'TIMEOUT' || (verdict === 'REFUSED' && !isReferred) ? verdict : null;
    const finding = known ?? (await knowledge.delegations.find(domain, inVain));
    signal.throwIfAborted();
    const isUnderWildcard = wildcardSpeaks(verdict, zone);
    const isAvailable = saidByDelegation(finding, domain === name ? isUnderWildcard : null);
    return isAvailable === true ? free(finding) : { isAvailable, registration: { domain, ...finding } };
  }
}

/**
 * Whether an answer without a delegation is the wildcard's. A name that is there without the wildcard's address was put
 * there, be it without an address of its own. Null where nothing is known of the zone, and where random names are there
 * without an address as well (a wildcard of other types, an alias to nowhere, denials without NXDOMAIN as in RFC 9824).
 */
function wildcardSpeaks(verdict: DnsVerdict, zone: ZoneFinding | null): boolean | null {
  if (verdict === 'WILDCARD') return true;
  if (zone === null || zone.state === 'unknown') return null;
  if (verdict === 'NOANSWER' && zone.state === 'none' && !zone.deniesNames) return null;
  return verdict === 'NOANSWER' || zone.state === 'none' ? false : null;
}

/** Adds what an assessment knows to the evidence of its answers. */
export function addEvidence(evidence: EvidenceBeingMade, { zone, registration, recheck }: Assessment): void {
  if (zone !== null) {
    evidence.wildcard = {
      zone: zone.zone,
      isWildcard: zone.state === 'unknown' ? null : zone.state === 'wildcard',
      ...(zone.state === 'none' ? null : { probes: zone.probes.slice(0, 3) }),
      ...(zone.pool.isRotating ? { isRotating: true as const } : null),
    };
  }
  if (registration !== null) evidence.registration = registration;
  if (recheck !== null) evidence.recheck = recheck;
}
