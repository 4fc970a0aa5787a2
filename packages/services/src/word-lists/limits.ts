import type { UploadLimits } from '../uploads/limits.ts';

/** A word is part of a label. */
export const MAX_WORD_LENGTH = 63;
/** Entries that a list may be given as JSON; longer ones are uploaded. */
export const MAX_JSON_WORDS = 10_000;
/** Words of a page, and of the first one that a creation answers with. */
export const MAX_PAGE_WORDS = 1_000;
export const FIRST_PAGE_WORDS = 50;

/** A worker holds the lists it generates from: two million words are some 60 MB there. */
export const WORD_LIST_LIMITS: UploadLimits = {
  maxBytes: 134_217_728,
  maxNames: 2_000_000,
  idleTimeoutMs: 60_000,
};
