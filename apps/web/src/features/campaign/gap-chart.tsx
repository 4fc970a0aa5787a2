import { useCallback, useMemo } from 'react';
import UPlot from 'uplot';
import { formatCompact } from '../../lib/format.ts';
import { axisLook, ChartFrame, colour } from './chart-frame.tsx';
import { formatGap, type GapBucket } from './gap-buckets.ts';

const HEIGHT_PX = 150;
const LABEL_SPACE_PX = 46;

/** How often two starts were so far apart; each bar spans twice the time of the one before it. */
export default function GapChart({ buckets }: { buckets: readonly GapBucket[] }) {
  const data = useMemo(
    (): UPlot.AlignedData => [buckets.map((_, index) => index), buckets.map((bucket) => bucket.count)],
    [buckets],
  );
  const starts = buckets.map((bucket) => formatGap(bucket.fromMs)).join('|');
  const optionsFor = useCallback(
    (element: HTMLElement): Omit<UPlot.Options, 'width' | 'height'> => {
      const labels = starts.split('|');
      const axis = axisLook(element);
      return {
        padding: [8, 4, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: () => [-0.6, labels.length - 0.4] },
          y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 24,
            space: LABEL_SPACE_PX,
            incrs: [1, 2, 3, 4, 6, 8],
            values: (_, ticks) => ticks.map((tick) => labels[tick] ?? ''),
          },
          { ...axis, size: 44, space: 28, values: (_, ticks) => ticks.map((tick) => formatCompact(tick)) },
        ],
        series: [
          {},
          {
            ...(UPlot.paths.bars === undefined ? {} : { paths: UPlot.paths.bars({ size: [0.82, 60] }) }),
            fill: colour(element, '--color-accent'),
            width: 0,
            points: { show: false },
          },
        ],
      };
    },
    [starts],
  );
  return <ChartFrame optionsFor={optionsFor} data={data} heightPx={HEIGHT_PX} />;
}
