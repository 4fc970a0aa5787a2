import { askQuietly } from './ask-quietly.ts';
import type { Canary, CanaryWatch } from './canary-watch.ts';
import { verdictOf } from './classify-answers.ts';
import type { DnsResolver } from './dns-port.ts';
import type { Metrics } from './metrics.ts';
import { parentOf } from './probe-name.ts';
import type { WildcardZones } from './wildcard-zones.ts';

/** Zones of the run in which random names are looked for. */
const ZONES_TRIED = 4;
const NAMES_LOOKED_AT = 200;
/** Questions of one kind for each resolver. */
const SHARE = 3;
/** Times that a resolver must deny a zone that others show. */
const DENIALS_TO_FLAG = 2;
/** Nothing may exist there (RFC 6761, 6.4): who finds something invents it. */
const EMPTY_ZONE = 'invalid';

interface Trial {
  readonly canaries: CanaryWatch;
  readonly wildcards: WildcardZones;
  readonly resolver: DnsResolver;
  readonly trusted: DnsResolver | null;
  /** Each resolver for itself, asked once for a question; only `resolver` where they are not known one by one. */
  readonly alone: readonly DnsResolver[];
  /** Names of the run: their zones are of interest. */
  readonly names: readonly string[];
  readonly metrics: Metrics;
}

/**
 * Tries the resolvers with names that do not exist and with zones that do, before they are believed, and looks for names
 * that exist. Never rejects, and ends without those.
 */
export async function tryResolvers(trial: Trial): Promise<void> {
  const { canaries, wildcards } = trial;
  void confirmPositives(trial);
  const zones = new Set<string>();
  for (const name of trial.names.slice(0, NAMES_LOOKED_AT)) {
    const zone = parentOf(name);
    if (zone !== null && zones.size < ZONES_TRIED) zones.add(zone);
  }
  // Who invents names everywhere, or denies all, is known before a zone is taken for a wildcard on its word.
  const heard = Promise.all(trial.alone.length > 1 ? [...zones].map((zone) => hearOf(trial, zone)) : []);
  await askAbsent(trial, () => canaries.absentIn(EMPTY_ZONE));
  for (const words of await heard) noteDeniers(trial, words);
  // One zone is enough to begin with: others may belong to servers that take their time.
  const denying = [...zones].map(async (zone) => {
    if (!(await wildcards.find(zone)).deniesNames) throw new Error(`${zone} does not deny random names.`);
    canaries.noteZone(zone);
  });
  await Promise.any(denying).catch(() => undefined);
  await askAbsent(trial, () => canaries.absent());
}

/** Asks each resolver several times, and tells what it says. */
async function askEach({ alone }: Trial, ask: (resolver: DnsResolver) => Promise<void>): Promise<void> {
  await Promise.all(alone.flatMap((resolver) => Array.from({ length: SHARE }, () => ask(resolver))));
}

function askAbsent(trial: Trial, draw: () => Canary | null): Promise<void> {
  const { canaries, resolver, metrics } = trial;
  return askEach(trial, async (alone) => {
    const canary = draw();
    const answer = canary === null ? null : await askQuietly(() => alone, canary.name, canary.type);
    if (canary === null || answer === null) return;
    // A private server knows nothing outside its zones: that is no fault.
    const isOutside = canary.name.endsWith(`.${EMPTY_ZONE}`) && answer.rcode === 'REFUSED';
    if (!isOutside) canaries.answered(canary, answer, resolver, metrics);
  });
}

/** What resolvers say of a zone. */
interface ZoneWords {
  /** Those that show its SOA. */
  readonly shownBy: ReadonlySet<string>;
  /** How often who says that it does not exist. */
  readonly denials: ReadonlyMap<string, number>;
}

async function hearOf(trial: Trial, zone: string): Promise<ZoneWords> {
  const shownBy = new Set<string>();
  const denials = new Map<string, number>();
  await askEach(trial, async (alone) => {
    const answer = await askQuietly(() => alone, zone, 'SOA');
    if (answer === null || answer.resolver === null) return;
    const { rcode, records, resolver: by } = answer;
    if (rcode === 'NOERROR' && records.some(({ type }) => type === 'SOA')) shownBy.add(by);
    if (rcode === 'NXDOMAIN' && records.length === 0) denials.set(by, (denials.get(by) ?? 0) + 1);
  });
  return { shownBy, denials };
}

/** Who says that a zone does not exist, where another resolver shows its SOA, denies what exists. */
function noteDeniers({ canaries, metrics }: Trial, { shownBy, denials }: ZoneWords): void {
  if (![...shownBy].some((by) => !canaries.isLiar(by) && !denials.has(by))) return;
  for (const [by, times] of denials) if (times >= DENIALS_TO_FLAG) canaries.noteDenier(by, metrics);
}

/** A trusted resolver's word is enough; without one, two others must say so in the course of the run. */
async function confirmPositives({ canaries, trusted }: Trial): Promise<void> {
  if (trusted === null) return;
  await Promise.all(
    canaries.candidates().map(async (name) => {
      const answer = await askQuietly(() => trusted, name, 'A');
      if (answer !== null && verdictOf({ type: 'A', answer }) === 'OK') canaries.confirm(name);
    }),
  );
}
