import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Dice } from '../hash.ts';
import { encodeHtml } from './charset.ts';
import { bytesPerLetter, fillerSections, writePage } from './page-html.ts';
import { planPage } from './page-plan.ts';
import { messagePage, parkedPage, statusText } from './plain-pages.ts';
import type { SiteAnswer } from './site-answer.ts';
import { formatOf, type SiteFormat } from './site-format.ts';
import type { SitePlan } from './site-plan.ts';
import { smallPage } from './small-pages.ts';

/** What of a request shapes the reply's bytes. */
export interface ReplyWish {
  /** Without query. */
  path: string;
  head: boolean;
  keepAlive: boolean;
  acceptEncoding: string;
}

/** The bytes of a reply, and whether the connection ends with it. */
export interface ReplyBytes {
  bytes: Buffer;
  close: boolean;
}

type Reply = Extract<SiteAnswer, { type: 'reply' }>;

const BIG_PAGE_BYTES = 1 << 20;
const CHUNK_BYTES = 4096;
const icon = Buffer.from(
  'AAABAAEAAQEAAAEAGAAwAAAAFgAAACgAAAABAAAAAgAAAAEAGAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAqRdwAAAAAAA==',
  'base64',
);
const plain: SiteFormat = { charset: 'utf-8', declaredIn: 'header', encoding: 'identity', framing: 'length' };

/** Writes the bytes of a site's reply. Pure but for the compressor. */
export function replyBytes(site: SitePlan, reply: Reply, wish: ReplyWish): ReplyBytes {
  const headers: string[] = [];
  let format = plain;
  let type = 'text/html; charset=utf-8';
  let body: Buffer;
  switch (reply.body) {
    case 'page': {
      const page = planPage(site.owner, site.hash, site.kind);
      format = formatOf(page, site.hash, site.kind);
      type = format.declaredIn === 'meta' ? 'text/html' : `text/html; charset=${format.charset}`;
      let html = writePage(page, format.declaredIn === 'header' ? null : format.charset);
      if (site.kind === 'bigpage') {
        html += fillerSections(page, new Dice(page.textSeed + 1), BIG_PAGE_BYTES / bytesPerLetter(page));
      }
      body = encodeHtml(html, format.charset);
      for (const { header } of page.technologies) if (header !== undefined) headers.push(header.join(': '));
      break;
    }
    case 'parked':
      body = Buffer.from(parkedPage(site));
      break;
    case 'lander':
    case 'spa':
    case 'onepage':
      body = Buffer.from(smallPage(site, reply.body, wish.path));
      break;
    case 'message':
      body = Buffer.from(messagePage(reply.status));
      break;
    case 'robots-allow':
      type = 'text/plain';
      body = Buffer.from('User-agent: *\nAllow: /\n');
      break;
    case 'robots-deny':
      type = 'text/plain';
      body = Buffer.from('User-agent: *\nDisallow: /\n');
      break;
    case 'icon':
      type = 'image/x-icon';
      body = icon;
      break;
    case 'asset':
      type = 'application/octet-stream';
      body = Buffer.alloc(16, site.hash & 0xff);
      break;
  }
  if (reply.location !== null) headers.push(`Location: ${reply.location}`);
  const encoding = wish.acceptEncoding.includes(format.encoding) ? format.encoding : 'identity';
  if (encoding !== 'identity') headers.push(`Content-Encoding: ${encoding}`);
  headers.push(`Content-Type: ${type}`);
  return frame(reply.status, headers, compress(body, encoding), format.framing, wish);
}

function compress(body: Buffer, encoding: SiteFormat['encoding']): Buffer {
  switch (encoding) {
    case 'gzip':
      return gzipSync(body, { level: 1 });
    case 'br':
      return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    case 'identity':
      return body;
  }
}

function frame(
  status: number,
  headers: string[],
  body: Buffer,
  framing: SiteFormat['framing'],
  wish: ReplyWish,
): ReplyBytes {
  const close = framing === 'close' || !wish.keepAlive;
  if (framing === 'length') headers.push(`Content-Length: ${body.length}`);
  if (framing === 'chunked') headers.push('Transfer-Encoding: chunked');
  headers.push(`Connection: ${close ? 'close' : 'keep-alive'}`);
  const head = Buffer.from(
    `HTTP/1.1 ${status} ${statusText(status)}\r\n${headers.join('\r\n')}\r\n\r\n`,
    'latin1',
  );
  if (wish.head) return { bytes: head, close };
  return { bytes: Buffer.concat([head, ...(framing === 'chunked' ? chunks(body) : [body])]), close };
}

function chunks(body: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += CHUNK_BYTES) {
    const piece = body.subarray(at, at + CHUNK_BYTES);
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  parts.push(Buffer.from('0\r\n\r\n'));
  return parts;
}
