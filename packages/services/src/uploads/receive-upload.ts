import { campaigns } from '@domainflow/db/schema/campaign.ts';
import { DomainFlowError, invalidInput, notFound } from '@domainflow/domain/errors.ts';
import { and, eq } from 'drizzle-orm';
import { authorise } from '../authorise.ts';
import { visibleTo } from '../campaigns/visible-campaigns.ts';
import type { Actor, ServiceDeps } from '../operation.ts';
import { commitUpload, type UploadView } from './commit-upload.ts';
import { DEFAULT_UPLOAD_LIMITS, type UploadLimits } from './limits.ts';
import { NameIntake } from './name-intake.ts';
import { requireOpenForUpload } from './open-for-upload.ts';
import { readPieces } from './read-pieces.ts';
import { dropStagedNames, stageNames } from './staged-names.ts';
import { uploadFilename } from './upload-filename.ts';

/** Names in one statement: some 200 kB. */
const CHUNK_NAMES = 10_000;

export interface UploadRequest {
  readonly campaignId: string;
  /** As the client gives it; folders are cut off. */
  readonly filename: string;
  /** Size in bytes where the client says it: too large a file is refused before it is read. */
  readonly sizeHint?: number | null;
  readonly ipAddress?: string | null;
  readonly body: ReadableStream<Uint8Array>;
  readonly signal?: AbortSignal;
}

export type UploadDeps = Pick<ServiceDeps, 'db' | 'log'>;

/**
 * Takes a file of domain names into a campaign that waits for it. The file is read as it comes, its names are put aside
 * in short transactions, and one transaction at the end gives them to the campaign: all of them or, after any failure,
 * none. Throws `NOT_FOUND`, `CONFLICT`, `PAYLOAD_TOO_LARGE`, or `INVALID_INPUT` on the field `file`.
 */
export async function receiveUpload(
  deps: UploadDeps,
  actor: Actor | null,
  request: UploadRequest,
  limits: Partial<UploadLimits> = {},
): Promise<UploadView> {
  const { db, log } = deps;
  const { maxBytes, maxNames, idleTimeoutMs } = { ...DEFAULT_UPLOAD_LIMITS, ...limits };
  const stagingId = crypto.randomUUID();
  const intake = new NameIntake();
  let sizeBytes = 0;
  let staged = 0;
  const stage = async (): Promise<void> => {
    const chunk = intake.takeChunk();
    staged += chunk.names.length;
    await stageNames(db, stagingId, chunk);
  };

  try {
    authorise('member', actor);
    if (actor === null) throw new DomainFlowError('UNAUTHENTICATED', 'Sign in first.');
    const filename = uploadFilename(request.filename);
    await requireOpenCampaign(deps, actor, request.campaignId);
    if ((request.sizeHint ?? 0) > maxBytes) throw tooLarge(maxBytes);

    for await (const bytes of readPieces(request.body, { idleTimeoutMs, signal: request.signal })) {
      sizeBytes += bytes.length;
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
      intake.push(bytes);
      if (intake.waiting >= CHUNK_NAMES) await stage();
      if (staged > maxNames) throw tooManyNames(maxNames);
    }
    intake.end();
    if (intake.waiting > 0) await stage();
    if (staged > maxNames) throw tooManyNames(maxNames);
    requireNames(intake);

    const { lines, named, rejected, rejections } = intake;
    const { campaignId, ipAddress = null } = request;
    return await commitUpload(db, actor, {
      ...{ stagingId, staged, campaignId, filename, ipAddress, sizeBytes },
      ...{ lines, named, rejected, rejections, maxNames },
    });
  } finally {
    if (!request.body.locked) await request.body.cancel().catch(() => {});
    if (staged > 0) {
      await dropStagedNames(db, stagingId).catch((error: unknown) =>
        log.warn({ err: error, stagingId }, 'staged names of an upload stay behind until the daily clean-up'),
      );
    }
  }
}

async function requireOpenCampaign({ db }: UploadDeps, actor: Actor, campaignId: string): Promise<void> {
  const [row] = await db
    .select({ input: campaigns.input, status: campaigns.status })
    .from(campaigns)
    .where(and(eq(campaigns.id, campaignId), visibleTo(actor)));
  if (row === undefined) throw notFound('campaign', campaignId);
  requireOpenForUpload(row);
}

function requireNames({ named, rejected, rejections }: NameIntake): void {
  if (named > 0) return;
  if (rejected === 0) throw invalidInput('The file holds no names.', 'file');
  throw invalidInput(
    `None of the ${rejected} lines is a domain name. Give one name a line, in plain text.`,
    'file',
    rejections,
  );
}

const tooLarge = (maxBytes: number): DomainFlowError =>
  new DomainFlowError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`, { field: 'file' });

const tooManyNames = (maxNames: number): DomainFlowError =>
  new DomainFlowError('PAYLOAD_TOO_LARGE', `The file holds more than ${maxNames} names.`, { field: 'file' });
