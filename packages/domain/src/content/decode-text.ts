/** Octets at the beginning in which a meta declaration is looked for, as browsers do. */
const PRESCAN_BYTES = 1024;
/** The same where the text is no UTF-8: some sites put comments and styles of any length before it. */
const LATE_PRESCAN_BYTES = 65_536;

/** Text of a body and the WHATWG name of the charset that it was read by. */
export interface DecodedText {
  readonly text: string;
  readonly charset: string;
}

/**
 * Decodes a body: a byte order mark decides, then the header's charset, then the meta declaration, then whether it is
 * valid UTF-8, else windows-1252. The mark comes first because octets that are one are sensible text in no other
 * charset, whatever a header says (WHATWG Encoding, "decode"). Malformed sequences become U+FFFD.
 */
export function decodeText(body: Uint8Array, contentType: string | undefined): DecodedText {
  const declared =
    charsetOfMark(body) ??
    knownCharset(charsetOfContentType(contentType)) ??
    charsetOfMeta(body, PRESCAN_BYTES);
  if (declared !== null) return { text: decoderFor(declared).decode(body), charset: declared };
  const utf8 = decoderFor('utf-8').decode(body);
  // A cut in mid-character at the body's end is no sign of another charset.
  const damage = utf8.indexOf('\ufffd');
  if (damage < 0 || damage >= utf8.length - 2) return { text: utf8, charset: 'utf-8' };
  const charset = charsetOfMeta(body, LATE_PRESCAN_BYTES) ?? 'windows-1252';
  return { text: decoderFor(charset).decode(body), charset };
}

type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<string, Decoder>();

function decoderFor(charset: string): Decoder {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(charset);
  decoders.set(charset, decoder);
  return decoder;
}

/** WHATWG name of a label, null where no such charset is known. */
function knownCharset(label: string | null): string | null {
  if (label === null) return null;
  if (/^utf-8$/i.test(label)) return 'utf-8';
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null;
  }
}

function charsetOfMark(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  return null;
}

const charsetOfContentType = (value: string | undefined): string | null =>
  value === undefined ? null : (/charset\s*=\s*["']?([^\s"';,]{1,40})/i.exec(value)?.[1] ?? null);

function charsetOfMeta(body: Uint8Array, within: number): string | null {
  const octets = new Uint8Array(body.subarray(0, within));
  for (let at = 0; at < octets.length; at++)
    // What is not of ASCII is no letter of a declaration, but for the blank that does not break in most charsets.
    if ((octets[at] as number) >= 0x80) octets[at] = octets[at] === 0xa0 ? 0x20 : 0x7f;
  const start = decoderFor('utf-8').decode(octets);
  const seen = start.includes('<!--') ? start.replace(/<!--[^]*?(?:-->|$)/g, '') : start;
  for (const [tag] of seen.matchAll(/<meta\s[^>]{0,500}>|<\?xml\s[^>]{0,200}>/gi)) {
    const charset = knownCharset(labelIn(tag));
    // A declaration that could be read as ASCII cannot be in UTF-16 (WHATWG HTML, prescan).
    if (charset !== null) return charset.startsWith('utf-16') ? 'utf-8' : charset;
  }
  return null;
}

/** What a tag declares. In `content` that is a content type: other texts may speak of charsets, too. */
function labelIn(tag: string): string | null {
  const isContentType = /http-equiv|["'=\s][\w.+-]+\/[\w.+-]+\s*;/i.test(tag);
  const own = isContentType ? tag : tag.replace(/\bcontent\s*=\s*(?:"[^"]*"|'[^']*')/gi, '');
  return /(?:charset|encoding)\s*=\s*["']?\s*([^\s"'/>;]{1,40})/i.exec(own)?.[1] ?? null;
}
