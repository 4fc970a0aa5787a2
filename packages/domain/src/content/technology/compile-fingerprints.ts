import { runToEnd } from '../../run-to-end.ts';
import type { DnsPlace, FingerprintSet, TechnologyFingerprint } from './fingerprint.ts';
import { type Engine, type Pattern, parsePattern } from './pattern.ts';
import { PatternIndex } from './pattern-index.ts';

/** Patterns by where they look, so that a page costs what it has, not what is known. */
export interface CompiledFingerprints {
  readonly headers: ReadonlyMap<string, PatternIndex>;
  readonly meta: ReadonlyMap<string, PatternIndex>;
  readonly cookies: ReadonlyMap<string, readonly string[]>;
  readonly cookiePrefixes: readonly { readonly prefix: string; readonly technology: string }[];
  readonly globals: ReadonlyMap<string, readonly string[]>;
  readonly trackers: ReadonlyMap<string, readonly string[]>;
  readonly scripts: PatternIndex;
  readonly links: PatternIndex;
  readonly html: PatternIndex;
  readonly source: PatternIndex;
  readonly text: PatternIndex;
  readonly url: PatternIndex;
  readonly dns: Readonly<Record<DnsPlace, PatternIndex>>;
  readonly set: FingerprintSet;
  /** Those of the technologies that imply others. */
  readonly implications: ReadonlyMap<string, readonly Implication[]>;
}

/** What a technology cannot be without, and how sure that is at most. */
interface Implication {
  readonly technology: string;
  readonly most: number;
}

export interface FingerprintSource {
  readonly set: FingerprintSet;
  readonly engine: Engine;
}

/**
 * Prepares sets of fingerprints for `detectTechnologies`; of two with one name the first holds. A pattern that cannot
 * run throws `PatternFault`: sets that are imported are checked before they are kept.
 */
export const compileFingerprints = (sources: readonly FingerprintSource[]): CompiledFingerprints =>
  runToEnd(compilingFingerprints(sources));

/** As `compileFingerprints`, with pauses for who must let others go on. */
export function* compilingFingerprints(
  sources: readonly FingerprintSource[],
): Generator<undefined, CompiledFingerprints> {
  const set: Record<string, TechnologyFingerprint> = {};
  const headers = new Map<string, Pattern[]>();
  const meta = new Map<string, Pattern[]>();
  const cookies = new Map<string, string[]>();
  const cookiePrefixes: { prefix: string; technology: string }[] = [];
  const globals = new Map<string, string[]>();
  const trackers = new Map<string, string[]>();
  const lists = { scripts: [], links: [], html: [], source: [], text: [], url: [] } as Record<
    string,
    Pattern[]
  >;
  const implications = new Map<string, Implication[]>();
  const dns: Record<DnsPlace, Pattern[]> = { mx: [], txt: [], ns: [], cname: [] };
  for (const { set: given, engine } of sources) {
    for (const [name, fingerprint] of Object.entries(given)) {
      if (Object.hasOwn(set, name)) continue;
      yield;
      set[name] = fingerprint;
      const parse = (written: string): Pattern => parsePattern(name, written, engine);
      for (const [header, patterns] of Object.entries(fingerprint.headers ?? {}))
        for (const written of [patterns].flat()) push(headers, header.toLowerCase(), parse(written));
      for (const [field, patterns] of Object.entries(fingerprint.meta ?? {}))
        for (const written of [patterns].flat()) push(meta, field.toLowerCase(), parse(written));
      for (const cookie of fingerprint.cookies ?? []) {
        if (cookie.endsWith('*')) cookiePrefixes.push({ prefix: cookie.slice(0, -1), technology: name });
        else push(cookies, cookie, name);
      }
      for (const variable of fingerprint.globals ?? []) push(globals, variable, name);
      for (const kind of fingerprint.trackers ?? []) push(trackers, kind, name);
      for (const place of ['scripts', 'links', 'html', 'source', 'text', 'url'] as const)
        for (const written of fingerprint[place] ?? []) lists[place]?.push(parse(written));
      for (const written of fingerprint.implies ?? []) {
        const implication = readImplication(written);
        if (implication.technology !== '') push(implications, name, implication);
      }
      for (const place of DNS_PLACES)
        for (const written of fingerprint.dns?.[place] ?? []) dns[place].push(parse(written));
    }
  }
  return {
    headers: yield* indexed(headers),
    meta: yield* indexed(meta),
    cookies,
    cookiePrefixes,
    globals,
    trackers,
    scripts: yield* index(lists['scripts']),
    links: yield* index(lists['links']),
    html: yield* index(lists['html']),
    source: yield* index(lists['source']),
    text: yield* index(lists['text']),
    url: yield* index(lists['url']),
    dns: {
      mx: yield* index(dns.mx),
      txt: yield* index(dns.txt),
      ns: yield* index(dns.ns),
      cname: yield* index(dns.cname),
    },
    set,
    implications,
  };
}

/** Reads `Name` or `Name\;confidence:50`. */
function readImplication(written: string): Implication {
  const [technology = '', ...tags] = written.split('\\;');
  const limit = tags.find((tag) => tag.startsWith('confidence:'))?.slice('confidence:'.length) ?? '';
  return { technology, most: /^\d{1,3}$/.test(limit) ? Number(limit) : 100 };
}

export const DNS_PLACES = ['mx', 'txt', 'ns', 'cname'] as const satisfies readonly DnsPlace[];

const index = (patterns: readonly Pattern[] = []): Generator<undefined, PatternIndex> =>
  PatternIndex.making(patterns);

function* indexed(
  lists: ReadonlyMap<string, readonly Pattern[]>,
): Generator<undefined, ReadonlyMap<string, PatternIndex>> {
  const made = new Map<string, PatternIndex>();
  for (const [key, patterns] of lists) made.set(key, yield* index(patterns));
  return made;
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
