import type { PhaseName } from '@domainflow/domain/phases/phase.ts';

export interface BatchKey {
  readonly campaignId: string;
  readonly phase: PhaseName;
  readonly batchNo: number;
}

/** [lo, hi), of ordinals or of positions: of which of them, the order of the run says. */
export interface OrdinalRange {
  readonly lo: number;
  readonly hi: number;
}

/** A batch that this worker may commit results for, as long as nobody else has claimed it. */
export interface Lease extends BatchKey {
  readonly token: number;
}

/** How long a worker may be silent before its batches are given to others. */
export const LEASE_SECONDS = 10;
