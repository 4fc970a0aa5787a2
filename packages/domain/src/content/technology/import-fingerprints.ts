import { CLASS_COST_CAP, classCost } from '../../keyword/class-cost.ts';
import { storableText } from '../storable-text.ts';
import type { DnsPlace, TechnologyFingerprint } from './fingerprint.ts';
import { checkPattern, PatternFault } from './pattern.ts';

/** What became of an import. */
export interface ImportedFingerprints {
  readonly set: Readonly<Record<string, TechnologyFingerprint>>;
  /** Patterns and marks that were taken. */
  readonly patterns: number;
  /** Patterns that cannot be used, by reason. */
  readonly refusedPatterns: Readonly<Record<string, number>>;
  /** Technologies of which nothing could be used, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** The first of each, for a person to look at. */
  readonly examples: readonly {
    readonly technology: string;
    readonly where: string;
    readonly reason: string;
  }[];
}

/** Technologies of one file, and examples of what was refused. */
const MOST_TECHNOLOGIES = 10_000;
/** Patterns of one file: the community has some three for each technology. */
const MOST_PATTERNS = 60_000;
/** What classes of characters of all patterns may cost, as `classCost` counts: a few seconds. */
const MOST_CLASSES = 60_000_000;
const EXAMPLES_KEPT = 50;
const PATTERN_UNITS = 1_000;
const LIST_ITEMS = 200;

/** Fields that no page that is kept can tell of, with why. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  dom: 'rules for the DOM need a browser',
  css: 'style sheets are not fetched',
  robots: 'robots.txt is not kept',
  xhr: 'requests of scripts are not made',
  certIssuer: 'certificates are not matched',
  probe: 'no address is tried out',
  requires: 'conditions on other technologies are not supported',
  requiresCategory: 'conditions on categories are not supported',
};

/**
 * Reads the community's JSON format: an object of technologies by name, or one with `technologies` (or `apps`) and
 * `categories`. Yields every so often, so that who calls can let others go on; null where the value is not of the
 * format at all. Every expression that is taken has been compiled by the linear engine. `own`: names of technologies that
 * the platform knows itself, which an import does not change.
 */
export function* importFingerprints(
  value: unknown,
  own: Iterable<string> = [],
): Generator<undefined, ImportedFingerprints | null> {
  const root = asRecord(value);
  if (root === null) return null;
  const technologies = asRecord(root['technologies']) ?? asRecord(root['apps']) ?? root;
  const categories = asRecord(root['categories']) ?? {};
  const entries = Object.entries(technologies).filter(([, entry]) => asRecord(entry) !== null);
  if (entries.length === 0 || entries.length > MOST_TECHNOLOGIES) return null;
  let patterns = 0;
  for (const [, entry] of entries) {
    patterns += patternsIn(entry as object);
    if (patterns > MOST_PATTERNS) return null;
  }
  const set: Record<string, TechnologyFingerprint> = Object.create(null);
  const known = new Set([...own].map((name) => name.toLowerCase()));
  const report = { patterns: 0, refusedPatterns: {}, refused: {}, examples: [] } as Report;
  const cost = { classes: 0 };
  for (const [written, entry] of entries) {
    yield;
    const name = storableText(written.trim(), 100);
    if (name === '' || name === '__proto__') continue;
    const twice = known.has(name.toLowerCase())
      ? 'the platform knows it itself'
      : Object.hasOwn(set, name)
        ? 'the file has it twice'
        : null;
    if (twice !== null) {
      report.refused[twice] = (report.refused[twice] ?? 0) + 1;
      keepExample(report, name, '', twice);
      continue;
    }
    const reader = new EntryReader(name, entry as Record<string, unknown>, report, cost);
    const fingerprint = yield* reader.read(categories);
    if (reader.taken === 0) {
      const reason = reader.lastReason ?? 'it has no pattern';
      report.refused[reason] = (report.refused[reason] ?? 0) + 1;
      if (reader.lastReason === null) keepExample(report, name, '', reason);
      continue;
    }
    set[name] = fingerprint;
    report.patterns += reader.taken;
  }
  return { set, ...report };
}

interface Report {
  patterns: number;
  refusedPatterns: Record<string, number>;
  refused: Record<string, number>;
  examples: { technology: string; where: string; reason: string }[];
}

class EntryReader {
  taken = 0;
  lastReason: string | null = null;
  private readonly name: string;
  private readonly entry: Record<string, unknown>;
  private readonly report: Report;
  /** Of all entries so far, as `classCost` counts. */
  private readonly cost: { classes: number };

  constructor(name: string, entry: Record<string, unknown>, report: Report, cost: { classes: number }) {
    this.name = name;
    this.entry = entry;
    this.report = report;
    this.cost = cost;
  }

  *read(categories: Record<string, unknown>): Generator<undefined, TechnologyFingerprint> {
    const { entry } = this;
    for (const [field, reason] of Object.entries(UNSUPPORTED))
      if (entry[field] !== undefined) this.refuse(field, reason);
    const website = typeof entry['website'] === 'string' ? storableText(entry['website'], 300) : '';
    return withoutEmpty({
      website,
      categories: numbersToo(entry['cats']).map((id) => categoryName(categories, id)),
      headers: yield* this.patternsByKey('headers'),
      meta: yield* this.patternsByKey('meta'),
      cookies: this.cookies(),
      globals: this.globals(),
      scripts: [
        ...(yield* this.patterns('scriptSrc')),
        ...(yield* this.patterns('scripts')),
        ...(yield* this.patterns('script')),
      ],
      source: yield* this.patterns('html'),
      text: yield* this.patterns('text'),
      url: yield* this.patterns('url'),
      dns: yield* this.dns(),
      implies: strings(entry['implies']).map((item) => storableText(item, 120)),
      excludes: strings(entry['excludes']).map((item) => storableText(item, 120)),
    });
  }

  private refuse(where: string, reason: string): void {
    this.lastReason = reason;
    this.report.refusedPatterns[reason] = (this.report.refusedPatterns[reason] ?? 0) + 1;
    keepExample(this.report, this.name, where, reason);
  }

  /** Whether the pattern is taken, with a pause before it is compiled. */
  private *takes(where: string, pattern: string): Generator<undefined, boolean> {
    yield;
    const reason = this.faultOf(pattern);
    if (reason === null) this.taken++;
    else this.refuse(where, reason);
    return reason === null;
  }

  private faultOf(pattern: string): string | null {
    if (pattern.length > PATTERN_UNITS) return 'the expression is too long';
    const itsClasses = classCost(pattern);
    if (itsClasses > CLASS_COST_CAP) return 'its classes of characters are too wide together';
    if (itsClasses > 0 && this.cost.classes + itsClasses > MOST_CLASSES)
      return 'the file has too many classes of characters before it';
    this.cost.classes += itsClasses;
    return faultOf(pattern);
  }

  private *patterns(field: string): Generator<undefined, string[]> {
    const taken: string[] = [];
    for (const pattern of strings(this.entry[field]).slice(0, LIST_ITEMS)) {
      // What matches anything would be found everywhere.
      if (pattern.split('\\;')[0] !== '' && (yield* this.takes(field, pattern))) taken.push(pattern);
    }
    return taken;
  }

  private *patternsByKey(field: string): Generator<undefined, Record<string, string[]>> {
    const taken: Record<string, string[]> = {};
    for (const [key, value] of Object.entries(asRecord(this.entry[field]) ?? {}).slice(0, LIST_ITEMS)) {
      if (key.length > 100 || key === '__proto__') continue;
      for (const pattern of strings(value).slice(0, LIST_ITEMS))
        if (yield* this.takes(`${field}.${key}`, pattern)) (taken[key.toLowerCase()] ??= []).push(pattern);
    }
    return taken;
  }

  private cookies(): string[] {
    const taken: string[] = [];
    for (const [name, value] of Object.entries(asRecord(this.entry['cookies']) ?? {}).slice(0, LIST_ITEMS)) {
      const pattern = typeof value === 'string' ? (value.split('\\;')[0] ?? '') : '';
      if (pattern !== '') this.refuse(`cookies.${name}`, 'values of cookies are not kept');
      else if (name.length > 100 || /\*.+$|^\*$/.test(name))
        this.refuse(`cookies.${name}`, 'the name of the cookie');
      else {
        taken.push(name);
        this.taken++;
      }
    }
    return taken;
  }

  /** Of scripts' variables only the names are kept, and not what they hold. */
  private globals(): string[] {
    const taken: string[] = [];
    for (const [path, value] of Object.entries(asRecord(this.entry['js']) ?? {}).slice(0, LIST_ITEMS)) {
      const pattern = typeof value === 'string' ? (value.split('\\;')[0] ?? '') : '';
      if (pattern !== '' || !/^[A-Za-z_$][\w$]{1,40}$/.test(path))
        this.refuse(`js.${path.slice(0, 60)}`, 'values of variables are not kept');
      else {
        taken.push(path);
        this.taken++;
      }
    }
    return taken;
  }

  private *dns(): Generator<undefined, Partial<Record<DnsPlace, string[]>>> {
    const taken: Partial<Record<DnsPlace, string[]>> = {};
    for (const [type, value] of Object.entries(asRecord(this.entry['dns']) ?? {}).slice(0, 10)) {
      const place = type.toLowerCase();
      if (place !== 'mx' && place !== 'txt' && place !== 'ns' && place !== 'cname') {
        this.refuse(`dns.${type.slice(0, 20)}`, 'records of that type are not kept');
        continue;
      }
      const patterns: string[] = [];
      for (const pattern of strings(value).slice(0, LIST_ITEMS))
        if (pattern !== '' && (yield* this.takes(`dns.${type}`, pattern))) patterns.push(pattern);
      if (patterns.length > 0) taken[place] = patterns;
    }
    return taken;
  }
}

function keepExample(report: Report, technology: string, where: string, reason: string): void {
  if (report.examples.length < EXAMPLES_KEPT)
    report.examples.push({ technology, where: storableText(where, 120), reason });
}

function faultOf(pattern: string): string | null {
  try {
    checkPattern(pattern);
    return pattern.includes('\0') ? 'the expression holds NUL' : null;
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

/** How many strings an entry has in its fields, in lists and objects of these as well. */
function patternsIn(entry: object): number {
  let count = 0;
  for (const value of Object.values(entry)) {
    const parts: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [value];
    for (const part of parts) count += Array.isArray(part) ? part.length : 1;
  }
  return count;
}

function categoryName(categories: Record<string, unknown>, id: string): string {
  const name = asRecord(categories[id])?.['name'];
  return storableText(typeof name === 'string' ? name : `Category ${id}`, 60);
}

const asRecord = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

/** Strings of a string or a list. */
const strings = (value: unknown): string[] => [value].flat().filter((item) => typeof item === 'string');

/** As categories are given. */
const numbersToo = (value: unknown): string[] =>
  strings([value].flat().map((item: unknown) => (typeof item === 'number' ? String(item) : item)));

/** What is empty is left out: thousands of these are stored. */
const withoutEmpty = (fingerprint: TechnologyFingerprint): TechnologyFingerprint =>
  Object.fromEntries(
    Object.entries(fingerprint).filter(([, value]) =>
      typeof value === 'string' ? value !== '' : Object.keys(value as object).length > 0,
    ),
  );
