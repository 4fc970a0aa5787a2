import { RE2JS } from 're2js';

/** A pattern ready to run. `exec` gives the groups, the whole match first, or null. */
export interface Pattern {
  readonly technology: string;
  readonly source: string;
  readonly confidence: number;
  /** The version as the pattern's tag says it; null: the first group that matched, where `firstGroup` holds. */
  readonly version: string | null;
  readonly firstGroup: boolean;
  exec(value: string): readonly (string | undefined)[] | null;
}

/** Which engine runs the patterns: the platform's own for ours, which are tested for it; a linear one for others'. */
export type Engine = 'own' | 'linear';

/** Instructions of one imported pattern. */
const PROGRAM_CAP = 5_000;
/** What a pattern is run on at most, in UTF-16 units. */
const VALUE_UNITS = 65_536;

export class PatternFault extends Error {}

/** Parses `expression\;version:\1\;confidence:50`. Throws `PatternFault` with the reason where it cannot run. */
export function parsePattern(technology: string, written: string, engine: Engine): Pattern {
  const [source = '', ...tags] = written.split('\\;');
  let version: string | null = null;
  let confidence = 100;
  for (const tag of tags) {
    const colon = tag.indexOf(':');
    const name = tag.slice(0, colon).trim();
    const value = tag.slice(colon + 1);
    if (name === 'version') version = value;
    else if (name === 'confidence') confidence = Math.min(100, Math.max(0, Number(value) || 0));
  }
  return {
    technology,
    source,
    confidence,
    version,
    firstGroup: engine === 'own' && version === null,
    exec: engine === 'own' ? ownExec(source) : linearExec(source),
  };
}

function ownExec(source: string): Pattern['exec'] {
  const regex = new RegExp(source, 'i');
  return (value) => regex.exec(value);
}

/** Throws `PatternFault` with a reason where the linear engine does not take the pattern. */
export function checkPattern(written: string): void {
  const [source = ''] = written.split('\\;');
  if (source !== '') compileLinear(source);
}

function compileLinear(source: string): RE2JS {
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch {
    throw new PatternFault(
      /\\[1-9]|\(\?<?[=!]/.test(source)
        ? 'the linear engine takes no look-around and no back-references'
        : 'not a regular expression that the linear engine takes',
    );
  }
  if (regex.programSize() > PROGRAM_CAP) throw new PatternFault('the expression is too large');
  return regex;
}

/** Compiled when it is first tried: most of thousands never are. */
function linearExec(source: string): Pattern['exec'] {
  if (source === '') return () => [''];
  let regex: RE2JS | null = null;
  return (value) => {
    regex ??= compileLinear(source);
    const text = value.length > VALUE_UNITS ? value.slice(0, VALUE_UNITS) : value;
    if (!regex.test(text)) return null;
    const matcher = regex.matcher(text);
    if (!matcher.find()) return null;
    return Array.from({ length: regex.groupCount() + 1 }, (_, index) => matcher.group(index) ?? undefined);
  };
}

/** The version that a match says, null where it says none. A tag is a template: `\1`, `\1?yes:no`. */
export function versionOf(pattern: Pattern, match: readonly (string | undefined)[]): string | null {
  if (pattern.firstGroup) return match.slice(1).find((group) => group !== undefined && group !== '') ?? null;
  if (pattern.version === null) return null;
  const filled = pattern.version
    .replace(/\\(\d)\?([^:]*):(.*)$/, (_, group: string, yes: string, no: string) =>
      match[Number(group)] ? yes : no,
    )
    .replace(/\\(\d)/g, (_, group: string) => match[Number(group)] ?? '')
    .trim();
  return filled === '' || filled.length > 30 ? null : filled;
}
