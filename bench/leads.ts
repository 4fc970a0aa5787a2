import { openDatabase } from '@domainflow/db/client.ts';
import { createCampaign } from '@domainflow/services/campaigns/create-campaign.ts';
import { getLead } from '@domainflow/services/leads/get-lead.ts';
import { groupStep } from '@domainflow/services/leads/group-step.ts';
import { findGroups, listLeadGroups } from '@domainflow/services/leads/groups.ts';
import { getLeadJob } from '@domainflow/services/leads/job-commands.ts';
import { getLeadFacets } from '@domainflow/services/leads/lead-facets.ts';
import { listAllLeads } from '@domainflow/services/leads/list-leads.ts';
import { rescoreAll } from '@domainflow/services/leads/rescore-leads.ts';
import { rescoreStep } from '@domainflow/services/leads/rescore-step.ts';
import { openPlatform, type Platform } from '@domainflow/worker/testing/open-platform.ts';
import { openBenchDatabase } from './bench-database.ts';
import { fillLeads } from './fill-leads.ts';
import { readOptions } from './read-options.ts';

const HELP = `bench:leads [--rows N] [--parts lists,group,rescore]
N made-up leads (default 1000000) in three campaigns: pages of their list by every filter, facets, detail; finding
near-duplicates; scoring all again. DATABASE_URL names an outside server; leads that are there already serve as they are.`;

const values = readOptions(HELP, {
  rows: { type: 'string', default: '1000000' },
  parts: { type: 'string', default: 'lists,group,rescore' },
});
const rows = Number(values.rows);
const parts = values.parts.split(',');
const database = await openBenchDatabase();
const { url } = database;
const platform = await openPlatform(url);
const { sql, close } = openDatabase({ url, applicationName: 'bench-leads', maxConnections: 4 });
const actor = (await ownerOfLeads()) ?? (await makeLeads());

async function ownerOfLeads(): Promise<Platform['actor'] | undefined> {
  const [owner] = await sql<{ id: string; username: string }[]>`
    SELECT id, username FROM users WHERE id = (
      SELECT owner_id FROM campaigns WHERE id = (SELECT campaign_id FROM leads LIMIT 1))`;
  return owner === undefined
    ? undefined
    : ({
        userId: owner.id,
        username: owner.username,
        role: 'member',
        mustChangePassword: false,
      } as Platform['actor']);
}

async function makeLeads(): Promise<Platform['actor']> {
  const campaigns: { campaignId: string; share: number }[] = [];
  for (const share of [0.8, 0.15, 0.05]) {
    const { campaignId } = await platform.call(createCampaign, {
      campaignName: `Bench ${share}`,
      campaignType: 'pipeline',
      input: { source: 'list', domains: ['first.com'] },
    });
    await sql`DELETE FROM domains WHERE campaign_id = ${campaignId}`;
    campaigns.push({ campaignId, share });
  }
  await fillLeads(sql, campaigns, rows);
  return platform.actor;
}

const call = <T>(operation: unknown, input: unknown): Promise<T> => platform.call<T>(operation, input, actor);

/** How long the calls took, ms. */
function tell(what: string, times: number[], more = ''): void {
  times.sort((a, b) => a - b);
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0);
  console.log(
    `${what.padEnd(52)} median ${at(0.5)} ms, p95 ${at(0.95)}, slowest ${times.at(-1)?.toFixed(0)} ${more}`,
  );
}

const FILTERS: readonly Record<string, unknown>[] = [
  {},
  { sort: 'domain' },
  { sort: 'updated' },
  { minScore: 50 },
  { minScore: 98, hasEmail: true },
  { hasEmail: true },
  { hasEmail: false },
  { hasEmail: false, hasPhone: false, hasSocial: false },
  { keyword: 'keyword 0' },
  { keyword: 'keyword 59' },
  { keyword: 'absent' },
  { technology: 'tech 3' },
  { technology: 'tech 299' },
  { technology: 'tech 150', language: 'de', minScore: 60 },
  { keyword: 'keyword 40', technology: 'tech 200' },
  { language: 'el', country: 'KR' },
  { country: 'US', sort: 'domain', order: 'asc' },
  { tag: 'absent' },
  { state: 'qualified' },
  { search: 'goldhotel' },
  { search: '12345' },
  { search: 'shop' },
  { search: '.com' },
  { search: 'zz' },
  { search: 'q' },
  { search: 'nothing-like-it' },
];

async function lists(): Promise<void> {
  const ids: string[] = [];
  for (const filter of FILTERS) {
    const times: number[] = [];
    let cursor: string | null = null;
    let total = 0;
    for (let page = 0; page < 12; page++) {
      const from = performance.now();
      const input = { ...filter, ...(cursor === null ? {} : { cursor }) };
      const reply: { nextCursor: string | null; total: number; items: { leadId: string }[] } = await call(
        listAllLeads,
        input,
      );
      times.push(performance.now() - from);
      cursor = reply.nextCursor;
      total = reply.total;
      ids.push(...reply.items.slice(0, 3).map(({ leadId }) => leadId));
    }
    tell(`list ${JSON.stringify(filter)}`, times, `(${total})`);
  }
  const details: number[] = [];
  for (const id of ids.slice(0, 300)) {
    const from = performance.now();
    await call(getLead, { id });
    details.push(performance.now() - from);
  }
  tell('detail', details);
  for (const filter of [{}, { keyword: 'keyword 0' }, { technology: 'tech 299' }, { search: 'shop' }]) {
    const times: number[] = [];
    for (let again = 0; again < 5; again++) {
      const from = performance.now();
      await call(getLeadFacets, filter);
      times.push(performance.now() - from);
    }
    tell(`facets ${JSON.stringify(filter)}`, times);
  }
  const groups: number[] = [];
  for (let again = 0; again < 5; again++) {
    const from = performance.now();
    await call(listLeadGroups, {});
    groups.push(performance.now() - from);
  }
  tell('groups', groups);
}

async function work(what: string, operation: unknown, step: () => Promise<boolean>): Promise<void> {
  const { leadJobId } = await call<{ leadJobId: string }>(operation, {});
  const cpu = process.cpuUsage();
  const from = performance.now();
  while (await step());
  const seconds = (performance.now() - from) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const job = await call<{ status: string; done: number; changed: number }>(getLeadJob, { id: leadJobId });
  console.log(
    JSON.stringify({
      ...{ bench: `leads:${what}`, status: job.status, done: job.done, changed: job.changed },
      seconds: Number(seconds.toFixed(1)),
      perSecond: Math.round(job.done / seconds),
      cpuSeconds: Number(((user + system) / 1e6).toFixed(1)),
      rssMb: Math.round(process.memoryUsage.rss() / 1_048_576),
    }),
  );
}

if (parts.includes('lists')) await lists();
if (parts.includes('group')) await work('group', findGroups, () => groupStep(sql));
if (parts.includes('rescore')) await work('rescore', rescoreAll, () => rescoreStep(sql));
await close();
await platform.close();
await database.close();
process.exit(0);
