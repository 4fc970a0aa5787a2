import * as zlib from 'node:zlib';
import { FetchFailure } from './failure.ts';

const malformed = (detail: string): FetchFailure => new FetchFailure('ERROR', 'exchange', detail);

/** More encodings than this on one response are refused: nothing honest stacks three. */
const MAX_ENCODINGS = 2;

type Encoding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** Whether this runtime decodes Zstandard: Node from 22.15 on; it decides what is offered to servers. */
const hasZstd = typeof (zlib as Partial<typeof zlib>).createZstdDecompress === 'function';

export const ACCEPT_ENCODING = hasZstd ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';

/** What is offered, less what this runtime does not undo. */
export const withoutUnknown = (offer: string): string =>
  hasZstd ? offer : offer.replace(/(?:^|, ?)zstd(?:;q=[\d.]+)?/, '').replace(/^, ?/, '') || 'identity';

/** Codings that exist (IANA and beyond) and are not undone here: a body in one of them cannot be read. */
const NOT_UNDONE = new Set(
  'compress x-compress sdch lzma xz bzip2 exi pack200-gzip aes128gcm dcb dcz zstd lz4 snappy'.split(' '),
);

/** Said of a body that is as it was, or in chunks, which its framing has undone. */
const NO_ENCODING = new Set(['identity', 'none', 'chunked']);

/**
 * The encodings to undo, outermost first. Throws on one that is not undone and on more than two. What is no coding at
 * all, such as the name of a character set, counts for nothing, as in browsers.
 */
function encodingsOf(contentEncoding: string | undefined): Encoding[] {
  if (contentEncoding === undefined) return [];
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !NO_ENCODING.has(name));
  if (names.length > MAX_ENCODINGS) {
    throw malformed(`${names.length} content encodings are stacked: at most ${MAX_ENCODINGS} are undone`);
  }
  return names.flatMap(encodingNamed).reverse();
}

/** The same of a whole response, compression for the transfer (RFC 9112, 7.2) included. */
export function encodingsOfResponse(headers: Readonly<Record<string, string>>): Encoding[] {
  const content = headers['content-encoding'];
  const transfer = headers['transfer-encoding'];
  if (transfer === undefined || transfer === 'chunked') return encodingsOf(content);
  return encodingsOf(`${content ?? ''},${transfer}`);
}

function encodingNamed(name: string): Encoding | [] {
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  if (name === 'deflate' || name === 'br') return name;
  if (name === 'zstd' && hasZstd) return name;
  if (NOT_UNDONE.has(name)) throw malformed(`Unsupported content encoding: ${name}`);
  return [];
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

/** A body up to this size that cannot be decoded is tried again in pieces of so many octets. */
const RETRIED_BYTES = 65_536;
const PIECE_BYTES = 16;

/**
 * Undoes one encoding. A decoder that comes upon damage, or upon garbage behind the end, gives nothing of what it was
 * handed with it: a small body is then handed over in pieces.
 */
function inflate(
  body: Buffer,
  encoding: Encoding,
  capBytes: number,
  inPieces = false,
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
      if (!inPieces && body.length <= RETRIED_BYTES) return resolve(inflate(body, encoding, capBytes, true));
      reject(malformed(`The ${encoding} body cannot be decoded: ${error.message}`));
    });
    if (inPieces)
      for (let at = 0; at < body.length; at += PIECE_BYTES)
        decoder.write(body.subarray(at, at + PIECE_BYTES));
    decoder.end(inPieces ? undefined : body);
  });
}
