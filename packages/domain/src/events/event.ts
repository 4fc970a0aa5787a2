import { z } from 'zod';
import { CAMPAIGN_STATUSES, PHASE_STATUSES } from '../campaign/states.ts';
import { PHASE_NAMES } from '../phases/phase.ts';

const campaignRef = { campaignId: z.string(), version: z.int() };

/** Progress of a phase as the ledger has it; `counts` by verdict. */
export const phaseProgressSchema = z.object({
  phase: z.enum(PHASE_NAMES),
  status: z.enum(PHASE_STATUSES),
  total: z.int(),
  processed: z.int(),
  counts: z.record(z.string(), z.int()),
});
export type PhaseProgress = z.infer<typeof phaseProgressSchema>;

/** Payloads by event type. Each is small: a client fetches what it shows, events say what changed. */
export const EVENT_PAYLOADS = {
  /** Created, edited, deleted, or moved by its state machine. */
  campaign_changed: z.object({
    ...campaignRef,
    change: z.enum(['created', 'updated', 'deleted', 'transition']),
    campaignName: z.string(),
    status: z.enum(CAMPAIGN_STATUSES),
  }),
  phase_transition: z.object({
    campaignId: z.string(),
    phase: z.enum(PHASE_NAMES),
    from: z.enum(PHASE_STATUSES),
    to: z.enum(PHASE_STATUSES),
  }),
  /** Coalesced to a few a second for each campaign. */
  campaign_progress: z.object({ campaignId: z.string(), phases: z.array(phaseProgressSchema) }),
  /** A phase has completed: its final counts. */
  validation_complete: z.object({
    campaignId: z.string(),
    phase: z.enum(PHASE_NAMES),
    processed: z.int(),
    counts: z.record(z.string(), z.int()),
  }),
  /** Work over stored leads was begun, came on, or changed its status; written by the database (migration 0017). */
  bulk_operation_update: z.object({
    /** Of a lead job its `leadJobId`. */
    operationId: z.string(),
    kind: z.enum(['rescore', 'group']),
    status: z.enum(['running', 'paused', 'completed', 'cancelled', 'failed']),
    /** Null: all campaigns of its owner. */
    campaignId: z.string().nullable(),
    total: z.int(),
    done: z.int(),
    changed: z.int(),
  }),
  system_alert: z.object({ severity: z.enum(['info', 'warning', 'error']), message: z.string() }),
} as const;

export type EventType = keyof typeof EVENT_PAYLOADS;
export const EVENT_TYPES = Object.keys(EVENT_PAYLOADS) as EventType[];

export type EventPayload<T extends EventType> = z.infer<(typeof EVENT_PAYLOADS)[T]>;

/** An event as clients receive it. `seq` has no gaps within a stream (a campaign, an operation), in commit order. */
export type DomainFlowEvent = {
  readonly [T in EventType]: {
    readonly id: string;
    readonly stream: string;
    readonly seq: number;
    readonly type: T;
    readonly at: string;
    readonly payload: EventPayload<T>;
  };
}[EventType];
