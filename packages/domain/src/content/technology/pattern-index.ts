import { buildAutomatons, type LiteralAutomaton } from '../../keyword/literal-automaton.ts';
import { requiredLiterals } from '../../keyword/required-literals.ts';
import type { Pattern } from './pattern.ts';

/** So few patterns are tried one after the other: an automaton costs memory. */
const FEW = 12;

/**
 * Many patterns for values of one kind. A single pass of an automaton tells which patterns can match at all: those of
 * whose literals one occurs. Only these are run, and the few that require no literal.
 */
export class PatternIndex {
  private readonly patterns: readonly Pattern[];
  private readonly automatons: readonly LiteralAutomaton[];
  private readonly always: readonly Pattern[];
  /** The value in which a pattern was last tried, so that it is tried once in each. */
  private readonly triedIn: Int32Array;
  private turn = 0;

  constructor(patterns: readonly Pattern[]) {
    const literals: string[] = [];
    const ids: number[] = [];
    const always: Pattern[] = [];
    patterns.forEach((pattern, index) => {
      const required = patterns.length <= FEW ? null : requiredLiterals(pattern.source);
      if (required === null) always.push(pattern);
      else {
        for (const literal of required) {
          literals.push(literal);
          ids.push(index);
        }
      }
    });
    this.patterns = patterns;
    this.always = always;
    this.automatons = buildAutomatons(literals, ids);
    this.triedIn = new Int32Array(patterns.length);
  }

  get size(): number {
    return this.patterns.length;
  }

  /** Runs `onCandidate` for each pattern that may match the value. */
  eachCandidate(value: string, onCandidate: (pattern: Pattern) => void): void {
    const turn = ++this.turn;
    const { patterns, triedIn } = this;
    const onOccurrence = (index: number): void => {
      if (triedIn[index] === turn) return;
      triedIn[index] = turn;
      onCandidate(patterns[index] as Pattern);
    };
    for (const automaton of this.automatons) automaton.scan(value, onOccurrence);
    for (const pattern of this.always) onCandidate(pattern);
  }
}
