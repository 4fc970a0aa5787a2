import type { PhaseItems } from '@domainflow/domain/phases/phase.ts';
import { suppressedOrdinals } from '@domainflow/services/batch/suppressed-ordinals.ts';
import type { Sql } from 'postgres';
import { Repeated } from './repeated.ts';

/** What is suppressed is left alone within this time, however long its batch takes. */
const CHECK_INTERVAL_MS = 3_000;

/** Looks for domains of a batch that are suppressed while it runs. */
export class SuppressionWatch {
  readonly ordinals = new Set<number>();
  readonly #checks: Repeated;

  constructor(sql: Sql, items: PhaseItems) {
    this.#checks = new Repeated({
      intervalMs: CHECK_INTERVAL_MS,
      step: async () => {
        for (const ordinal of await suppressedOrdinals(sql, items)) this.ordinals.add(ordinal);
      },
      // Where the database is away nothing is committed either, and the next check comes.
      failed: () => {},
    });
    this.#checks.start();
  }

  stop(): Promise<void> {
    return this.#checks.stop();
  }
}
