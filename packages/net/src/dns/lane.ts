/** What a lane tells the resolver that it belongs to; never from within a call to the lane itself. */
export interface LaneEvents {
  /** A message came; `slot` is the one that waits under its id, `NONE` where none does. */
  onMessage(slot: number, message: Uint8Array): void;
  /**
   * The slot's query gets no reply any more. `problem` says why, where that is known. `isFree`: the server took
   * leave in the middle of its work, and the query may be sent again as if it had not been.
   */
  onLost(slot: number, problem: string | null, isFree: boolean): void;
  /** The system reported something that ends nothing, such as a closed UDP port. */
  onError(): void;
}

/** A way to one resolver: a UDP socket, a TCP connection, or an HTTP/2 session. */
export interface Lane {
  readonly hasRoom: boolean;
  /** The message id under which the slot's query is to be sent, which nobody can foresee; 0 where it need not be so. */
  assign(slot: number): number;
  /** Sends the octets, which stay as they are until the slot is forgotten. */
  send(slot: number, packets: Buffer, offset: number, length: number): void;
  /** The slot waits no longer. `silentSinceMs`: its time is over, and it was sent then. */
  forget(slot: number, id: number, silentSinceMs: number | null): void;
  close(): Promise<void>;
}

export type OpenLane = (events: LaneEvents) => Promise<Lane>;
