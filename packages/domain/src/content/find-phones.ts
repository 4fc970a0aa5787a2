import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { digitRuns } from './digit-runs.ts';
import { isValidNumber } from './number-plans.ts';

export interface FoundPhone {
  /** E.164. */
  readonly number: string;
  /** Written with its country code, so that no guess was needed. */
  readonly isInternational: boolean;
  /** A word such as "Tel." stands before it. */
  readonly isLabelled: boolean;
}

/** Digits in groups as numbers are written, 7 to 19 of them; what it is not is found out afterwards. */
const CANDIDATE =
  /(?<![\p{L}\p{N}._/@#=-])(?:\+|00)?\(?[0-9０-９](?:[ \u00a0.\-–()/]{0,3}[0-9０-９]){6,18}(?![\p{L}\p{N}@%=])/gu;
const LEAST_DIGITS = 7;
const CANDIDATES_TRIED = 60;
const LABEL =
  /(?:tel|téléphone|telefon[oe]?|teléfono|telefoon|phone|call(?: us)?|mob(?:ile?)?|handy|fax|hotline|whatsapp|fon|ruf|kontakt|contact|tél|bel|telef|電話|ファックス|ファクス|電話番号|FAX|тел)[\p{L}]{0,12}[.:：\s-]{0,4}$/iu;

/** Words before a number that is something else. */
const OTHER_LABEL =
  /(?:is[bs]n|ean|gtin|iban|bic|vat|ust|uid|tax|hr[ab]|siret|siren|kvk|btw|nip|regon|krs|cnpj|cpf|p\. ?iva|cif|nif|abn|id|sku|art|order|bestell|auftrag|rechnung|invoice|factura|ref)[\p{L}.]{0,12}[ .:#№nNo°º-]{0,6}$/iu;

/** Countries where numbers written nationally begin with 0: other digits are something else, unless labelled. */
const TRUNK_ZERO = new Set(
  'DE AT CH GB IE FR BE NL SE FI JP KR CN IN ID TH VN AU NZ ZA TR UA RO BG RS HR SI SK BA MK AL IL EG'.split(
    ' ',
  ),
);

/** Dates, times, money, coordinates and versions, which look like groups of digits too. */
const NOT_PHONE =
  /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}\s?[-–]\s?\d{4}|\d{1,3}(?:[.,]\d{3})+|\d+\.\d{4,}|(?:\d{1,3}\.){3}\d{1,3})/;

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
  for (const { written, index } of candidates(text)) {
    const before = text.slice(Math.max(0, index - 24), index);
    const isLabelled = LABEL.test(before);
    const isInternational = /^(?:\+|00)/.test(written);
    const isGrouped = /\d[^\d]+\d/.test(written);
    if (!isLabelled && OTHER_LABEL.test(before)) continue;
    if (!isInternational && !isLabelled) {
      if (!isGrouped || NOT_PHONE.test(written)) continue;
      if (country !== null && TRUNK_ZERO.has(country) && !/^\(?[0０]/.test(written)) continue;
    }
    const number = normalisePhone(written, country, read);
    if (number !== null && !found.has(number)) found.set(number, { number, isInternational, isLabelled });
  }
  return [...found.values()];
}

/** What may be numbers, and where. Only the few places with so many digits are looked at with the expression. */
function candidates(text: string): { readonly written: string; readonly index: number }[] {
  const found: { written: string; index: number }[] = [];
  for (const { start, end } of digitRuns(text, LEAST_DIGITS)) {
    // With what stands around it, which may be of two units.
    const from = Math.max(0, start - 2);
    const around = text.slice(from, end + 2);
    CANDIDATE.lastIndex = 0;
    for (let match = CANDIDATE.exec(around); match !== null; match = CANDIDATE.exec(around)) {
      if (found.length === CANDIDATES_TRIED) return found;
      found.push({ written: match[0].trim(), index: from + match.index });
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

/** Longer ones are none to the library, however few their digits are. */
const UNITS_READ = 250;
const isInternational = (written: string): boolean => /^\+[\d .-]+$/.test(written);
const withoutGaps = (written: string): string => written.replace(/[ .-]/g, '');

function readNumber(written: string, country: CountryCode | null): string | null {
  const text = written.replace(/^\s*00(?=[1-9])/, '+').replace(/(\+\d{1,3}[ .-]?)\(0\)/, '$1');
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
