import { openDatabase } from '@domainflow/db/client.ts';
import type { UserId } from '@domainflow/domain/ids.ts';
import { exportInput, exportResults } from '@domainflow/services/campaigns/export/export-results.ts';
import { exportLeads, leadExportInput } from '@domainflow/services/leads/export-leads.ts';

const HELP = `node bench/export-one.ts URL CAMPAIGN domains|leads|contacts csv|ndjson
One export of bench:export and a raw COPY of the same columns, measured in this process.`;

const [url, campaignId, what, format] = process.argv.slice(2);
if (url === undefined || campaignId === undefined || what === undefined || format === undefined) {
  console.log(HELP);
  process.exit(2);
}
const { db, sql } = openDatabase({ url, applicationName: 'bench-export', maxConnections: 2 });
const [campaign] = await sql<{ owner_id: string }[]>`SELECT owner_id FROM campaigns WHERE id = ${campaignId}`;
const actor = {
  userId: (campaign?.owner_id ?? '') as UserId,
  username: 'bench',
  role: 'member' as const,
  mustChangePassword: false,
};

const result = (phase: string, alias: string): string => `
  LEFT JOIN results ${alias} ON ${alias}.campaign_id = '${campaignId}' AND ${alias}.phase = '${phase}' AND ${alias}.ordinal = d.ordinal`;
const RAW: Readonly<Record<string, string>> = {
  domains: `SELECT d.name, rd.verdict, rd.is_available, rh.verdict, rh.code, ra.verdict, ra.code, rd.checked_at, rh.checked_at, ra.checked_at
    FROM domains d ${result('dns', 'rd')} ${result('http', 'rh')} ${result('analysis', 'ra')}
    WHERE d.campaign_id = '${campaignId}' ORDER BY d.ordinal`,
  leads: `SELECT domain, url, title, score, state, language FROM leads WHERE campaign_id = '${campaignId}'
    ORDER BY score DESC, ordinal DESC`,
  contacts: `SELECT domain, score, contacts FROM leads WHERE campaign_id = '${campaignId}' ORDER BY score DESC, ordinal DESC`,
};

interface Reading {
  readonly seconds: number;
  readonly rows: number;
  readonly bytes: number;
  readonly peakMb: number;
}

const rssMb = (): number => Math.round(process.memoryUsage.rss() / 1_048_576);

async function read(body: AsyncIterable<Uint8Array>): Promise<Reading> {
  const startedAt = performance.now();
  let [rows, bytes, peakMb] = [0, 0, 0];
  for await (const piece of body) {
    bytes += piece.length;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) rows++;
    peakMb = Math.max(peakMb, rssMb());
  }
  return { seconds: (performance.now() - startedAt) / 1_000, rows, bytes, peakMb };
}

const open = () =>
  what === 'domains'
    ? exportResults({ db, sql }, actor, exportInput.parse({ id: campaignId, format }), null)
    : exportLeads(
        { db, sql },
        actor,
        leadExportInput.parse({
          format,
          columns:
            what === 'leads'
              ? ['domain', 'url', 'title', 'score', 'state', 'language']
              : ['domain', 'score', 'emails', 'phones'],
        }),
        null,
      );

const beforeMb = rssMb();
const exported = await read((await open()).body);
const raw = await sql.begin(async (tx) => {
  await tx.unsafe('SET LOCAL enable_nestloop = off; SET LOCAL enable_hashjoin = off');
  return read(await tx.unsafe(`COPY (${RAW[what] ?? ''}) TO STDOUT`).readable());
});
const perSecond = ({ rows, seconds }: Reading): number => Math.round(rows / seconds);
console.log(
  JSON.stringify({
    what,
    format,
    rows: exported.rows,
    mb: Math.round(exported.bytes / 1_048_576),
    rowsPerSecond: perSecond(exported),
    rawCopyRowsPerSecond: perSecond(raw),
    ratio: Number((perSecond(exported) / perSecond(raw)).toFixed(2)),
    memoryMb: { before: beforeMb, peak: exported.peakMb },
  }),
);
await sql.end();
process.exit(0);
