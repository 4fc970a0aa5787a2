import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainFlowError } from '../errors.ts';
import { CAMPAIGN_EVENTS, CAMPAIGN_STATUSES, PHASE_EVENTS, PHASE_STATUSES } from './states.ts';
import {
  allowedEvents,
  CAMPAIGN_TRANSITIONS,
  PHASE_TRANSITIONS,
  type TransitionTable,
  transitionCampaign,
  transitionPhase,
} from './transition.ts';

type AnyTable = TransitionTable<string, string>;

const spec = readFileSync(new URL('./SPEC.md', import.meta.url), 'utf8');

/** The table of SPEC.md whose first column is headed `what`. */
function tableOfSpec(what: string): Record<string, Record<string, string | null>> {
  const rows = spec
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const at = rows.findIndex((row) => row[0] === what && row.length > 3);
  const events = rows[at]?.slice(1) ?? [];
  const table: Record<string, Record<string, string | null>> = {};
  for (const [from, ...cells] of rows.slice(at + 2)) {
    if (from === undefined || cells.length !== events.length) break;
    table[from] = Object.fromEntries(
      events.map((event, i) => [event, cells[i] === '·' ? null : (cells[i] ?? '')]),
    );
  }
  return table;
}

function reachable(table: AnyTable, from: string): Set<string> {
  const seen = new Set([from]);
  for (const state of seen) {
    for (const to of Object.values(table[state] ?? {})) if (to !== null) seen.add(to);
  }
  return seen;
}

/** All that SPEC.md says of a table; throws where it does not hold. */
function checkTable(
  what: string,
  table: AnyTable,
  states: readonly string[],
  events: readonly string[],
): void {
  expect(Object.keys(table).sort()).toEqual([...states].sort());
  for (const state of states) {
    expect(Object.keys(table[state] ?? {}).sort()).toEqual([...events].sort());
    if (state !== 'cancelled') expect(allowedEvents(table, state)).not.toEqual([]);
  }
  expect(allowedEvents(table, 'cancelled')).toEqual([]);
  expect(reachable(table, 'pending')).toEqual(new Set(states));
  expect(table).toEqual(tableOfSpec(what));
}

const machines = [
  {
    what: 'campaign',
    table: CAMPAIGN_TRANSITIONS as AnyTable,
    states: CAMPAIGN_STATUSES,
    events: CAMPAIGN_EVENTS,
  },
  { what: 'phase', table: PHASE_TRANSITIONS as AnyTable, states: PHASE_STATUSES, events: PHASE_EVENTS },
];

describe.each(machines)('the $what table', ({ what, table, states, events }) => {
  it('is complete, reaches every state, ends in cancelled and is what SPEC.md says', () => {
    checkTable(what, table, states, events);
  });

  it('fails that check with any one cell changed', () => {
    const arbitrary = fc.record({
      state: fc.constantFrom(...states),
      event: fc.constantFrom(...events),
      to: fc.constantFrom(null, ...states),
    });
    fc.assert(
      fc.property(arbitrary, ({ state, event, to }) => {
        fc.pre(table[state]?.[event] !== to);
        const mutated = { ...table, [state]: { ...table[state], [event]: to } } as AnyTable;
        expect(() => checkTable(what, mutated, states, events)).toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('takes the legal events, and names exactly these when it refuses another', () => {
    const move = (what === 'campaign' ? transitionCampaign : transitionPhase) as (
      from: string,
      event: string,
    ) => string;
    for (const from of states) {
      const legal = events.filter((event) => table[from]?.[event] !== null);
      for (const event of events) {
        if (legal.includes(event as never)) {
          expect(move(from, event)).toBe(table[from]?.[event]);
          continue;
        }
        let refusal: unknown;
        try {
          move(from, event);
        } catch (error) {
          refusal = error;
        }
        expect(refusal).toBeInstanceOf(DomainFlowError);
        expect(refusal).toMatchObject({ code: 'ILLEGAL_TRANSITION', status: 409, details: { from, event } });
        const { allowed } = (refusal as DomainFlowError).details as { allowed: string[] };
        expect([...allowed].sort()).toEqual([...legal].sort());
        expect((refusal as DomainFlowError).message).toContain(
          allowed.length === 0 ? 'none' : allowed.join(', '),
        );
      }
    }
  });
});
