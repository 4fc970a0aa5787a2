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
  readonly scripts: PatternIndex;
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
export function compileFingerprints(sources: readonly FingerprintSource[]): CompiledFingerprints {
  const set: Record<string, TechnologyFingerprint> = {};
  const headers = new Map<string, Pattern[]>();
  const meta = new Map<string, Pattern[]>();
  const cookies = new Map<string, string[]>();
  const cookiePrefixes: { prefix: string; technology: string }[] = [];
  const globals = new Map<string, string[]>();
  const lists = { scripts: [], html: [], source: [], text: [], url: [] } as Record<string, Pattern[]>;
  const implications = new Map<string, Implication[]>();
  const dns: Record<DnsPlace, Pattern[]> = { mx: [], txt: [], ns: [], cname: [] };
  for (const { set: given, engine } of sources) {
    for (const [name, fingerprint] of Object.entries(given)) {
      if (Object.hasOwn(set, name)) continue;
      set[name] = fingerprint;
      const parse = (written: string): Pattern => parsePattern(name, written, engine);
      for (const [header, written] of Object.entries(fingerprint.headers ?? {}))
        push(headers, header.toLowerCase(), parse(written));
      for (const [field, written] of Object.entries(fingerprint.meta ?? {}))
        push(meta, field.toLowerCase(), parse(written));
      for (const cookie of fingerprint.cookies ?? []) {
        if (cookie.endsWith('*')) cookiePrefixes.push({ prefix: cookie.slice(0, -1), technology: name });
        else push(cookies, cookie, name);
      }
      for (const variable of fingerprint.globals ?? []) push(globals, variable, name);
      for (const place of ['scripts', 'html', 'source', 'text', 'url'] as const)
        for (const written of fingerprint[place] ?? []) lists[place]?.push(parse(written));
      for (const written of fingerprint.implies ?? []) {
        const implication = readImplication(written);
        if (implication.technology !== '') push(implications, name, implication);
      }
      for (const place of DNS_PLACES)
        for (const written of fingerprint.dns?.[place] ?? []) dns[place].push(parse(written));
    }
  }
  const index = (place: string): PatternIndex => new PatternIndex(lists[place] ?? []);
  return {
    headers: indexed(headers),
    meta: indexed(meta),
    cookies,
    cookiePrefixes,
    globals,
    scripts: index('scripts'),
    html: index('html'),
    source: index('source'),
    text: index('text'),
    url: index('url'),
    dns: {
      mx: new PatternIndex(dns.mx),
      txt: new PatternIndex(dns.txt),
      ns: new PatternIndex(dns.ns),
      cname: new PatternIndex(dns.cname),
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

const indexed = (lists: ReadonlyMap<string, readonly Pattern[]>): ReadonlyMap<string, PatternIndex> =>
  new Map([...lists].map(([key, patterns]) => [key, new PatternIndex(patterns)]));

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
