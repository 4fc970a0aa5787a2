import type { VerdictInfo } from '../phase.ts';

/** Verdicts of analysis. Names other than `OK`, which admits to a next phase, are the business statuses. */
export const ANALYSIS_VERDICTS = {
  OK: {
    status: 'ok',
    retry: 'no',
    label: 'Lead',
    explanation: 'The page reaches the least score of the campaign: its domain is a lead.',
  },
  NO_KEYWORDS: {
    status: 'ok',
    retry: 'no',
    label: 'No keywords',
    explanation: 'The page was read, and none of the campaign’s keywords is on it.',
  },
  NO_LEAD: {
    status: 'ok',
    retry: 'no',
    label: 'Below the score',
    explanation: 'The page was read, and its score is below the least score of the campaign.',
  },
  PARKED: {
    status: 'ok',
    retry: 'no',
    label: 'Parked',
    explanation: 'The page only holds a place: its name is parked, for sale or not in use yet.',
  },
  NO_PAGE: {
    status: 'error',
    retry: 'no',
    label: 'No page',
    explanation: 'The site answered with nothing that can be read as a page, so there is nothing to analyse.',
  },
  SUPPRESSED: {
    status: 'error',
    retry: 'no',
    label: 'Suppressed',
    explanation: 'The domain is on the suppression list: nothing was read of its page.',
  },
  ERROR: {
    status: 'error',
    retry: 'failed',
    label: 'Error',
    explanation: 'The page could not be analysed; the detail says why.',
  },
} as const satisfies Record<string, VerdictInfo>;

export type AnalysisVerdict = keyof typeof ANALYSIS_VERDICTS;
