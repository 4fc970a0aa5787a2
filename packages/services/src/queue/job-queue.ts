import type { Transaction } from '@domainflow/db/client.ts';
import type { PhaseName } from '@domainflow/domain/phases/phase.ts';

/** A job is a pointer to a row of the batch ledger; the ledger decides whether there is anything to do. */
export interface BatchJob {
  readonly campaignId: string;
  readonly phase: PhaseName;
  readonly batchNo: number;
}

/** The queue that any number of workers share. */
export interface JobQueue {
  /** Queues the jobs in the caller's transaction: they exist when, and only when, it commits. */
  enqueue(tx: Transaction, jobs: readonly BatchJob[]): Promise<void>;
}
