import { askQuietly } from './ask-quietly.ts';
import type { CanaryWatch } from './canary-watch.ts';
import { verdictOf } from './classify-answers.ts';
import type { DnsResolver } from './dns-port.ts';
import type { Metrics } from './metrics.ts';
import { parentOf } from './probe-name.ts';
import type { WildcardZones } from './wildcard-zones.ts';

/** Zones of the run in which random names are looked for. */
const ZONES_TRIED = 4;
const NAMES_LOOKED_AT = 200;
/** Random names for all resolvers together. */
const MOST_ABSENT = 48;

interface Trial {
  readonly canaries: CanaryWatch;
  readonly wildcards: WildcardZones;
  readonly resolver: DnsResolver;
  readonly trusted: DnsResolver | null;
  /** Resolvers that the persona names, at least 1. */
  readonly resolvers: number;
  /** Names of the run: their zones are of interest. */
  readonly names: readonly string[];
  readonly metrics: Metrics;
}

/**
 * Tries the resolvers with names that do not exist before they are believed, and looks for names that do. Never rejects,
 * and ends with the names that do not exist.
 */
export async function tryResolvers(trial: Trial): Promise<void> {
  const { canaries, wildcards } = trial;
  void confirmPositives(trial);
  const zones = new Set<string>();
  for (const name of trial.names.slice(0, NAMES_LOOKED_AT)) {
    const zone = parentOf(name);
    if (zone !== null && zones.size < ZONES_TRIED) zones.add(zone);
  }
  // One zone is enough to begin with: others may belong to servers that take their time.
  const denying = [...zones].map(async (zone) => {
    if (!(await wildcards.find(zone)).deniesNames) throw new Error(`${zone} does not deny random names.`);
    canaries.noteZone(zone);
  });
  await Promise.any(denying).catch(() => undefined);
  // Which resolver gets a question is for the pool to say: on until each has had its share.
  for (
    let left = MOST_ABSENT;
    left > 0 && canaries.resolversTried < trial.resolvers;
    left -= trial.resolvers
  ) {
    await Promise.all(Array.from({ length: trial.resolvers }, () => askAbsent(trial)));
  }
}

async function askAbsent({ canaries, resolver, metrics }: Trial): Promise<void> {
  const canary = canaries.absent();
  if (canary === null) return;
  const answer = await askQuietly(() => resolver, canary.name, canary.type);
  if (answer !== null) canaries.answered(canary, answer, resolver, metrics);
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
