import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { digitRuns } from './digit-runs.ts';
import { numberLabel } from './number-labels.ts';
import { isValidNumber } from './number-plans.ts';

export interface FoundPhone {
  /** E.164. */
  readonly number: string;
  /** Written with its country code, so that no guess was needed. */
  readonly isInternational: boolean;
  /** A word such as "Tel." stands before it, or before the list that it is in. */
  readonly isLabelled: boolean;
  /** The word says that it is a fax. */
  readonly isFax: boolean;
}

/**
 * Digits in groups as numbers are written, 7 to 24 of them, so two numbers side by side; what it is not is found out
 * afterwards. Where words have no blanks between them one may stand before it; behind it the next element's word may.
 */
const CANDIDATE =
  /(?:(?<![\p{L}\p{N}._/@#=-])|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|(?<!\p{L})(?:tel|TEL|Tel|fax|FAX|Fax)))(?:\+|00)?[(（]?[0-9０-９٠-٩۰-۹](?:[ \u00a0.．\-‐-―−－ー()（）/]{0,3}[0-9０-９٠-٩۰-۹]){6,23}(?![\p{N}@%=]|(?!\p{Lu}(?:\p{Ll}{2}|-\p{Lu}))\p{L})/gu;
const LEAST_DIGITS = 7;
/** As many of a word's units before or behind a number as the expression looks at. */
const WORD_UNITS = 4;
/** The beginning of what stands in brackets behind a number: hours, prices. */
const REMARK = /(?<=\p{Nd}.{5,})[ \u00a0]?[(（][^)）]*$/u;
/** Words for an extension, whose digits may be followed by the next number at once. */
const EXTENSION = /(?<!\p{L})(?:ext(?:n|ension)?|x|poste|ramal|anexo|wew|dw|durchwahl|доб|вн)\.?[ :]{0,2}$/iu;
const CANDIDATES_TRIED = 60;
/** Text before a number that may say what it is. */
const UNITS_BEFORE = 32;
/** What stands between numbers of a list: what the first is, the next ones are. */
const LISTED = /^[\s,;/|·•&]{1,4}(?:(?:and|or|und|oder|et|ou|y|e|o|i|lub|или|и|および|또는)\s)?$/iu;

/** Countries where numbers written nationally begin with 0: other digits are something else, unless labelled. */
const TRUNK_ZERO = new Set(
  'DE AT CH GB IE FR BE NL SE FI JP KR CN IN ID TH VN AU NZ ZA TR UA RO BG RS HR SI SK BA MK AL IL EG'.split(
    ' ',
  ),
);

const NATIONAL_BEGINNING = /^[(（]?(?:[0０٠۰]|1[38]00(?!\d))/;

/** Dates, times, years, money, coordinates and addresses of hosts, which look like groups of digits too. */
const NOT_PHONE =
  /^(?:\d{1,2}[.:]\d{2}\s?[-–]\s?\d{1,2}[.:]\d{2}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d|\d{1,3}(?:[.,]\d{3})+|\d+\.\d{4,}|(?:\d{1,3}\.){3}\d{1,3})(?:\s|$)/;

/**
 * Telephone numbers in a text, in E.164. Without a country code they are read as the country's, and only where they
 * are labelled or written in groups: bare digits are order numbers more often than not.
 */
export function findPhones(
  text: string,
  country: CountryCode | null,
  read: ReadNumbers = new Map(),
): FoundPhone[] {
  const found = new Map<string, FoundPhone>();
  let before: { readonly end: number; readonly label: ReturnType<typeof numberLabel> } = {
    end: -1,
    label: null,
  };
  for (const { written, index, end } of candidates(text)) {
    const isListed =
      before.end >= 0 && index - before.end < UNITS_BEFORE && LISTED.test(text.slice(before.end, index));
    const label = isListed ? before.label : numberLabel(text.slice(Math.max(0, index - UNITS_BEFORE), index));
    before = { end, label };
    if (label === 'other') continue;
    const isLabelled = label !== null;
    const isInternational = /^(?:\+|00)/.test(written);
    const isGrouped = /\p{Nd}\P{Nd}+\p{Nd}/u.test(written);
    if (!isInternational && !isLabelled) {
      if (!isGrouped || NOT_PHONE.test(written)) continue;
      if (country !== null && TRUNK_ZERO.has(country) && !NATIONAL_BEGINNING.test(written)) continue;
    }
    const numbers = numbersIn(written, country, read);
    if (numbers.length === 0 && EXTENSION.test(text.slice(Math.max(0, index - UNITS_BEFORE), index)))
      numbers.push(...numbersIn(written.replace(/^\d{1,5}\s/, ''), country, read));
    for (const number of numbers)
      if (!found.has(number))
        found.set(number, { number, isInternational, isLabelled, isFax: label === 'fax' });
  }
  return [...found.values()];
}

/** Where two numbers may meet: a dash or slash with blanks, or a blank before what begins as numbers do. */
const SEAM = / ?[/–—-] | (?=[(（]?[0０])/g;
const SEAMS_TRIED = 4;

/** The number, or the two that stand side by side. */
function numbersIn(written: string, country: CountryCode | null, read: ReadNumbers): string[] {
  const whole = normalisePhone(written, country, read);
  if (whole !== null) return [whole];
  let tried = 0;
  for (const seam of written.matchAll(SEAM)) {
    if (seam.index < LEAST_DIGITS || written.length - seam.index < LEAST_DIGITS) continue;
    if (++tried > SEAMS_TRIED) break;
    const first = normalisePhone(written.slice(0, seam.index), country, read);
    const second =
      first === null ? null : normalisePhone(written.slice(seam.index + seam[0].length), country, read);
    if (first !== null && second !== null) return [first, second];
  }
  return [];
}

interface Candidate {
  readonly written: string;
  readonly index: number;
  readonly end: number;
}

/** What may be numbers, and where. Only the few places with so many digits are looked at with the expression. */
function candidates(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const { start, end } of digitRuns(text, LEAST_DIGITS)) {
    // With the word that it may touch.
    const from = Math.max(0, start - WORD_UNITS);
    const around = text.slice(from, end + WORD_UNITS);
    CANDIDATE.lastIndex = 0;
    for (let match = CANDIDATE.exec(around); match !== null; match = CANDIDATE.exec(around)) {
      if (found.length === CANDIDATES_TRIED) return found;
      const index = from + match.index;
      const written = match[0].replace(REMARK, '').trim();
      if (written.length >= LEAST_DIGITS) found.push({ written, index, end: index + match[0].length });
    }
  }
  return found;
}

/** Numbers by how they are written: pages give the same one again and again, and reading one is slow. */
export type ReadNumbers = Map<string, string | null>;

/** The number in E.164, null where it is not a valid one. */
export function normalisePhone(
  written: string,
  country: CountryCode | null,
  read: ReadNumbers = new Map(),
): string | null {
  // With its country code a number is the same however its digits are grouped.
  const key = isInternational(written) ? withoutGaps(written) : written;
  let number = read.get(key);
  if (number === undefined) read.set(key, (number = readNumber(key, country)));
  return number;
}

/** Until 2019 mobile numbers were dialled with a 1 from abroad. */
const MEXICAN_MOBILE = /^\+52[ .-]*1[ .-]*(?=(?:\d[ .()-]*){10}$)/;

/** Longer ones are none to the library, however few their digits are. */
const UNITS_READ = 250;
const isInternational = (written: string): boolean => /^\+[\d .-]+$/.test(written);
const withoutGaps = (written: string): string => written.replace(/[ .-]/g, '');

function readNumber(written: string, country: CountryCode | null): string | null {
  const text = written
    .replace(/^\s*00(?=[1-9])/, '+')
    .replace(/(\+\d{1,3}[ .-]?)\(0\)/, '$1')
    .replace(MEXICAN_MOBILE, '+52');
  if (text.length <= UNITS_READ && isInternational(text)) {
    const international = withoutGaps(text);
    const isValid = isValidNumber(international);
    if (isValid !== null) return isValid ? international : null;
  }
  const number = parsePhoneNumberFromString(
    text,
    country === null ? {} : { defaultCountry: country, extract: false },
  );
  return number?.isValid() ? number.number : null;
}
