import { events } from '@domainflow/db/schema/event.ts';
import { EVENT_TYPES } from '@domainflow/domain/events/event.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import { and, asc, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../operation/operation.ts';
import { requireVisible } from './reading/read-campaign.ts';
import { instantSchema } from './views.ts';

export const listEvents = query({
  name: 'campaigns.events',
  summary: 'The events of a campaign that are still kept, in order',
  rest: { method: 'GET', path: '/campaigns/{id}/events' },
  access: 'member',
  input: z.object({
    id: campaignIdSchema,
    /** The number of the last event that the caller has. */
    afterSeq: z.int().min(0).default(0),
    limit: z.int().min(1).max(1_000).default(200),
    type: z.enum(EVENT_TYPES).optional(),
  }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        stream: z.string(),
        seq: z.int(),
        type: z.enum(EVENT_TYPES),
        at: instantSchema,
        payload: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  async run({ db, actor }, { id, afterSeq, limit, type }) {
    await requireVisible(db, actor, id);
    const rows = await db
      .select()
      .from(events)
      .where(
        and(
          eq(events.stream, id),
          gt(events.seq, afterSeq),
          type === undefined ? undefined : eq(events.type, type),
        ),
      )
      .orderBy(asc(events.seq))
      .limit(limit);
    return { items: rows.map(({ ownerId: _, ...event }) => ({ ...event, id: String(event.id) })) };
  },
});
