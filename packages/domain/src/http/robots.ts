/** Rules of robots.txt (RFC 9309) for one user agent. */
export interface RobotsRules {
  readonly rules: readonly RobotsRule[];
}

interface RobotsRule {
  readonly allow: boolean;
  /** Normalised: octets that need it percent-encoded, hexadecimal digits in upper case. */
  readonly pattern: string;
}

export interface RobotsAnswer {
  readonly allowed: boolean;
  /** The rule that decided, such as `Disallow: /private`; null where none matched. */
  readonly rule: string | null;
}

/** Octets of a file that are read: RFC 9309, 2.5 asks for 500 KiB at least. */
export const ROBOTS_CAP_BYTES = 512_000;
/** More than anybody writes for one agent; keeps the memory of what is cached small. */
const RULES_KEPT = 2_000;
const PATTERN_LENGTH = 2_048;
const WILDCARDS_IN_PATTERN = 32;

/**
 * Reads the rules that hold for an agent: those of all groups that name it (without regard to case), else those of the
 * groups for `*`. Never throws: lines that are no rules are passed over.
 */
export function parseRobots(text: string, agent: string): RobotsRules {
  const wanted = agent.toLowerCase();
  const own: RobotsRule[] = [];
  const general: RobotsRule[] = [];
  let isNamed = false;
  let namesMe = false;
  let namesAll = false;
  let inAgents = false;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const hash = raw.indexOf('#');
    const line = hash < 0 ? raw : raw.slice(0, hash);
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const key = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (key === 'user-agent' || key === 'useragent' || key === 'user agent') {
      if (!inAgents) {
        namesMe = false;
        namesAll = false;
      }
      inAgents = true;
      const name = agentOf(value);
      if (name === wanted) {
        namesMe = true;
        isNamed = true;
      } else if (name === '*') namesAll = true;
      continue;
    }
    const allow = key === 'allow';
    if (!allow && key !== 'disallow') continue;
    inAgents = false;
    // An empty rule says nothing.
    if (value === '' || value.length > PATTERN_LENGTH) continue;
    const pattern = patternOf(value);
    if (pattern.split('*').length > WILDCARDS_IN_PATTERN) continue;
    if (namesMe && own.length < RULES_KEPT) own.push({ allow, pattern });
    if (namesAll && general.length < RULES_KEPT) general.push({ allow, pattern });
  }
  return { rules: isNamed ? own : general };
}

/** `DomainFlow/1.0` and `DomainFlow` name the same agent; only letters, `_` and `-` make a name. */
function agentOf(value: string): string {
  if (value.startsWith('*')) return '*';
  return (/^[A-Za-z_-]+/.exec(value)?.[0] ?? '').toLowerCase();
}

/** Whether a path with its query may be fetched: the longest matching rule decides, `Allow` where two are as long. */
export function robotsAllow({ rules }: RobotsRules, path: string): RobotsAnswer {
  const target = normalised(path).replace(/[*$]/g, escaped);
  if (target === '/robots.txt') return { allowed: true, rule: null };
  let best: RobotsRule | null = null;
  for (const rule of rules) {
    if (best !== null && rule.pattern.length < best.pattern.length) continue;
    if (best !== null && rule.pattern.length === best.pattern.length && !rule.allow) continue;
    if (matches(rule.pattern, target)) best = rule;
  }
  if (best === null) return { allowed: true, rule: null };
  return { allowed: best.allow, rule: `${best.allow ? 'Allow' : 'Disallow'}: ${best.pattern.slice(0, 200)}` };
}

/** Greedy from left to right: `*` is any text, `$` at the end is the end. Linear in the parts times the path. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith('$');
  const parts = (isAnchored ? pattern.slice(0, -1) : pattern).split('*');
  const first = parts[0] ?? '';
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = parts.length - 1;
  for (let i = 1; i <= last; i++) {
    const part = parts[i] ?? '';
    if (i === last && isAnchored) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return !isAnchored || at === path.length;
}

/** `*` and `$`, which rules write as escapes where they mean the letter (RFC 9309, 2.2.3). */
const escaped = (letter: string): string => (letter === '*' ? '%2A' : '%24');

/** A rule's path with `*` for any text, and `$` at its end only: elsewhere it is a letter. */
const patternOf = (value: string): string => normalised(value).replace(/\$(?!$)/g, escaped);

const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/** Percent-encodes what is not ASCII and undoes needless escapes, so that equal paths compare equal (RFC 9309, 2.2.2). */
function normalised(text: string): string {
  // Well-formed, so that no lone surrogate makes the encoder throw.
  const ascii = text.toWellFormed().replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part));
  return ascii.replace(/%([0-9a-fA-F]{2})/g, (escape, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });
}
