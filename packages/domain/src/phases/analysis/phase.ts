import { dnsFacts } from '../../content/dns-facts.ts';
import type { PageFeatures } from '../../content/page-features.ts';
import { storableText } from '../../content/storable-text.ts';
import { matcherFor } from '../../keyword/matcher-cache.ts';
import type { LeadRecord } from '../../scoring/lead-record.ts';
import type { LoadedItem, PhaseChunk, PhaseDefinition, PhaseResult } from '../phase.ts';
import { type AnalysisMeans, analysePage } from './analyse-page.ts';
import { type AnalysisConfig, analysisConfigSchema } from './config.ts';
import { ANALYSIS_VERDICTS } from './verdicts.ts';

/**
 * Work between two chunks, in UTF-16 units of text: some 20 ms. The consumer commits a chunk before it asks for the
 * next, and that is when the event loop is free.
 */
const CHUNK_UNITS = 262_144;
/** What a page costs besides its text. */
const PAGE_UNITS = 4_096;

/** Analysis: keywords, contacts, technologies and a score, all from the page that the HTTP phase kept. */
export const analysisPhase: PhaseDefinition<AnalysisConfig> = {
  name: 'analysis',
  label: 'Analysis',
  description: 'Reads the pages found for keywords, contacts and technologies, and scores them as leads.',
  requires: 'http',
  verdicts: ANALYSIS_VERDICTS,
  configSchema: analysisConfigSchema,
  persona: null,
  usesKeywordSets: true,
  loadsPages: true,
  looksUpNames: false,
  batchSize: 500,
  async *run(batch): AsyncGenerator<PhaseChunk> {
    const means = {
      matcher: matcherFor(batch.plan.keywordRules),
      minScore: batch.plan.config.minScore,
      fingerprints: batch.plan.technologies,
      profile: batch.plan.scoreProfile?.weights,
    };
    const { sink } = batch;
    let units = 0;
    for await (const item of batch.loaded) {
      if (batch.signal.aborted) break;
      const { result, lead } = analyseItem(item, means);
      sink.add(result, lead === null ? {} : { lead: { domain: item.name, record: lead } });
      units += unitsOf(item.page ?? null, means.matcher.furtherPasses);
      if (units < CHUNK_UNITS) continue;
      yield { held: sink.take() };
      units = 0;
    }
    if (sink.length > 0) yield { held: sink.take() };
  },
};

/** What the pages of a site cost, the further ones included. */
function unitsOf(home: PageFeatures | null, passes: number): number {
  const pages = home === null ? [] : [home, ...(home.furtherPages ?? [])];
  return pages.reduce((sum, { text }) => sum + PAGE_UNITS + text.length * (1 + passes), PAGE_UNITS);
}

function analyseItem(
  item: LoadedItem,
  means: AnalysisMeans,
): { result: PhaseResult; lead: LeadRecord | null } {
  const { ordinal, page = null } = item;
  if (item.isSuppressed === true)
    return { result: { ordinal, verdict: 'SUPPRESSED', code: null, evidence: {} }, lead: null };
  if (page === null) return { result: { ordinal, verdict: 'NO_PAGE', code: null, evidence: {} }, lead: null };
  try {
    const { verdict, score, evidence, lead } = analysePage(page, means, {
      dns: dnsFacts(item.dns ?? null),
      visit: item.prior,
    });
    return { result: { ordinal, verdict, code: score, evidence }, lead };
  } catch (error) {
    // One page that breaks a rule of ours must not hold up the other pages of its batch.
    const detail = storableText(
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      300,
    );
    return { result: { ordinal, verdict: 'ERROR', code: null, evidence: { detail } }, lead: null };
  }
}
