import { LEAD_JOB_KINDS, LEAD_JOB_STATUSES, type leadJobs } from '@domainflow/db/schema/lead-job.ts';
import { z } from 'zod';

export const leadJobViewSchema = z.object({
  leadJobId: z.string(),
  /** `rescore`: scores leads again; `group`: finds near-duplicates. */
  kind: z.enum(LEAD_JOB_KINDS),
  status: z.enum(LEAD_JOB_STATUSES),
  /** Null: all campaigns of its owner. */
  campaignId: z.string().nullable(),
  scoreProfileId: z.string().nullable(),
  scoreProfileVersion: z.int().nullable(),
  /** Leads that it is about, that it has looked at, and whose score or group it has changed. */
  total: z.int(),
  done: z.int(),
  changed: z.int(),
  /** Of groups: how many there are, and what too many leads share to tell anything. */
  report: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** A job as its owner sees it. */
export function leadJobView({
  id,
  ownerId: _,
  cursor: __,
  attempts: ___,
  ...job
}: typeof leadJobs.$inferSelect): z.input<typeof leadJobViewSchema> {
  return { leadJobId: id, ...job };
}
