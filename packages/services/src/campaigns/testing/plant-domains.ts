import { DNS_VERDICTS } from '@domainflow/domain/dns/verdicts.ts';
import { ANALYSIS_VERDICTS } from '@domainflow/domain/phases/analysis/verdicts.ts';
import { HTTP_VERDICTS } from '@domainflow/domain/phases/http/verdicts.ts';
import type { CampaignFixture } from './campaign-fixture.ts';

/** A domain and the verdicts that were written for it; null where there is none. */
export interface KnownDomain {
  readonly ordinal: number;
  readonly name: string;
  readonly dns: string | null;
  readonly isAvailable: boolean | null;
  readonly http: string | null;
  readonly code: number | null;
  readonly lead: string | null;
  readonly score: number | null;
}

/** Numbers in [0, n), the same ones in each run (a linear congruential generator, constants of Numerical Recipes). */
function pseudoRandom(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const AVAILABLE: Readonly<Record<string, boolean>> = { OK: false, NXDOMAIN: true, NOANSWER: false };
const CODES: Readonly<Record<string, number>> = { OK: 200, NOT_FOUND: 404, UPSTREAM_5XX: 503 };

/** A list campaign of the type with `n` domains in every situation that a domain of it can be in. */
export async function plantDomains(
  fixture: CampaignFixture,
  campaignType: 'pipeline' | 'dns' | 'http',
  n: number,
): Promise<{ id: string; domains: KnownDomain[] }> {
  const next = pseudoRandom(n + campaignType.length);
  const oneOf = (verdicts: object): string => {
    const names = Object.keys(verdicts);
    return names[next(names.length)] ?? 'OK';
  };
  const verdictOf = (verdicts: object): string | null =>
    next(5) === 0 ? null : next(3) > 0 ? 'OK' : oneOf(verdicts);
  const domains: KnownDomain[] = Array.from({ length: n }, (_, ordinal) => {
    const dns = campaignType === 'http' ? null : verdictOf(DNS_VERDICTS);
    const comesToHttp = campaignType === 'http' || (campaignType === 'pipeline' && dns === 'OK');
    const http = comesToHttp ? verdictOf(HTTP_VERDICTS) : null;
    const lead = campaignType === 'pipeline' && http === 'OK' ? verdictOf(ANALYSIS_VERDICTS) : null;
    return {
      ordinal,
      name: `${['a', 'b-', 'z', '0'][next(4)]}${ordinal * 7}${['', '-1', 'x'][next(3)]}.com`,
      dns,
      isAvailable: dns === null ? null : (AVAILABLE[dns] ?? null),
      http,
      code: http === null ? null : (CODES[http] ?? null),
      lead,
      score: lead === null || lead === 'NO_PAGE' ? null : next(11) * 10,
    };
  });
  const { campaignId: id } = await fixture.create({
    campaignType,
    input: { source: 'list', domains: domains.map(({ name }) => name) },
  });
  const { sql } = fixture;
  const write = async (phase: string, key: 'dns' | 'http' | 'lead', code: 'code' | 'score' | null) => {
    const rows = domains.filter((domain) => domain[key] !== null);
    await sql`
      INSERT INTO results (campaign_id, phase, ordinal, run, verdict, code, is_available, evidence)
      SELECT ${id}, ${phase}, o, 1, v, c, a::boolean, jsonb_build_object('of', n)
      FROM unnest(${rows.map(({ ordinal }) => ordinal)}::bigint[], ${rows.map((row) => row[key])}::text[],
        ${rows.map((row) => (code === null ? null : row[code]))}::int[], ${rows.map(({ name }) => name)}::text[],
        ${rows.map(({ isAvailable: is }) => (phase !== 'dns' || is === null ? null : String(is)))}::text[])
        AS given (o, v, c, n, a)`;
    const counts: Record<string, number> = {};
    for (const row of rows) counts[row[key] ?? ''] = (counts[row[key] ?? ''] ?? 0) + 1;
    await sql`
      INSERT INTO batches (campaign_id, phase, batch_no, run, lo, hi, items, processed, status, counts)
      SELECT ${id}, ${phase}, 0, 1, 0, ${n}, ${rows.length}, ${rows.length}, 'done', ${sql.json(counts)}
      WHERE EXISTS (SELECT FROM phase_runs WHERE campaign_id = ${id} AND phase = ${phase})`;
  };
  await write('dns', 'dns', null);
  await write('http', 'http', 'code');
  await write('analysis', 'lead', 'score');
  for (const { ordinal, name, http, lead, score } of domains) {
    if (http === 'OK')
      await sql`
        INSERT INTO pages (campaign_id, ordinal, features) VALUES (${id}, ${ordinal}, ${sql.json({ title: name })})`;
    if (lead === 'OK')
      await sql`
        INSERT INTO leads (campaign_id, ordinal, domain, url, score, score_parts, keyword_matches, contacts, technologies)
        VALUES (${id}, ${ordinal}, ${name}, ${`https://${name}/`}, ${score}, '[]', '[]', '[]', '[]')`;
    if (lead === 'OK')
      await sql`
        INSERT INTO lead_terms (campaign_id, ordinal, terms, domain) VALUES (${id}, ${ordinal}, '{}', ${name})`;
  }
  return { id, domains };
}
