import type { Database } from '@domainflow/db/client.ts';
import { phaseRuns } from '@domainflow/db/schema/phase-run.ts';
import { campaignIdSchema } from '@domainflow/domain/ids.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';
import { eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../operation/operation.ts';
import { countUpTo } from '../../rows/count-rows.ts';
import { cutPage, decodeCursor, pageOf, pagingInput } from '../../rows/paging.ts';
import { requireVisible } from '../reading/read-campaign.ts';
import { domainRowSchema } from '../views.ts';
import {
  type DomainConditions,
  domainConditions,
  domainFilters,
  matchingDomains,
  withResults,
} from './domain-filters.ts';
import { DOMAIN_COLUMNS, type DomainRecord, domainRow } from './domain-row.ts';
import { countAll, countVerdicts, readWaiting, type Waiting, within } from './ledger-counts.ts';

/** Up to so many matches are counted; more are said to be at least that many. */
const COUNT_LIMIT = 10_000;

const SORTS = { ordinal: sql`d.ordinal`, domain: sql`d.name` } as const;

export const listDomains = query({
  name: 'campaigns.domains',
  summary: 'The domains of a campaign with their statuses, filtered and sorted',
  rest: { method: 'GET', path: '/campaigns/{id}/domains' },
  access: 'member',
  input: z.object({
    id: campaignIdSchema,
    ...pagingInput,
    sort: z.enum(['ordinal', 'domain']).default('ordinal'),
    ...domainFilters,
  }),
  output: pageOf(domainRowSchema),
  async run({ db, actor }, input) {
    await requireVisible(db, actor, input.id);
    const phases = await phasesOfCampaign(db, input.id);
    const conditions = domainConditions(input);
    const waiting =
      conditions.pendingIn === null ? null : await readWaiting(db, input.id, conditions.pendingIn);
    if (waiting !== null && waiting.domains === 0)
      return { items: [], nextCursor: null, total: 0, totalExact: true };
    const where = [sql`d.campaign_id = ${input.id}::uuid`, ...conditions.where, ...within(waiting)];
    const direction = input.order === 'asc' ? sql`ASC` : sql`DESC`;
    const page = sql`
      SELECT d.ordinal, d.name FROM ${matchingDomains(input.id, conditions)}
      WHERE ${sql.join(where, sql` AND `)} ${after(input)}
      ORDER BY ${SORTS[input.sort]} ${direction}
      LIMIT ${input.limit + 1} OFFSET ${input.cursor === undefined ? input.offset : 0}`;
    const rows = await db.execute<DomainRecord>(sql`
      SELECT ${DOMAIN_COLUMNS} FROM ${withResults(input.id, page)}
      ORDER BY ${SORTS[input.sort]} ${direction}`);
    const { rows: onPage, nextCursor } = cutPage(rows, input.limit, ({ ordinal, name }) =>
      input.sort === 'ordinal' ? ['ordinal', Number(ordinal)] : ['domain', name],
    );
    return {
      items: onPage.map((row) => domainRow(row, phases)),
      nextCursor,
      ...(await countDomains(db, input.id, conditions, where, waiting)),
    };
  },
});

function after(input: { cursor?: string | undefined; sort: keyof typeof SORTS; order: 'asc' | 'desc' }): SQL {
  if (input.cursor === undefined) return sql``;
  const value = input.sort === 'ordinal' ? z.int() : z.string();
  const [, last] = decodeCursor(input.cursor, z.tuple([z.literal(input.sort), value]));
  return sql`AND ${SORTS[input.sort]} ${input.order === 'asc' ? sql`>` : sql`<`} ${last}`;
}

/** The phases that the campaign has. */
export async function phasesOfCampaign(db: Database, campaignId: string): Promise<Set<PhaseName>> {
  const rows = await db
    .select({ phase: phaseRuns.phase })
    .from(phaseRuns)
    .where(eq(phaseRuns.campaignId, campaignId));
  return new Set(rows.map(({ phase }) => phase));
}

/** How many domains match: from the ledger where it has the number, else counted up to a limit. */
async function countDomains(
  db: Database,
  campaignId: string,
  conditions: DomainConditions,
  where: readonly SQL[],
  waiting: Waiting | null,
): Promise<{ total: number; totalExact: boolean }> {
  const { ledger } = conditions;
  if (conditions.where.length === 0) return { total: await countAll(db, campaignId), totalExact: true };
  if (ledger?.verdicts === 'pending' && waiting !== null) return { total: waiting.domains, totalExact: true };
  if (ledger !== null && ledger.verdicts !== 'pending') {
    return { total: await countVerdicts(db, campaignId, ledger.phase, ledger.verdicts), totalExact: true };
  }
  const matching = sql`${matchingDomains(campaignId, conditions)} WHERE ${sql.join([...where], sql` AND `)}`;
  const n = await countUpTo(db, matching, COUNT_LIMIT);
  return { total: Math.min(n, COUNT_LIMIT), totalExact: n <= COUNT_LIMIT };
}
