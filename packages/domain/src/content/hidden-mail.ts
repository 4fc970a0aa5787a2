import { unitAt } from '../unit-at.ts';
import { findEmails } from './find-emails.ts';

/** Where a script may put an address together, if strings are joined near it; the text around that is read then. */
const SIGN = /@|&#(?:64|x40);|\\(?:x40|u0040)|mailto:/g;
const JOINED = /['"]\s{0,4}\+|\+=?\s{0,4}['"]/;
const UNITS_NEAR = 60;
const SIGNS_TRIED = 50;
/** A text that doubles itself must not grow without end. */
const TEXT_UNITS = 1_000;
const UNITS_BEFORE = 900;
const UNITS_AFTER = 500;
const PLACES_READ = 8;
const TOKEN = /'((?:[^'\\\n]|\\.){0,500})'|"((?:[^"\\\n]|\\.){0,500})"|([A-Za-z_$][\w$]{0,60})|\s+|[^]/g;

/** Addresses that scripts put together of strings and variables, as systems do that hide them from programs. */
export function mailInScripts(scripts: string): string[] {
  const found = new Set<string>();
  let tried = 0;
  let read = 0;
  let end = 0;
  for (const { index } of scripts.matchAll(SIGN)) {
    if (index < end) continue;
    if (++tried > SIGNS_TRIED) break;
    if (!JOINED.test(scripts.slice(Math.max(0, index - UNITS_NEAR), index + UNITS_NEAR))) continue;
    if (++read > PLACES_READ) break;
    end = index + UNITS_AFTER;
    for (const text of concatenations(scripts.slice(Math.max(0, index - UNITS_BEFORE), end)))
      for (const { address } of findEmails(text)) found.add(address);
  }
  return [...found];
}

const MAY_HOLD_MAIL = /@|&#(?:64|x40);/;
/** What is unknown in a text: no address reaches over it. */
const UNKNOWN = ' ';

/** The values of concatenations in a script, variables that were set before filled in. */
function concatenations(script: string): string[] {
  const variables = new Map<string, string>();
  const values: string[] = [];
  let target: string | null = null;
  let name: string | null = null;
  let value: string | null = null;
  let isJoined = false;
  let before = '';
  const finish = (): void => {
    if (value !== null && target !== null) variables.set(target, value);
    if (value !== null && isJoined && MAY_HOLD_MAIL.test(value)) values.push(withoutReferences(value));
    target = value = name = null;
    isJoined = false;
  };
  for (const [token, single, double, identifier] of script.matchAll(TOKEN)) {
    if (token.trim() === '') continue;
    const written = single ?? double;
    if (written !== undefined || identifier !== undefined) {
      const operand =
        written === undefined ? (variables.get(identifier ?? '') ?? UNKNOWN) : unescaped(written);
      if (before === '+' && value !== null) {
        value = (value + operand).slice(0, TEXT_UNITS);
        isJoined = true;
      } else if (before === '=' && target !== null) value = operand;
      else {
        finish();
        value = operand;
      }
      name = identifier ?? null;
    } else if (token === '=' && name !== null && before !== '=') {
      // `a += b` is `a = a + b`.
      const earlier = before === '+' ? variables.get(name) : undefined;
      const assigned: string = name;
      value = null;
      finish();
      target = assigned;
      if (earlier !== undefined) {
        value = earlier;
        before = '+';
        continue;
      }
    } else if (token !== '+') finish();
    before = token;
  }
  finish();
  return values;
}

const unescaped = (text: string): string =>
  text
    .replaceAll(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_, two?: string, four?: string) =>
      String.fromCharCode(Number.parseInt(two ?? four ?? '', 16)),
    )
    .replaceAll(/\\(.)/g, '$1');

const withoutReferences = (text: string): string =>
  text.replaceAll(/&#(?:x([0-9a-f]{1,4})|(\d{1,5}));/gi, (_, hexadecimal?: string, decimal?: string) =>
    String.fromCharCode(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)),
  );

const SHIFTED_CALL = /^javascript:\s{0,4}linkTo_UnCryptMailto\(\s{0,4}(?:'|%27|")([^'"]{8,400}?)(?:'|%27|")/i;
const SHIFTED_MARK = 'data-mailto-token=';
/** Stretches of characters, first and last, within which a common system shifts those of an address. */
const STRETCHES = [
  [0x2b, 0x3a],
  [0x40, 0x5a],
  [0x61, 0x7a],
] as const;
const MOST_SHIFTED = 25;

/** The `mailto:` links in links and marks that a common system shifts, whatever the shift. */
export function shiftedMail(links: readonly string[], marks: Iterable<string>): string[] {
  const tokens: string[] = [];
  for (const link of links) {
    // A J, most links begin otherwise.
    const token = (unitAt(link, 0) | 0x20) === 0x6a ? SHIFTED_CALL.exec(link)?.[1] : undefined;
    if (token !== undefined) tokens.push(token);
  }
  for (const mark of marks) if (mark.startsWith(SHIFTED_MARK)) tokens.push(mark.slice(SHIFTED_MARK.length));
  return tokens.map(unshifted).filter((link) => link !== null);
}

function unshifted(token: string): string | null {
  for (let by = -MOST_SHIFTED; by <= MOST_SHIFTED; by++) {
    const text = [...token].map((each) => shifted(each, by)).join('');
    if (text.startsWith('mailto:')) return text;
  }
  return null;
}

function shifted(character: string, by: number): string {
  const unit = character.charCodeAt(0);
  const stretch = STRETCHES.find(([first, last]) => unit >= first && unit <= last);
  if (stretch === undefined) return character;
  const [first, last] = stretch;
  const size = last - first + 1;
  return String.fromCharCode(first + ((((unit - first + by) % size) + size) % size));
}
