import type { BatchKey } from './batch-key.ts';

/** A batch whose worker fell silent, as it was when it was taken away. */
export interface ExpiredBatch extends BatchKey {
  readonly run: number;
  readonly lo: number;
  readonly hi: number;
  readonly crashes: number;
  readonly remaining: number;
  readonly retryVerdicts: readonly string[] | null;
  /** False: its phase has ended or runs again without it; nobody is to work on it. */
  readonly wanted: boolean;
}
