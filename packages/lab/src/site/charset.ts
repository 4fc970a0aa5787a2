import type { LabCharset } from './site-format.ts';

const tables = new Map<LabCharset, Map<string, number>>();

/** Encodes HTML in a charset; letters that the charset lacks become numeric character references. */
export function encodeHtml(html: string, charset: LabCharset): Buffer {
  if (charset === 'utf-8') return Buffer.from(html, 'utf8');
  const table = tableOf(charset);
  const bytes = Buffer.allocUnsafe(html.length * 2 + 64);
  const parts: Buffer[] = [];
  let at = 0;
  for (const letter of html) {
    const code = table.get(letter);
    if (code === undefined) {
      const reference = Buffer.from(`&#${letter.codePointAt(0)};`, 'latin1');
      parts.push(Buffer.from(bytes.subarray(0, at)), reference);
      at = 0;
    } else {
      if (code > 0xff) bytes[at++] = code >> 8;
      bytes[at++] = code & 0xff;
    }
  }
  parts.push(bytes.subarray(0, at));
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

/** Turns the platform's own decoder around: letter to one byte, or two with the first one in the upper half. */
function tableOf(charset: LabCharset): Map<string, number> {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const table = new Map<string, number>();
  const decoder = new TextDecoder(charset);
  const add = (code: number, bytes: number[]): void => {
    const letter = decoder.decode(Uint8Array.from(bytes));
    if (letter.length === 1 && letter !== '\ufffd' && !table.has(letter)) table.set(letter, code);
  };
  for (let byte = 0; byte < 0x100; byte++) add(byte, [byte]);
  if (charset === 'shift_jis') {
    for (let lead = 0x81; lead <= 0xfc; lead++) {
      for (let trail = 0x40; trail <= 0xfc; trail++) add((lead << 8) | trail, [lead, trail]);
    }
  }
  tables.set(charset, table);
  return table;
}
