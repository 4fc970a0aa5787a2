import { DomainFlowError } from '@domainflow/domain/errors.ts';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../context.ts';
import { errorResponse } from './error-response.ts';

/** What is read of a body that nobody wants, and for how long, before the connection may be cut. */
const PASSED_OVER_BYTES = 256 * 1024 * 1024;
const PASSED_OVER_MS = 20_000;

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads on to the end of a refused body: an answer that is given in the middle of one is lost, since most clients look
 * for it when they have sent all, and find the connection cut.
 */
async function passOver(reader: BodyReader): Promise<void> {
  let bytes = 0;
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), PASSED_OVER_MS);
  try {
    while (bytes < PASSED_OVER_BYTES) {
      const { done, value } = await reader.read();
      if (done) return;
      bytes += value.length;
    }
    await reader.cancel();
  } catch {
    // The client has left: there is nobody to be answered.
  } finally {
    clearTimeout(timer);
  }
}

/** Refuses bodies that are longer, by their announced length or while they are read, with what `refusal` says. */
export function limitBody(maxBytes: number, refusal: () => DomainFlowError): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { raw } = c.req;
    if (raw.body === null) return next();
    const announced = raw.headers.get('content-length');
    if (announced !== null && !raw.headers.has('transfer-encoding')) {
      if (Number(announced) <= maxBytes) return next();
      await passOver(raw.body.getReader());
      return errorResponse(refusal());
    }
    const reader = raw.body.getReader();
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      bytes += step.value.length;
      if (bytes > maxBytes) {
        await passOver(reader);
        return errorResponse(refusal());
      }
      pieces.push(step.value);
    }
    c.req.raw = new Request(raw, { method: raw.method, body: new Blob(pieces) });
    return next();
  };
}

/** Refuses bodies that are compressed: they would be read as what they are not. */
export const refuseEncodedBodies: MiddlewareHandler<AppEnv> = async (c, next) => {
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity' || c.req.raw.body === null) return next();
  await passOver(c.req.raw.body.getReader());
  return errorResponse(
    new DomainFlowError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Bodies with Content-Encoding ${JSON.stringify(encoding.slice(0, 40))} are not read: send it as it is, not compressed.`,
    ),
  );
};
