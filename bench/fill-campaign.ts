import type { BenchPlatform } from './bench-platform.ts';

const COPY_CHARACTERS = 1_000_000;

/** Puts names into a campaign as an upload would; gives their number. */
export async function fillCampaign(
  { clients: { sql } }: BenchPlatform,
  campaignId: string,
  names: AsyncIterable<string> | Iterable<string>,
): Promise<number> {
  const stream = await sql`COPY domains (campaign_id, ordinal, name) FROM STDIN`.writable();
  let ordinal = 0;
  let rows = '';
  for await (const name of names) {
    rows += `${campaignId}\t${ordinal++}\t${name}\n`;
    if (rows.length < COPY_CHARACTERS) continue;
    if (!stream.write(rows)) await new Promise((resolve) => stream.once('drain', resolve));
    rows = '';
  }
  await new Promise<void>((resolve, reject) =>
    stream.once('finish', resolve).once('error', reject).end(rows),
  );
  await sql`UPDATE campaigns SET initial_domains = ${ordinal} WHERE id = ${campaignId}`;
  await sql`ANALYZE domains`;
  return ordinal;
}
