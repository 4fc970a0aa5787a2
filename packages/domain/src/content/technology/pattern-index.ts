import { buildingAutomatons, type LiteralAutomaton } from '../../keyword/literal-automaton.ts';
import { requiredLiterals } from '../../keyword/required-literals.ts';
import type { Pattern } from './pattern.ts';

/** So few patterns are tried one after the other: an automaton costs memory. */
const FEW = 12;

/** Called with a pattern and a value that it may match. */
type OnCandidate<Item> = (pattern: Item, value: string) => void;

/**
 * Many patterns for values of one kind. A single pass of an automaton tells which patterns can match at all: those of
 * whose literals one occurs. Only these are run, and the few that require no literal.
 */
export class PatternIndex<Item extends Pick<Pattern, 'source'> = Pattern> {
  private readonly patterns: readonly Item[];
  private readonly automatons: readonly LiteralAutomaton[];
  private readonly always: readonly Item[];
  /** The value in which a pattern was last tried, so that it is tried once in each. */
  private readonly triedIn: Int32Array;
  private turn = 0;

  /** Makes an index, with pauses for who must let others go on. */
  static *making<Item extends Pick<Pattern, 'source'>>(
    patterns: readonly Item[],
  ): Generator<undefined, PatternIndex<Item>> {
    const literals: string[] = [];
    const ids: number[] = [];
    const always: Item[] = [];
    for (const [index, pattern] of patterns.entries()) {
      yield;
      const required = patterns.length <= FEW ? null : requiredLiterals(pattern.source);
      if (required === null) always.push(pattern);
      else {
        for (const literal of required) {
          literals.push(literal);
          ids.push(index);
        }
      }
    }
    return new PatternIndex(patterns, always, yield* buildingAutomatons(literals, ids));
  }

  private constructor(
    patterns: readonly Item[],
    always: readonly Item[],
    automatons: readonly LiteralAutomaton[],
  ) {
    this.patterns = patterns;
    this.always = always;
    this.automatons = automatons;
    this.triedIn = new Int32Array(patterns.length);
  }

  get size(): number {
    return this.patterns.length;
  }

  /**
   * Runs `onCandidate` for each pattern and value that may match, value by value. The values are gone through as lines
   * of one text: most are too short for a pass of their own. Each is read, and given, with the prefix before it.
   */
  eachCandidate(values: readonly string[], onCandidate: OnCandidate<Item>, prefix = ''): void {
    const { automatons, always } = this;
    if (this.patterns.length === 0 || values.length === 0) return;
    if (automatons.length <= 1) return this.scan(automatons[0], values, prefix, always, onCandidate);
    for (const value of values) {
      for (const each of automatons) this.scan(each, [value], prefix, [], onCandidate);
      for (const pattern of always) onCandidate(pattern, prefix + value);
    }
  }

  private scan(
    automaton: LiteralAutomaton | undefined,
    values: readonly string[],
    prefix: string,
    always: readonly Item[],
    onCandidate: OnCandidate<Item>,
  ): void {
    const { patterns, triedIn } = this;
    let turn = ++this.turn;
    let line = 0;
    let lineEnd = prefix.length + (values[0] as string).length;
    const endLine = (): void => {
      for (const pattern of always) onCandidate(pattern, prefix + values[line]);
      lineEnd += 1 + prefix.length + (values[++line]?.length ?? 0);
      turn = ++this.turn;
    };
    if (automaton !== undefined) {
      automaton.begin(prefix + values.join(`\n${prefix}`));
      for (let index = automaton.next(); index >= 0; index = automaton.next()) {
        while (automaton.end > lineEnd) endLine();
        if (triedIn[index] === turn) continue;
        triedIn[index] = turn;
        onCandidate(patterns[index] as Item, prefix + values[line]);
      }
    }
    if (always.length > 0) while (line < values.length) endLine();
  }
}
