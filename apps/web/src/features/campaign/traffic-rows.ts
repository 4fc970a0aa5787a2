import { formatCorrelation } from '@domainflow/domain/shaping/traffic-sentences.ts';
import { formatCount, formatDuration } from '../../lib/format.ts';
import { CAP_LABELS } from '../phases/shaping-choice.ts';
import { formatGap, type TrafficReport } from './gap-buckets.ts';

export interface TrafficRow {
  readonly key: string;
  readonly what: string;
  readonly configured: string;
  readonly measured: string;
  readonly sentence: string;
}

const NOTHING = '–';

const listed = (pieces: readonly (string | null)[]): string => {
  const there = pieces.filter((piece) => piece !== null);
  return there.length === 0 ? NOTHING : there.join(', ');
};

const shortly = (value: number): string => String(Number(value.toPrecision(2)));

/** What was configured, what was measured, and what that means, part by part. */
export function trafficRows(report: TrafficReport): TrafficRow[] {
  const { order, interArrival, longestRuns, caps, quietHours } = report;
  const { configured } = interArrival;
  return [
    {
      key: 'order',
      what: 'Order of domains',
      configured: order.configured === 'random' ? 'random' : 'as they stand',
      measured: order.correlation === null ? NOTHING : `correlation ${formatCorrelation(order.correlation)}`,
      sentence: order.sentence,
    },
    {
      key: 'gaps',
      what: 'Time between starts',
      configured:
        configured.meanMs === null
          ? 'none'
          : listed([
              configured.distribution,
              `mean ${formatGap(configured.meanMs)}`,
              configured.variation === null ? null : `variation ${shortly(configured.variation)}`,
            ]),
      measured:
        interArrival.meanMs === null
          ? NOTHING
          : listed([
              `mean ${formatGap(interArrival.meanMs)}`,
              interArrival.medianMs === null ? null : `median ${formatGap(interArrival.medianMs)}`,
              interArrival.variation === null ? null : `variation ${shortly(interArrival.variation)}`,
            ]),
      sentence: interArrival.sentence,
    },
    ...caps
      .filter((cap) => cap.perSecond !== null || cap.concurrency !== null)
      .map((cap) => ({
        key: `cap-${cap.target}`,
        what: `At most, at ${CAP_LABELS[cap.target]}`,
        configured: listed([
          cap.perSecond === null ? null : `${cap.perSecond} a second`,
          cap.concurrency === null ? null : `${cap.concurrency} at once`,
        ]),
        measured:
          cap.heldUp === 0
            ? 'nothing held up'
            : `${formatCount(cap.heldUp)} held up, ${formatDuration(cap.waitedMs)} in all`,
        sentence: cap.sentence,
      })),
    ...longestRuns.map((run) => ({
      key: `run-${run.target}`,
      what: `Longest run, ${CAP_LABELS[run.target].replace(/^each /, 'one ').replace('of each', 'of one')}`,
      configured: NOTHING,
      measured: run.length === 0 ? NOTHING : `${formatCount(run.length)}${run.isLeast ? ' or more' : ''}`,
      sentence: run.sentence,
    })),
    {
      key: 'quiet',
      what: 'Quiet hours',
      configured:
        quietHours.configured === null
          ? 'none'
          : `${quietHours.configured.from} to ${quietHours.configured.to}, ${quietHours.configured.timeZone}`,
      measured: quietHours.waitedMs === 0 ? NOTHING : `waited ${formatDuration(quietHours.waitedMs)}`,
      sentence: quietHours.sentence,
    },
  ];
}
