import { labelProblem, MAX_NAME_LENGTH, toULabel } from '../../domain-name/label.ts';
import { type Candidate, type CandidateLabel, candidateLabel, nameUnder, skippedFor } from '../candidate.ts';
import { checkRange, type NameSpace } from '../name-space.ts';
import { neighboursOn } from './keyboards.ts';
import type { TyposquatKind } from './kinds.ts';
import { canonicalTyposquat, type NormalTyposquat, seedName } from './normal-typosquat.ts';
import { permute, type Seed } from './permutations.ts';
import { repertoireOf } from './registry-repertoires.ts';

/** A label in Unicode form, or an A-label that a flipped bit has changed. */
function judgeLabel(label: string): CandidateLabel {
  if (!label.startsWith('xn--')) return candidateLabel(label);
  const problem = labelProblem(label);
  if (problem === 'HYPHEN_EDGE' || problem === 'HYPHEN_34' || problem === 'LABEL_TOO_LONG')
    return { ascii: null, reason: problem };
  const unicode = problem === null ? toULabel(label) : null;
  return unicode === null ? { ascii: null, reason: 'BAD_IDN' } : candidateLabel(unicode);
}

function judgeName(text: string, suffix: string): Candidate {
  const labels = text.split('.').map(judgeLabel);
  const bad = labels.find((label) => label.reason !== null);
  if (bad !== undefined && bad.reason !== null) return skippedFor(bad.reason);
  const whole = labels.map((label) => label.ascii).join('.');
  if (whole.length + 1 + suffix.length > MAX_NAME_LENGTH) return skippedFor('TOO_LONG');
  return nameUnder({ ascii: whole, reason: null }, suffix);
}

/** All candidates in the order of their offsets: kind by kind, and within a kind seed by seed. */
function candidatesOf({ seeds, kinds, keyboards, tlds }: NormalTyposquat): Candidate[] {
  const neighbours = neighboursOn(keyboards);
  const seedNames = new Set(seeds.map(seedName));
  const ofSeed = (kind: TyposquatKind, seed: Seed): Candidate[] => {
    if (kind === 'tld_swap') {
      return tlds.filter((tld) => tld !== seed.suffix).map((tld) => judgeName(seed.ascii, tld));
    }
    const texts = new Set(permute(kind, seed, { neighbours, repertoire: repertoireOf(seed.suffix) }));
    texts.delete(seed.label.join(''));
    texts.delete(seed.ascii);
    return [...texts].map((text) => judgeName(text, seed.suffix));
  };
  return kinds
    .flatMap((kind) => seeds.flatMap((seed) => ofSeed(kind, seed)))
    .map((candidate) => (candidate.ok && seedNames.has(candidate.name) ? skippedFor('SEED') : candidate));
}

/**
 * The space of a typosquat pattern, which is small enough to hold: each kind a block of offsets, in it each seed. With `unique`
 * a name that several kinds give is that of the first.
 */
function buildSpace(normal: NormalTyposquat, unique: boolean): NameSpace {
  const offsets = new Map<string, number>();
  let mayRepeat = false;
  const candidates = candidatesOf(normal).map((candidate, offset) => {
    if (!candidate.ok) return candidate;
    if (!offsets.has(candidate.name)) {
      offsets.set(candidate.name, offset);
      return candidate;
    }
    mayRepeat = true;
    return unique ? skippedFor('DUPLICATE') : candidate;
  });
  const size = BigInt(candidates.length);
  return {
    size,
    mayRepeat,
    nameAt(offset) {
      checkRange({ size }, offset, offset + 1n);
      return candidates[Number(offset)] as Candidate;
    },
    offsetOf(name) {
      const offset = offsets.get(name);
      return offset === undefined ? null : BigInt(offset);
    },
    walk(lo, hi, visitor) {
      checkRange({ size }, lo, hi);
      const first = Number(lo);
      for (let index = 0; index < Number(hi - lo); index++) {
        const candidate = candidates[first + index] as Candidate;
        if (candidate.ok) visitor.name(index, candidate.name);
        else visitor.skip(index, candidate.reason);
      }
    },
  };
}

/** The space that was built last: the batches of a campaign ask for the same one, one after the other. */
let latest: { readonly key: string; readonly space: NameSpace } | null = null;

export function createTyposquatSpace(normal: NormalTyposquat, unique: boolean): NameSpace {
  const key = `${unique} ${canonicalTyposquat(normal)}`;
  if (latest?.key !== key) latest = { key, space: buildSpace(normal, unique) };
  return latest.space;
}
