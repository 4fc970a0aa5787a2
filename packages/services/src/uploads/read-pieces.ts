import { DomainFlowError } from '@domainflow/domain/errors.ts';

/** Larger pieces are given in parts, so that what one of them leads to is bounded too. */
const MAX_PIECE_BYTES = 65_536;

export interface ReadOptions {
  /** Longest wait for the next piece. */
  readonly idleTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

const broken = (message: string): DomainFlowError =>
  new DomainFlowError('MALFORMED_REQUEST', message, { field: 'file' });

export const cutOff = (): DomainFlowError => broken('The upload was cut off before its end.');

/**
 * The bytes of a body as they come, in pieces of at most 64 KiB. A body that breaks, is aborted or stalls ends in an
 * error, never as if it were complete. When the caller stops early, the body is cancelled.
 */
export async function* readPieces(
  body: ReadableStream<Uint8Array>,
  { idleTimeoutMs, signal }: ReadOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  const failed: { error: DomainFlowError | null } = { error: null };
  // Cancelling ends a read that is under way. (A race against a promise that never settles would keep every piece.)
  const stop = (error: DomainFlowError): void => {
    failed.error ??= error;
    void reader.cancel().catch(() => {});
  };
  const onAbort = (): void => stop(cutOff());
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted === true) onAbort();
  try {
    while (true) {
      const timer = setTimeout(() => stop(broken('The upload stalled and was given up.')), idleTimeoutMs);
      const next = await reader
        .read()
        .catch((error: unknown) => {
          throw failed.error ?? (error instanceof DomainFlowError ? error : cutOff());
        })
        .finally(() => clearTimeout(timer));
      if (failed.error !== null) throw failed.error;
      if (next.done) return;
      for (let at = 0; at < next.value.length; at += MAX_PIECE_BYTES) {
        yield next.value.subarray(at, at + MAX_PIECE_BYTES);
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}
