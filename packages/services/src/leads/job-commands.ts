import { leadJobs } from '@domainflow/db/schema/lead-job.ts';
import { DomainFlowError, notFound } from '@domainflow/domain/errors.ts';
import { leadJobIdSchema } from '@domainflow/domain/ids.ts';
import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Actor, mutation, query } from '../operation/operation.ts';
import { cutPage, decodeCursor, pageOf, pagingInput } from '../rows/paging.ts';
import { writtenRow } from '../rows/written-row.ts';
import { leadJobView, leadJobViewSchema } from './job-views.ts';

const ownedBy = (actor: Actor) => (actor.role === 'admin' ? undefined : eq(leadJobs.ownerId, actor.userId));

export const listLeadJobs = query({
  name: 'leadJobs.list',
  summary: 'Work over stored leads (scoring again, grouping), the latest first',
  rest: { method: 'GET', path: '/lead-jobs' },
  access: 'member',
  input: z.object({ limit: pagingInput.limit, cursor: pagingInput.cursor }),
  output: pageOf(leadJobViewSchema),
  async run({ db, actor }, { limit, cursor }) {
    const before = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.uuid()]))[0];
    const rows = await db
      .select()
      .from(leadJobs)
      .where(and(ownedBy(actor), before === null ? undefined : lt(leadJobs.id, before)))
      .orderBy(desc(leadJobs.id))
      .limit(limit + 1);
    const [counted] = await db.select({ total: count() }).from(leadJobs).where(ownedBy(actor));
    const page = cutPage(rows, limit, ({ id }) => [id]);
    return {
      items: page.rows.map(leadJobView),
      nextCursor: page.nextCursor,
      total: counted?.total ?? 0,
      totalExact: true,
    };
  },
});

export const getLeadJob = query({
  name: 'leadJobs.get',
  summary: 'How far work over stored leads has come',
  rest: { method: 'GET', path: '/lead-jobs/{id}' },
  access: 'member',
  input: z.object({ id: leadJobIdSchema }),
  output: leadJobViewSchema,
  async run({ db, actor }, { id }) {
    const [row] = await db
      .select()
      .from(leadJobs)
      .where(and(eq(leadJobs.id, id), ownedBy(actor)));
    if (row === undefined) throw notFound('lead job', id);
    return leadJobView(row);
  },
});

type Status = (typeof leadJobs.$inferSelect)['status'];

const command = (verb: 'pause' | 'resume' | 'cancel', from: readonly Status[], to: Status, summary: string) =>
  mutation({
    name: `leadJobs.${verb}`,
    summary,
    rest: { method: 'POST', path: `/lead-jobs/{id}/${verb}` },
    access: 'member',
    input: z.object({ id: leadJobIdSchema }),
    output: leadJobViewSchema,
    audit: ({ id }) => ({ entity: 'lead_job', entityId: id }),
    async run({ tx, actor }, { id }) {
      // Waits for the piece that a worker has under way.
      const [before] = await tx
        .select()
        .from(leadJobs)
        .where(and(eq(leadJobs.id, id), ownedBy(actor)))
        .for('update');
      if (before === undefined) throw notFound('lead job', id);
      if (!from.includes(before.status))
        throw new DomainFlowError('CONFLICT', `It is ${before.status}: it cannot be told to ${verb}.`);
      const finishedAt = to === 'cancelled' ? sql`now()` : null;
      const updated = await tx
        .update(leadJobs)
        .set({ status: to, finishedAt })
        .where(eq(leadJobs.id, id))
        .returning();
      return leadJobView(writtenRow(updated));
    },
  });

export const pauseLeadJob = command('pause', ['running'], 'paused', 'Let it wait; what is done stays done');
export const resumeLeadJob = command('resume', ['paused'], 'running', 'Let it go on where it was');
export const cancelLeadJob = command(
  'cancel',
  ['running', 'paused'],
  'cancelled',
  'End it; what is done stays done',
);
