import type { LeadFindings } from './lead-findings.ts';
import type { LeadMarks } from './lead-marks.ts';
import type { ScoreFacts } from './score-facts.ts';

/** A lead as it is kept. */
export interface LeadRecord extends LeadFindings {
  /** What near-duplicates are found by. */
  readonly marks: LeadMarks;
  /** What the score rests on, for scoring again. */
  readonly facts: ScoreFacts;
  /** What lists are filtered by. */
  readonly terms: readonly string[];
}
