import type { OrdinalOrder } from '@domainflow/domain/shaping/shaping-plan.ts';
import type { BatchKey } from './batch-key.ts';

/** A batch whose worker fell silent, as it was when it was taken away. */
export interface ExpiredBatch extends BatchKey {
  readonly run: number;
  readonly lo: number;
  readonly hi: number;
  readonly crashes: number;
  readonly remaining: number;
  readonly retryVerdicts: readonly string[] | null;
  /** Set where [lo, hi) is of positions in this order. */
  readonly order: OrdinalOrder | null;
  /** False: its phase has ended or runs again without it; nobody is to work on it. */
  readonly wanted: boolean;
}
