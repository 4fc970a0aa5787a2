import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { openDatabase } from '@domainflow/db/client.ts';
import { createCampaign } from '@domainflow/services/campaigns/create-campaign.ts';
import { openPlatform } from '@domainflow/worker/testing/open-platform.ts';
import { openBenchDatabase } from './bench-database.ts';
import { readOptions } from './read-options.ts';

const HELP = `bench:export [--rows N]
Exports N domains (default 1000000) with their results, and N leads, as CSV and NDJSON: rows a second, memory, and the
ratio to a raw COPY of the same rows read by the same driver. DATABASE_URL names an outside server.`;

const values = readOptions(HELP, {
  rows: { type: 'string', default: '1000000' },
});
const rows = Number(values.rows);
const database = await openBenchDatabase();
const { url } = database;
const platform = await openPlatform(url);
const { sql } = openDatabase({ url, applicationName: 'bench-export', maxConnections: 4 });

const { campaignId } = await platform.call(createCampaign, {
  campaignName: 'Bench',
  campaignType: 'pipeline',
  input: { source: 'list', domains: ['first.com'] },
});
await sql`DELETE FROM domains WHERE campaign_id = ${campaignId}`;
await sql`
  INSERT INTO domains (campaign_id, ordinal, name)
  SELECT ${campaignId}, n, 'domain-' || n || '.com' FROM generate_series(0, ${rows - 1}::int) AS n`;
for (const [phase, code] of [
  ['dns', null],
  ['http', 200],
  ['analysis', 50],
] as const)
  await sql`
    INSERT INTO results (campaign_id, phase, ordinal, run, verdict, code, evidence)
    SELECT ${campaignId}, ${phase}, n, 1, 'OK', ${code}::int, '{"elapsedMs": 12}' FROM generate_series(0, ${rows - 1}::int) AS n`;
await sql`
  INSERT INTO leads (campaign_id, ordinal, domain, url, title, score, score_parts, keyword_matches, contacts, technologies,
    facts)
  SELECT ${campaignId}, n, 'domain-' || n || '.com', 'https://domain-' || n || '.com/', 'The site, number ' || n, n % 100,
    '[{"part": "keyword", "points": 30, "reason": "\\"invoice\\" in the title, once (weight 20): an invoice for you"}]',
    '[{"keyword": "invoice", "category": "buy", "weight": 20, "place": "title", "count": 1, "matchContext": "an invoice for you"}]',
    ('[{"kind": "email", "value": "info@domain-' || n || '.com", "place": "mailto", "sourceUrl": "https://x.com/", "confidence": 0.9}]')::jsonb,
    '[{"name": "nginx", "version": null, "evidence": "server"}]',
    ('{"url": "https://x.com/", "title": "x", "description": null, "language": "en", "saysLanguage": true, "country": "US",
      "textUnits": ' || n % 2000 || ', "year": null, "organisation": null, "parked": [],
      "keywords": [{"keyword": "invoice", "category": "buy", "weight": 20, "place": "title", "count": 1}],
      "contacts": [{"kind": "email", "place": "mailto", "confidence": 0.9}],
      "technologies": [{"name": "nginx", "version": null}]}')::jsonb
  FROM generate_series(0, ${rows - 1}::int) AS n`;
await sql`VACUUM ANALYZE`;

/** Each export and the raw COPY beside it in a process of its own: memory is that of one alone. */
for (const what of ['domains', 'leads', 'contacts'] as const)
  for (const format of ['csv', 'ndjson'] as const) {
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'export-one.ts'), url, campaignId, what, format],
      { stdio: 'inherit' },
    );
    const [code] = await once(child, 'exit');
    if (code !== 0) process.exitCode = 1;
  }

await sql.end();
await platform.close();
await database.close();
process.exit();
