import type { KeywordSetInput } from './keyword-set-schema.ts';

type RuleInput = KeywordSetInput['rules'][number];

interface TryableRules {
  readonly rules: RuleInput[];
  /** The row of each of them in the editor. */
  readonly rows: readonly number[];
}

/** The rules of the editor that can be tried: rows that are still empty, or hold a weight that is none, are left out. */
export function tryableRules(rules: readonly RuleInput[]): TryableRules {
  const rows = rules.flatMap((rule, row) =>
    rule.pattern.trim() === '' || (rule.weight !== undefined && !Number.isFinite(rule.weight)) ? [] : [row],
  );
  return { rules: rows.map((row) => rules[row] as RuleInput), rows };
}

/** The field of the editor that a refusal is about: `rules.0.pattern` of what was tried may stand in another row. */
export function fieldInEditor(
  field: string | null,
  rows: readonly number[],
): `rules.${number}.pattern` | null {
  const index = /^rules\.(\d+)(\.|$)/.exec(field ?? '')?.[1];
  const row = index === undefined ? undefined : rows[Number(index)];
  return row === undefined ? null : `rules.${row}.pattern`;
}
