import type { HeldResults, PhaseResult, ResultSink } from '@domainflow/domain/phases/phase.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { copyBoolean, copyJson, copyNullable } from './copy-text.ts';

export const RESULTS = 'results (campaign_id, phase, ordinal, run, verdict, code, is_available, evidence)';

/** Octets put together before another buffer is begun; sent in one go, so that nothing else waits for more. */
const PIECE_BYTES = 128 * 1024;
/** Buffers kept for what comes next: left to the collector of garbage they would wait for it by the dozen. */
const MOST_SPARE = 64;
/** Octets that UTF-8 takes at most for a unit of a string. */
const MOST_BYTES_A_UNIT = 3;

const spare: Buffer[] = [];

/** A result as a row of COPY. */
export function resultRow(batch: ClaimedBatch, result: PhaseResult): string {
  const { ordinal, verdict, code, isAvailable, evidence } = result;
  return `${batch.campaignId}\t${batch.phase}\t${ordinal}\t${batch.run}\t${verdict}\t${copyNullable(code)}\t${copyBoolean(isAvailable)}\t${copyJson(evidence)}\n`;
}

/** The results of a batch as the octets of their rows, outside the heap. */
export class ResultRows implements ResultSink {
  readonly #batch: ClaimedBatch;
  #counts: Record<string, number> = {};
  #ordinals: number[] = [];
  #pieces: Uint8Array[] = [];
  #open: Buffer | null = null;
  #used = 0;
  #length = 0;

  constructor(batch: ClaimedBatch) {
    this.#batch = batch;
  }

  get length(): number {
    return this.#length;
  }

  add(result: PhaseResult): void {
    const row = resultRow(this.#batch, result);
    const most = row.length * MOST_BYTES_A_UNIT;
    if (this.#open === null || this.#used + most > this.#open.length) {
      this.#close();
      this.#open =
        most > PIECE_BYTES
          ? Buffer.allocUnsafeSlow(most)
          : (spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES));
    }
    this.#used += this.#open.write(row, this.#used);
    this.#length += 1;
    this.#counts[result.verdict] = (this.#counts[result.verdict] ?? 0) + 1;
    if (this.#batch.retryVerdicts !== null) this.#ordinals.push(result.ordinal);
  }

  take(): HeldResults {
    this.#close();
    const held = {
      length: this.#length,
      counts: this.#counts,
      ordinals: this.#ordinals,
      pieces: this.#pieces,
    };
    this.#counts = {};
    this.#ordinals = [];
    this.#pieces = [];
    this.#length = 0;
    return held;
  }

  /** Those are stored: what they are kept in may be used again. */
  release({ pieces }: HeldResults): void {
    for (const { buffer } of pieces) {
      if (buffer.byteLength === PIECE_BYTES && spare.length < MOST_SPARE) spare.push(Buffer.from(buffer));
    }
  }

  #close(): void {
    if (this.#open !== null) this.#pieces.push(this.#open.subarray(0, this.#used));
    this.#open = null;
    this.#used = 0;
  }
}
