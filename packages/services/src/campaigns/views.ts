import { LEAD_STATES } from '@domainflow/db/schema/lead.ts';
import { storedInputSchema } from '@domainflow/domain/campaign/input.ts';
import {
  CAMPAIGN_COMMANDS,
  CAMPAIGN_MODES,
  CAMPAIGN_STATUSES,
  PHASE_STATUSES,
} from '@domainflow/domain/campaign/states.ts';
import { CAMPAIGN_TYPES, INPUT_SOURCES } from '@domainflow/domain/campaign/types.ts';
import { PHASE_NAMES } from '@domainflow/domain/phases/phase.ts';
import { z } from 'zod';

export const instantSchema = z.string();
const errorDetailsSchema = z.object({ code: z.string(), message: z.string() }).nullable();

export const phaseViewSchema = z.object({
  phase: z.enum(PHASE_NAMES),
  label: z.string(),
  status: z.enum(PHASE_STATUSES),
  /** 0 before the first start, then one more with each retry. */
  run: z.int(),
  config: z.record(z.string(), z.unknown()).nullable(),
  total: z.int(),
  processed: z.int(),
  /** Number of domains by verdict. */
  counts: z.record(z.string(), z.int()),
  /** What the phase reports of its work besides verdicts, summed over its batches. */
  metrics: z.record(z.string(), z.int()),
  /** Batches by what holds them. */
  batches: z.object({ pending: z.int(), leased: z.int(), done: z.int() }),
  /** The phase runs, but waits until then: for its quiet hours to end. */
  waitingUntil: instantSchema.nullable(),
  /** Of the latest run: a retry starts anew. */
  startedAt: instantSchema.nullable(),
  completedAt: instantSchema.nullable(),
  errorDetails: errorDetailsSchema,
});

const campaignCore = {
  campaignId: z.string(),
  campaignName: z.string(),
  description: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  campaignType: z.enum(CAMPAIGN_TYPES),
  mode: z.enum(CAMPAIGN_MODES),
  status: z.enum(CAMPAIGN_STATUSES),
  version: z.int(),
  domainInputSource: z.enum(INPUT_SOURCES),
  initialNumberOfDomains: z.int(),
  /** Percentage, one decimal. */
  progress: z.number(),
  processedDomainsCount: z.int(),
  ownerId: z.string(),
  ownerName: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  startedAt: instantSchema.nullable(),
  completedAt: instantSchema.nullable(),
  errorDetails: errorDetailsSchema,
};

export const campaignSummarySchema = z.object({
  ...campaignCore,
  phases: z.array(
    z.object({
      phase: z.enum(PHASE_NAMES),
      status: z.enum(PHASE_STATUSES),
      total: z.int(),
      processed: z.int(),
    }),
  ),
});

export const uploadViewSchema = z.object({
  fileId: z.string(),
  filename: z.string(),
  sizeBytes: z.int(),
  lines: z.int(),
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
  rejections: z.object({
    byReason: z.record(z.string(), z.int()),
    first: z.array(z.object({ line: z.int(), text: z.string(), reason: z.string() })),
  }),
  uploadedBy: z.string(),
  uploadedAt: instantSchema,
});

/** What a campaign takes of its pattern's space; offsets and sizes are decimal strings. */
const patternRangeSchema = z.object({
  patternHash: z.string(),
  /** The offsets that it was given with its first start, `endOffset` not included; null before. */
  startOffset: z.string().nullable(),
  endOffset: z.string().nullable(),
});

export const campaignViewSchema = z.object({
  ...campaignCore,
  /** As the phases are configured; what is null is the platform's default. */
  dnsPersonaId: z.string().nullable(),
  httpPersonaId: z.string().nullable(),
  /** `direct`, or the id of a pool of proxies. */
  proxyAssignmentId: z.string(),
  input: storedInputSchema,
  /** Offsets of the pattern's whole space, a decimal string; null for other sources, as the next ones are. */
  maxTheoreticalDomains: z.string().nullable(),
  targetDomainsToGenerate: z.int().nullable(),
  generationStrategy: z.string().nullable(),
  enforceUniqueness: z.boolean().nullable(),
  resumeFlag: z.boolean().nullable(),
  patternRange: patternRangeSchema.nullable(),
  phases: z.array(phaseViewSchema),
  uploadHistory: z.array(uploadViewSchema),
  /** Commands that the state machine accepts now. */
  allowedCommands: z.array(z.enum(CAMPAIGN_COMMANDS)),
});

/** Status of one phase for one domain; `pending` has no result yet. */
export const DOMAIN_PHASE_STATUSES = ['pending', 'ok', 'error', 'timeout'] as const;

export const domainRowSchema = z.object({
  ordinal: z.int(),
  domain: z.string(),
  dnsStatus: z.enum(DOMAIN_PHASE_STATUSES).nullable(),
  dnsReason: z.string().nullable(),
  /** Whether the registrable domain can be registered; null where that is not known. */
  isAvailable: z.boolean().nullable(),
  httpStatus: z.enum(DOMAIN_PHASE_STATUSES).nullable(),
  httpReason: z.string().nullable(),
  httpStatusCode: z.int().nullable(),
  /** Verdict of analysis (`OK` is a lead). */
  leadStatus: z.string().nullable(),
  score: z.int().nullable(),
  lastCheckedAt: instantSchema.nullable(),
});

export const leadViewSchema = z.object({
  leadId: z.string(),
  campaignId: z.string(),
  ordinal: z.int(),
  domain: z.string(),
  url: z.string(),
  title: z.string().nullable(),
  organisation: z.string().nullable(),
  score: z.int(),
  scoreParts: z.array(z.object({ part: z.string(), points: z.number(), reason: z.string() })),
  keywordMatches: z.array(
    z.object({
      keyword: z.string(),
      category: z.string(),
      weight: z.number(),
      place: z.string(),
      count: z.int(),
      matchContext: z.string(),
      furtherContexts: z.array(z.string()).readonly().optional(),
      /** The page one hop away that it is on; absent: the lead's own. */
      sourceUrl: z.string().optional(),
    }),
  ),
  contacts: z.array(
    z.object({
      kind: z.string(),
      value: z.string(),
      place: z.string(),
      sourceUrl: z.string(),
      confidence: z.number(),
      /** Of e-mail addresses: `role`, `free`, `disposable`, `own_domain`; of numbers: `fax`. */
      flags: z.array(z.string()).readonly().optional(),
      /** Of social profiles. */
      network: z.string().optional(),
    }),
  ),
  technologies: z.array(
    z.object({
      name: z.string(),
      version: z.string().nullable(),
      evidence: z.string(),
      /** 0 to 100; absent in leads that were kept before it was told. */
      confidence: z.number().optional(),
      categories: z.array(z.string()).readonly().optional(),
    }),
  ),
  /** The profile that the score was made with; null where it was made before there were profiles. */
  scoreProfileId: z.string().nullable(),
  scoreProfileVersion: z.int().nullable(),
  scoredAt: instantSchema,
  language: z.string().nullable(),
  country: z.string().nullable(),
  state: z.enum(LEAD_STATES),
  tags: z.array(z.string()),
  notes: z.string(),
  /** Near-duplicates share it; null where there are none. */
  groupId: z.string().nullable(),
  groupReasons: z.array(z.string()),
  /** Its domain is suppressed: contacts are not shown. */
  isSuppressed: z.boolean(),
  /** Of reading the page. A lead is there once it has been read: `done`. */
  extractionStatus: z.enum(['pending', 'processing', 'done', 'error']),
  errorDetails: z.string().nullable(),
  version: z.int(),
  lastProcessedAt: instantSchema,
  updatedAt: instantSchema,
});
