import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { authorise } from '../authorise.ts';
import type { Actor } from '../operation.ts';
import type { UploadView } from './commit-upload.ts';
import { DEFAULT_UPLOAD_LIMITS, type UploadLimits } from './limits.ts';
import { boundaryOf } from './multipart-header.ts';
import { MultipartReader } from './multipart-reader.ts';
import { readPieces } from './read-pieces.ts';
import { receiveUpload, type UploadDeps } from './receive-upload.ts';

const FILE_FIELD = 'file';
/** What a form may hold around its file. */
const ENVELOPE_BYTES = 65_536;

/**
 * Takes the field `file` of a multipart/form-data request into a campaign, streamed from the socket to the database.
 * Throws what `receiveUpload` does, `UNSUPPORTED_MEDIA_TYPE` for other requests, and `MALFORMED_REQUEST` for broken ones.
 */
export async function uploadFromRequest(
  deps: UploadDeps,
  actor: Actor | null,
  target: { readonly campaignId: string; readonly request: Request; readonly ipAddress: string | null },
  limits: Partial<UploadLimits> = {},
): Promise<UploadView> {
  authorise('member', actor);
  const { request, campaignId, ipAddress } = target;
  const { idleTimeoutMs } = { ...DEFAULT_UPLOAD_LIMITS, ...limits };
  const boundary = boundaryOf(request.headers.get('content-type'));
  if (boundary === null || request.body === null) {
    throw new DomainFlowError(
      'UNSUPPORTED_MEDIA_TYPE',
      'Send the file as multipart/form-data, in the field "file".',
    );
  }
  const pieces = readPieces(request.body, { idleTimeoutMs, signal: request.signal });
  const form = new MultipartReader(pieces, boundary);
  try {
    const filename = await findFile(form);
    const contentLength = Number(request.headers.get('content-length') ?? 0);
    const view = await receiveUpload(
      deps,
      actor,
      {
        ...{ campaignId, filename, ipAddress, signal: request.signal },
        sizeHint: contentLength - ENVELOPE_BYTES,
        body: bodyOfPart(form),
      },
      limits,
    );
    return view;
  } finally {
    await form.cancel();
  }
}

async function findFile(form: MultipartReader): Promise<string> {
  for (let part = await form.nextPart(); part !== null; part = await form.nextPart()) {
    if (part.name !== FILE_FIELD) continue;
    if (part.filename === null)
      throw invalidInput('The field "file" holds text instead of a file.', FILE_FIELD);
    return part.filename;
  }
  throw invalidInput('The form has no file in the field "file".', FILE_FIELD);
}

/** The current part as a stream that is read no faster than it is asked for; it ends well only with the whole form. */
function bodyOfPart(form: MultipartReader): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await form.readPart();
        if (bytes !== null) {
          controller.enqueue(bytes);
          return;
        }
        // Reads what follows, so that the client has been listened to before it gets its answer.
        while ((await form.nextPart()) !== null);
        controller.close();
      },
      cancel: () => form.cancel(),
    },
    { highWaterMark: 0 },
  );
}
