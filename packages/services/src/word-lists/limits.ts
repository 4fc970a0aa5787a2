import { MAX_STORED_WORDS } from '@domainflow/domain/generation/pattern.ts';
import type { UploadLimits } from '../uploads/limits.ts';

/** Entries that a list may be given as JSON; longer ones are uploaded. */
export const MAX_JSON_WORDS = 10_000;
/** Words of a page, and of the first one that a creation answers with. */
export const MAX_PAGE_WORDS = 1_000;
export const FIRST_PAGE_WORDS = 50;

/** A worker holds the lists it generates from: a million words are some 40 MB there. */
export const WORD_LIST_LIMITS: UploadLimits = {
  maxBytes: 134_217_728,
  maxNames: MAX_STORED_WORDS,
  idleTimeoutMs: 60_000,
};
