import type { HeldResults, Kept, PhaseResult, ResultSink } from '@domainflow/domain/phases/phase.ts';
import type { ClaimedBatch } from './claim-batch.ts';
import { LEADS, leadRow, TERMS, termRow } from './copy-leads.ts';
import { copyBoolean, copyJson, copyNullable } from './copy-text.ts';
import { RowOctets, releaseOctets } from './row-octets.ts';

const RESULTS = 'results (campaign_id, phase, ordinal, run, verdict, code, is_available, evidence)';
/** Pages fetched now, and those that others fetched, with their time. */
const PAGES = 'pages (campaign_id, ordinal, features)';
const DATED_PAGES = 'pages (campaign_id, ordinal, features, fetched_at)';

/** A result as a row of COPY. */
export function resultRow(batch: ClaimedBatch, result: PhaseResult): string {
  const { ordinal, verdict, code, isAvailable, evidence } = result;
  return `${batch.campaignId}\t${batch.phase}\t${ordinal}\t${batch.run}\t${verdict}\t${copyNullable(code)}\t${copyBoolean(isAvailable)}\t${copyJson(evidence)}\n`;
}

/** The results of a batch, and what is stored beside them, as the octets of their rows, outside the heap. */
export class ResultRows implements ResultSink {
  readonly #batch: ClaimedBatch;
  readonly #tables = new Map<string, RowOctets>();
  #counts: Record<string, number> = {};
  #ordinals: number[] = [];
  #length = 0;
  #octets = 0;

  constructor(batch: ClaimedBatch) {
    this.#batch = batch;
  }

  get length(): number {
    return this.#length;
  }

  get octets(): number {
    return this.#octets;
  }

  add(result: PhaseResult, kept?: Kept): void {
    const { ordinal, verdict } = result;
    this.#put(RESULTS, resultRow(this.#batch, result));
    if (kept !== undefined) this.#keep(ordinal, kept);
    this.#length += 1;
    this.#counts[verdict] = (this.#counts[verdict] ?? 0) + 1;
    if (this.#batch.retryVerdicts !== null) this.#ordinals.push(ordinal);
  }

  take(): HeldResults {
    const held = {
      length: this.#length,
      counts: this.#counts,
      ordinals: this.#ordinals,
      rows: new Map([...this.#tables].map(([table, rows]) => [table, rows.take()])),
    };
    this.#counts = {};
    this.#ordinals = [];
    this.#length = 0;
    this.#octets = 0;
    return held;
  }

  /** Those are stored: what they are kept in may be used again. */
  release({ rows }: HeldResults): void {
    for (const pieces of rows.values()) releaseOctets(pieces);
  }

  #keep(ordinal: number, { page, fetchedAt, lead }: Kept): void {
    const { campaignId, plan } = this.#batch;
    if (page !== undefined) {
      const row = `${campaignId}\t${ordinal}\t${copyJson(page)}`;
      if (fetchedAt === undefined) this.#put(PAGES, `${row}\n`);
      else this.#put(DATED_PAGES, `${row}\t${fetchedAt}\n`);
    }
    if (lead !== undefined) {
      this.#put(LEADS, leadRow(campaignId, plan, ordinal, lead));
      this.#put(TERMS, termRow(campaignId, ordinal, lead));
    }
  }

  #put(table: string, row: string): void {
    let rows = this.#tables.get(table);
    if (rows === undefined) this.#tables.set(table, (rows = new RowOctets()));
    this.#octets += rows.add(row);
  }
}
