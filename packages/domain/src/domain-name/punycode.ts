const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_CODE_POINT = 0x80;
const MAX_CODE_POINT = 0x10ffff;

/** RFC 3492, section 6.1. */
function adaptBias(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) >> 1) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

/** Value of a digit of the encoding (`a`–`z` 0–25, `0`–`9` 26–35), -1 for any other character. */
function digitOf(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return -1;
}

/** Decodes what follows `xn--` (RFC 3492, section 6.2); null where it is not Punycode. */
export function decodePunycode(encoded: string): string | null {
  const delimiter = encoded.lastIndexOf('-');
  const points: number[] = [];
  for (let at = 0; at < delimiter; at++) {
    const code = encoded.charCodeAt(at);
    if (code >= INITIAL_CODE_POINT) return null;
    points.push(code);
  }
  let codePoint = INITIAL_CODE_POINT;
  let bias = INITIAL_BIAS;
  let position = 0;
  let at = delimiter < 0 ? 0 : delimiter + 1;
  if (at >= encoded.length) return null;
  while (at < encoded.length) {
    const before = position;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      if (at >= encoded.length) return null;
      const digit = digitOf(encoded.charCodeAt(at++));
      if (digit < 0) return null;
      position += digit * weight;
      if (position > Number.MAX_SAFE_INTEGER) return null;
      const threshold = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = points.length + 1;
    bias = adaptBias(position - before, length, before === 0);
    codePoint += Math.floor(position / length);
    position %= length;
    if (codePoint > MAX_CODE_POINT) return null;
    points.splice(position++, 0, codePoint);
  }
  return String.fromCodePoint(...points);
}

/** Digit of the encoding for 0 to 35: `a` to `z`, then `0` to `9`. */
const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Encodes what is to follow `xn--` (RFC 3492, section 6.3). */
export function encodePunycode(unicode: string): string {
  const points = Array.from(unicode, (character) => character.codePointAt(0) as number);
  let encoded = '';
  for (const point of points) if (point < INITIAL_CODE_POINT) encoded += String.fromCharCode(point);
  const basic = encoded.length;
  if (basic > 0) encoded += '-';
  let codePoint = INITIAL_CODE_POINT;
  let bias = INITIAL_BIAS;
  let delta = 0;
  for (let handled = basic; handled < points.length; ) {
    const next = Math.min(...points.filter((point) => point >= codePoint));
    delta += (next - codePoint) * (handled + 1);
    codePoint = next;
    for (const point of points) {
      if (point < codePoint) delta++;
      if (point !== codePoint) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const threshold = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
        if (rest < threshold) break;
        encoded += DIGITS[threshold + ((rest - threshold) % (BASE - threshold))] as string;
        rest = Math.floor((rest - threshold) / (BASE - threshold));
      }
      encoded += DIGITS[rest] as string;
      bias = adaptBias(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    codePoint++;
  }
  return encoded;
}
