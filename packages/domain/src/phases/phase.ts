import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { PageFeatures } from '../content/page-features.ts';
import type { CompiledFingerprints } from '../content/technology/compile-fingerprints.ts';
import type { DnsPort } from '../dns/dns-port.ts';
import type { RdapPort } from '../dns/rdap-port.ts';
import type { WordLists } from '../generation/dictionary/word-list.ts';
import type { HttpPort } from '../http/http-port.ts';
import type { KeywordRule } from '../keyword/keyword-rule.ts';
import type { Randomness } from '../random.ts';
import type { LeadRecord } from '../scoring/lead-record.ts';
import type { ScoreProfile } from '../scoring/score-profile.ts';
import type { ShapingPlan } from '../shaping/shaping-plan.ts';

export const PHASE_NAMES = ['generation', 'dns', 'http', 'analysis'] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

/** What a verdict means for the domain: the coarse status that lists filter by. */
export type VerdictStatus = 'ok' | 'error' | 'timeout';

export interface VerdictInfo {
  readonly status: VerdictStatus;
  /** `ambiguous`: nothing is known of the domain. `failed`: a retry may help. `no`: the answer is final. */
  readonly retry: 'no' | 'failed' | 'ambiguous';
  readonly label: string;
  /** One sentence for a person: what was seen, and what it does and does not say of the domain. */
  readonly explanation: string;
}

/** A domain that a phase is asked to work on, with what the phases before it found. */
export interface PhaseItem {
  /** Position in the campaign, from 0; with the campaign it is the domain's key. */
  readonly ordinal: number;
  readonly name: string;
  /** Evidence of the phase that this one requires, null where the campaign has no such phase. */
  readonly prior: Evidence | null;
  /** It is suppressed: nothing of it may be fetched or kept. */
  readonly isSuppressed?: boolean;
}

/** A domain with what is stored of pages: too much to be held for a whole batch. */
export interface LoadedItem extends PhaseItem {
  /** Features of the page that the HTTP phase kept; only for phases with `loadsPages`. */
  readonly page?: PageFeatures | null;
  /** Evidence of the DNS phase of the campaign; only for phases with `loadsPages`. */
  readonly dns?: Evidence | null;
  /** Its page as another campaign holds it: it is taken over instead of being fetched. */
  readonly held?: HeldPage;
}

/** The domains of a batch in the order of the run: a list, or what makes each item when it is asked for. */
export interface PhaseItems extends Iterable<PhaseItem> {
  readonly length: number;
  at(index: number): PhaseItem | undefined;
}

/** A page that another campaign has fetched, with what was found there. */
export interface HeldPage {
  readonly campaignId: string;
  readonly page: PageFeatures;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly code: number | null;
  readonly evidence: Evidence;
}

/** JSON kept with a verdict so that a person can check it. */
export type Evidence = Readonly<Record<string, unknown>>;

export interface PhaseResult {
  readonly ordinal: number;
  readonly verdict: string;
  /** A number that people filter by: the HTTP status code, the lead's score; null where there is none. */
  readonly code: number | null;
  /** Whether the registrable domain can be registered; null or absent where that is not known. */
  readonly isAvailable?: boolean | null;
  readonly evidence: Evidence;
}

/** What is stored beside a result. */
export interface Kept {
  readonly page?: PageFeatures;
  /** When the page was fetched, where that is not now: ISO 8601. */
  readonly fetchedAt?: string;
  readonly lead?: { readonly domain: string; readonly record: LeadRecord };
}

/**
 * Takes results one by one as they become final and keeps each as what is to be stored, so that thousands of them do not
 * wait for their commit as objects. A batch that is stopped forgets what was not taken out and yielded.
 */
export interface ResultSink {
  add(result: PhaseResult, kept?: Kept): void;
  /** How many there are. */
  readonly length: number;
  /** What they take. */
  readonly octets: number;
  /** Those added since the last call, for a chunk. */
  take(): HeldResults;
}

/** Results as a sink keeps them. */
export interface HeldResults {
  readonly length: number;
  /** Their number by verdict. */
  readonly counts: Readonly<Record<string, number>>;
  /** Kept in a retry alone, whose results replace others. */
  readonly ordinals: readonly number[];
  /** What is to be stored, in pieces, by what stores it. */
  readonly rows: ReadonlyMap<string, readonly Uint8Array[]>;
}

/** What a phase hands over to be committed together. */
export interface PhaseChunk {
  /** Results that were put into the batch's sink. */
  readonly held?: HeldResults;
  /** Names that generation adds to the campaign. */
  readonly domains?: readonly { readonly ordinal: number; readonly name: string }[];
  /** Ordinals that gave no row, counted by reason (generation). */
  readonly skipped?: Readonly<Record<string, number>>;
  /**
   * Additive whole numbers on the work itself, summed over the ledger and shown with the phase. A chunk may hold nothing
   * else, but none may follow the one with the batch's last result.
   */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** What a phase runs with: its configuration and the records it names, as they were when it started. */
export interface PhasePlan<Config> {
  readonly config: Config;
  /** Configuration of the persona that the phase uses, validated by that persona's schema. */
  readonly persona: unknown;
  /** Configuration of the DNS persona for names met on the way; null where the phase has no `looksUpNames`. */
  readonly lookupPersona: unknown;
  readonly keywordRules: readonly KeywordRule[];
  /** The stored word lists that the configuration names: filled in when a batch is read, never stored with the plan. */
  readonly wordLists?: WordLists;
  /** Ids of the imported sets of technologies that analysis uses besides the platform's own. */
  readonly technologyImportIds?: readonly string[];
  /** Those sets, prepared: filled in when a batch is read, never stored. Absent: the platform's own only. */
  readonly technologies?: CompiledFingerprints;
  /**
   * Proxies that all requests of the phase go through (`proxyPoolSchema`), credentials in the clear: filled in when a
   * batch is read, never stored. Absent or null: requests go direct.
   */
  readonly proxyPool?: unknown;
  /** Campaigns whose pages the HTTP phase takes over instead of fetching them again. */
  readonly heldIn?: readonly string[];
  /** What leads are scored with, and which version of which profile it is; absent: the default of the code. */
  readonly scoreProfile?: {
    readonly id: string;
    readonly version: number;
    readonly weights: ScoreProfile;
  };
  /** How the run's traffic is shaped; absent or null: not at all. */
  readonly shaping?: ShapingPlan | null;
}

export interface PhaseBatch<Config> {
  readonly plan: PhasePlan<Config>;
  /** The range [lo, hi) of ordinals. */
  readonly lo: number;
  readonly hi: number;
  readonly items: PhaseItems;
  /** The same ones with what is stored of pages, read as they are asked for. */
  readonly loaded: AsyncIterable<LoadedItem> | Iterable<LoadedItem>;
  readonly sink: ResultSink;
  /** Ordinals of domains that were suppressed after the batch was read; it grows while the phase runs. */
  readonly suppressed?: ReadonlySet<number>;
  /** Aborted on pause, cancel, lost lease and shutdown: stop taking new domains, drop what is in flight. */
  readonly signal: AbortSignal;
  /**
   * To be called once no item is left to begin: the worker then takes the next batch while the last answers of this
   * one come. A phase that does not call it has its worker to itself until the batch is done.
   */
  readonly onDrained: () => void;
}

/** The outside world as phases see it; the worker's entry makes it from `net`. */
export interface PhasePorts {
  readonly dns: DnsPort;
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly rdap: RdapPort;
}

/**
 * A phase: the one folder that says what its configuration, verdicts and work are. Worker, progress, API and UI
 * iterate the registry.
 */
export interface PhaseDefinition<Config = unknown> {
  readonly name: PhaseName;
  readonly label: string;
  readonly description: string;
  /** Domains enter when this phase of the same campaign found them `OK`; all enter where it is absent. */
  readonly requires: PhaseName | null;
  readonly verdicts: Readonly<Record<string, VerdictInfo>>;
  readonly configSchema: z.ZodType<Config>;
  /** The kind of persona that `config.personaId` names, if any. */
  readonly persona: 'dns' | 'http' | null;
  readonly usesKeywordSets: boolean;
  readonly loadsPages: boolean;
  /** Asks for addresses besides those in `prior`; `config.dnsPersonaId` may then name the DNS persona for it. */
  readonly looksUpNames: boolean;
  /** Domains per batch: a few seconds of work. */
  readonly batchSize: number;
  /**
   * Works through the batch and yields whenever there is something worth committing, in any order of ordinals. What
   * it has not yielded when `signal` aborts is done again later. It must yield each item exactly once.
   */
  run(batch: PhaseBatch<Config>, ports: PhasePorts): AsyncGenerator<PhaseChunk>;
}
