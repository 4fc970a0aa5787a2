import { DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import { boundaryOf } from './multipart-header.ts';
import { MultipartReader } from './multipart-reader.ts';
import { readPieces } from './read-pieces.ts';

const FILE_FIELD = 'file';
/** What a form may hold around its file. */
const ENVELOPE_BYTES = 65_536;
/** Longer fields are none of ours: they are passed over. */
const MAX_FIELD_BYTES = 32_768;
const MAX_FIELDS = 20;

/** The file of a form, as a stream that is read no faster than it is asked for. */
export interface FormFile {
  readonly filename: string;
  /** Size in bytes at least, as the client says it. */
  readonly sizeHint: number;
  readonly body: ReadableStream<Uint8Array>;
  readonly signal: AbortSignal;
  /** The form's short text fields: those before the file at once, those after it when the file has been read. */
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Gives `use` the field `file` of a multipart/form-data request, streamed from the socket. Throws
 * `UNSUPPORTED_MEDIA_TYPE` for other requests, `MALFORMED_REQUEST` for broken ones, `INVALID_INPUT` without the field.
 */
export async function withFormFile<T>(
  request: Request,
  idleTimeoutMs: number,
  use: (file: FormFile) => Promise<T>,
): Promise<T> {
  const boundary = boundaryOf(request.headers.get('content-type'));
  if (boundary === null || request.body === null) {
    throw new DomainFlowError(
      'UNSUPPORTED_MEDIA_TYPE',
      'Send the file as multipart/form-data, in the field "file".',
    );
  }
  const { signal } = request;
  const form = new MultipartReader(readPieces(request.body, { idleTimeoutMs, signal }), boundary);
  try {
    const fields = new Map<string, string>();
    const filename = await findFile(form, fields);
    const sizeHint = Number(request.headers.get('content-length') ?? 0) - ENVELOPE_BYTES;
    return await use({ filename, sizeHint, signal, fields, body: bodyOfPart(form, fields) });
  } finally {
    await form.cancel();
  }
}

async function findFile(form: MultipartReader, fields: Map<string, string>): Promise<string> {
  for (let part = await form.nextPart(); part !== null; part = await form.nextPart()) {
    if (part.name !== FILE_FIELD) {
      if (part.filename === null) await readField(form, part.name, fields);
      continue;
    }
    if (part.filename === null)
      throw invalidInput('The field "file" holds text instead of a file.', FILE_FIELD);
    return part.filename;
  }
  throw invalidInput('The form has no file in the field "file".', FILE_FIELD);
}

async function readField(form: MultipartReader, name: string, fields: Map<string, string>): Promise<void> {
  if (fields.size >= MAX_FIELDS || fields.has(name)) return;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  try {
    for (let bytes = await form.readPart(); bytes !== null; bytes = await form.readPart()) {
      length += bytes.length;
      if (length > MAX_FIELD_BYTES) return;
      text += decoder.decode(bytes, { stream: true });
    }
    text += decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw invalidInput(`The field ${JSON.stringify(name)} is not text in UTF-8.`, name);
  }
  fields.set(name, text);
}

/** The current part as a stream; it ends well only with the whole form. */
function bodyOfPart(form: MultipartReader, fields: Map<string, string>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await form.readPart();
        if (bytes !== null) {
          controller.enqueue(bytes);
          return;
        }
        // Reads what follows, so that the client has been listened to before it gets its answer.
        for (let part = await form.nextPart(); part !== null; part = await form.nextPart()) {
          if (part.filename === null) await readField(form, part.name, fields);
        }
        controller.close();
      },
      cancel: () => form.cancel(),
    },
    { highWaterMark: 0 },
  );
}
