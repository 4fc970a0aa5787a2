import type { DomainFlowEvent } from '@domainflow/domain/events/event.ts';

/** A row of the outbox as the raw client reads it: bigints are strings. */
export interface EventRow {
  readonly id: string;
  readonly stream: string;
  readonly seq: string;
  readonly owner_id: string | null;
  readonly type: string;
  readonly payload: unknown;
  readonly at: Date;
}

/** An event on its way to subscribers, with its text made once for all of them. */
export class DeliveredEvent {
  readonly id: number;
  readonly seq: number;
  readonly ownerId: string | null;
  readonly event: DomainFlowEvent;
  #json: string | undefined;

  constructor(row: EventRow) {
    this.id = Number(row.id);
    this.seq = Number(row.seq);
    this.ownerId = row.owner_id;
    // `append_event`'s callers are typed by the same payload schemas: what is in the outbox has this shape.
    this.event = {
      id: row.id,
      stream: row.stream,
      seq: this.seq,
      type: row.type,
      at: row.at.toISOString(),
      payload: row.payload,
    } as DomainFlowEvent;
  }

  get json(): string {
    this.#json ??= JSON.stringify(this.event);
    return this.#json;
  }
}
