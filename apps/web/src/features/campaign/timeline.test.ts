import { describe, expect, it } from 'vitest';
import { mergeTimeline, transitionEntry, writeEntry } from './timeline.ts';

const write = (id: number, at: string) =>
  writeEntry({ id, at, user: 'ada', action: 'campaigns.pause', details: {} });
const moved = (id: string, at: string) =>
  transitionEntry({
    id,
    stream: 'c',
    seq: Number(id),
    type: 'phase_transition',
    at,
    payload: { campaignId: 'c', phase: 'dns', from: 'running', to: 'paused' },
  });

const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;

describe('timeline', () => {
  it('says what happened', () => {
    expect(write(1, at(1))).toMatchObject({ what: 'Paused', by: 'ada', details: '' });
    expect(moved('1', at(1))).toMatchObject({
      what: 'DNS validation paused',
      by: null,
      details: 'was running',
    });
    expect(
      writeEntry({
        id: 2,
        at: at(1),
        user: null,
        action: 'campaigns.somethingNew',
        details: { dryRun: true, x: null },
      }),
    ).toMatchObject({ what: 'Something new', by: 'the platform', details: 'dry run: true' });
  });

  it('puts the newest first', () => {
    const merged = mergeTimeline([write(2, at(5)), write(1, at(1))], [moved('1', at(3))], true);
    expect(merged.map((entry) => entry.key)).toEqual(['write 2', 'event 1', 'write 1']);
  });

  it('holds back transitions that are older than the entries that are there', () => {
    const transitions = [moved('1', at(1)), moved('2', at(6))];
    expect(mergeTimeline([write(9, at(5))], transitions, false).map((entry) => entry.key)).toEqual([
      'event 2',
      'write 9',
    ]);
    expect(mergeTimeline([write(9, at(5))], transitions, true)).toHaveLength(3);
  });
});
