import type { Database } from '@domainflow/db/client.ts';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { instantSchema, leadViewSchema } from '../campaigns/views.ts';
import type { Actor } from '../operation/operation.ts';
import { visibleCampaigns } from './lead-filters.ts';

/** A contact as the view of one lead has it. */
export const contactDetailSchema = leadViewSchema.shape.contacts.element.extend({
  /** When a page with it was first read, of all that one sees of the domain. */
  firstSeenAt: instantSchema.nullable(),
  /** Whether the address's domain takes mail, where a campaign that one sees has asked for its MX; null where none has. */
  hasMx: z.boolean().nullable(),
});

type Contact = z.input<typeof leadViewSchema>['contacts'][number];
type ContactDetail = z.input<typeof contactDetailSchema>;

/** The contacts of a lead with what other runs know of them. */
export async function contactDetails(
  db: Database,
  actor: Actor,
  domain: string,
  contacts: readonly Contact[],
): Promise<ContactDetail[]> {
  const seen = new Map<string, string>();
  for (const { value, at } of await db.execute<{ value: string; at: string }>(sql`
    SELECT c->>'value' AS value, min(coalesce(p.fetched_at, l.last_processed_at)) AS at
    FROM leads l
    LEFT JOIN pages p ON p.campaign_id = l.campaign_id AND p.ordinal = l.ordinal
    CROSS JOIN LATERAL jsonb_array_elements(l.contacts) AS c
    WHERE l.domain = ${domain} AND l.campaign_id IN (${visibleCampaigns(actor, undefined)})
    GROUP BY 1`))
    seen.set(value, new Date(at).toISOString());
  const takesMail = await readMx(
    db,
    actor,
    contacts.map(mailDomain).filter((each) => each !== null),
  );
  return contacts.map((contact) => ({
    ...contact,
    firstSeenAt: seen.get(contact.value) ?? null,
    hasMx: takesMail.get(mailDomain(contact) ?? '') ?? null,
  }));
}

const mailDomain = ({ kind, value }: Contact): string | null =>
  kind === 'email' ? value.slice(value.lastIndexOf('@') + 1) : null;

/** Of domains whose MX a DNS phase has asked for, whether there is one; `0 .` says that there is none (RFC 7505). */
async function readMx(
  db: Database,
  actor: Actor,
  domains: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  if (domains.length === 0) return new Map();
  const rows = await db.execute<{ name: string; has: boolean; asked: boolean | null }>(sql`
    SELECT d.name,
      bool_or(r.evidence @? '$.records[*] ? (@.type == "MX" && @.data != "0 .")') AS has,
      bool_or(r.verdict = 'OK' AND run.plan->'persona'->'recordTypes' ? 'MX') AS asked
    FROM domains d
    JOIN results r ON r.campaign_id = d.campaign_id AND r.phase = 'dns' AND r.ordinal = d.ordinal
    JOIN phase_runs run ON run.campaign_id = d.campaign_id AND run.phase = 'dns'
    WHERE d.name = ANY (${sql.param([...new Set(domains)])}::text[])
      AND d.campaign_id IN (${visibleCampaigns(actor, undefined)})
    GROUP BY d.name`);
  return new Map(rows.flatMap(({ name, has, asked }) => (has || asked === true ? [[name, has]] : [])));
}
