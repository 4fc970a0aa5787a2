import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { ServiceDeps } from '../operation/operation.ts';
import type { UploadLimits } from './limits.ts';
import type { NameIntake } from './name-intake.ts';
import { readPieces } from './read-pieces.ts';
import { dropStagedNames, stageNames } from './staged-names.ts';

/** Entries in one statement: some 200 kB. */
const CHUNK_NAMES = 10_000;

export type UploadDeps = Pick<ServiceDeps, 'db' | 'log'>;

export interface FileToStage {
  readonly body: ReadableStream<Uint8Array>;
  /** Size in bytes where the client says it: too large a file is refused before it is read. */
  readonly sizeHint?: number | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A file that has been read to its end, its entries put aside in `upload_names`. */
interface StagedFile {
  readonly stagingId: string;
  /** Rows that were staged. */
  readonly staged: number;
  readonly sizeBytes: number;
}

export interface StagingSteps<T> {
  /** Refuses the file before anything of it is read. */
  check(): Promise<void>;
  /** Takes over what is staged: one transaction. */
  commit(file: StagedFile): Promise<T>;
}

/**
 * Reads a file of lines as it comes and puts its entries aside in short transactions, then lets `commit` take them
 * over; whatever happens, nothing stays aside. Throws `PAYLOAD_TOO_LARGE`, `MALFORMED_REQUEST`, or `INVALID_INPUT` on
 * the field `file`.
 */
export async function withStagedFile<T>(
  { db, log }: UploadDeps,
  file: FileToStage,
  intake: NameIntake,
  { maxBytes, maxNames, idleTimeoutMs }: UploadLimits,
  steps: StagingSteps<T>,
): Promise<T> {
  const stagingId = crypto.randomUUID();
  let sizeBytes = 0;
  let staged = 0;
  const stage = async (): Promise<void> => {
    const chunk = intake.takeChunk();
    staged += chunk.names.length;
    await stageNames(db, stagingId, chunk);
    if (staged > maxNames) throw tooMany(maxNames, intake.noun);
  };
  try {
    await steps.check();
    if ((file.sizeHint ?? 0) > maxBytes) throw tooLarge(maxBytes);
    for await (const bytes of readPieces(file.body, { idleTimeoutMs, signal: file.signal })) {
      sizeBytes += bytes.length;
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
      intake.push(bytes);
      if (intake.waiting >= CHUNK_NAMES) await stage();
    }
    intake.end();
    if (intake.waiting > 0) await stage();
    return await steps.commit({ stagingId, staged, sizeBytes });
  } finally {
    if (!file.body.locked) await file.body.cancel().catch(() => {});
    if (staged > 0) {
      await dropStagedNames(db, stagingId).catch((error: unknown) =>
        log.warn({ err: error, stagingId }, 'what an upload put aside stays until the daily clean-up'),
      );
    }
  }
}

const tooLarge = (maxBytes: number): DomainFlowError =>
  new DomainFlowError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`, { field: 'file' });

const tooMany = (max: number, noun: string): DomainFlowError =>
  new DomainFlowError('PAYLOAD_TOO_LARGE', `The file holds more than ${max} ${noun}.`, { field: 'file' });
