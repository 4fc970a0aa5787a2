import * as zlib from 'node:zlib';
import { FetchFailure } from './failure.ts';

const malformed = (detail: string): FetchFailure => new FetchFailure('ERROR', 'exchange', detail);

/** More encodings than this on one response are refused: nothing honest stacks three. */
const MAX_ENCODINGS = 2;

type Encoding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** Whether this runtime decodes Zstandard: Node from 22.15 on; it decides what is offered to servers. */
const hasZstd = typeof (zlib as Partial<typeof zlib>).createZstdDecompress === 'function';

export const ACCEPT_ENCODING = hasZstd ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';

/** The encodings to undo, outermost first. Throws on an unknown one and on more than two. */
export function encodingsOf(contentEncoding: string | undefined): Encoding[] {
  if (contentEncoding === undefined) return [];
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity' && name !== 'none');
  if (names.length > MAX_ENCODINGS) {
    throw malformed(`${names.length} content encodings are stacked: at most ${MAX_ENCODINGS} are undone`);
  }
  return names.map(encodingNamed).reverse();
}

function encodingNamed(name: string): Encoding {
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  if (name === 'deflate' || name === 'br') return name;
  if (name === 'zstd' && hasZstd) return name;
  throw malformed(`Unsupported content encoding: ${name.slice(0, 60)}`);
}

/**
 * Undoes content encodings, giving at most `capBytes` octets. Decompression stops at the cap, so that a bomb costs no
 * more than a page of that size. A body that was cut gives what could be decoded.
 */
export async function decodeContent(
  body: Buffer,
  encodings: readonly Encoding[],
  capBytes: number,
): Promise<{ body: Buffer; truncated: boolean }> {
  let decoded = body;
  let truncated = false;
  for (const encoding of encodings) {
    if (decoded.length === 0) break;
    const step = await inflate(decoded, encoding, capBytes);
    decoded = step.body;
    truncated ||= step.truncated;
  }
  if (decoded.length <= capBytes) return { body: decoded, truncated };
  return { body: decoded.subarray(0, capBytes), truncated: true };
}

function decoderFor(encoding: Encoding, body: Buffer): zlib.Gunzip | zlib.BrotliDecompress {
  switch (encoding) {
    case 'gzip':
      return zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH });
    case 'deflate':
      // Servers send both the zlib format that is meant and the bare stream that the name suggests.
      return isZlibHeader(body)
        ? zlib.createInflate({ finishFlush: zlib.constants.Z_SYNC_FLUSH })
        : (zlib.createInflateRaw({ finishFlush: zlib.constants.Z_SYNC_FLUSH }) as unknown as zlib.Gunzip);
    case 'br':
      return zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return zlib.createZstdDecompress({
        finishFlush: zlib.constants.ZSTD_e_flush,
      }) as unknown as zlib.Gunzip;
  }
}

const isZlibHeader = (body: Buffer): boolean =>
  body.length >= 2 &&
  ((body[0] as number) & 0x0f) === 8 &&
  (((body[0] as number) << 8) | (body[1] as number)) % 31 === 0;

function inflate(
  body: Buffer,
  encoding: Encoding,
  capBytes: number,
): Promise<{ body: Buffer; truncated: boolean }> {
  return new Promise((resolve, reject) => {
    const decoder = decoderFor(encoding, body);
    const parts: Buffer[] = [];
    let size = 0;
    let settled = false;
    const settle = (truncated: boolean): void => {
      if (settled) return;
      settled = true;
      resolve({ body: Buffer.concat(parts), truncated });
      decoder.destroy();
    };
    decoder.on('data', (part: Buffer) => {
      if (settled) return;
      parts.push(part);
      size += part.length;
      if (size > capBytes) settle(true);
    });
    decoder.on('end', () => settle(false));
    decoder.on('error', (error: Error) => {
      // What came before the damage is the page's beginning; nothing at all is a malformed response.
      if (size > 0) return settle(true);
      if (settled) return;
      settled = true;
      reject(malformed(`The ${encoding} body cannot be decoded: ${error.message}`));
    });
    decoder.end(body);
  });
}
