import type UPlot from 'uplot';
import { formatCompact } from '../../lib/format.ts';
import { axisLook, ChartFrame, colour } from './chart-frame.tsx';

const HEIGHT_PX = 112;
/** Distances between times that may be labelled, in seconds: labels say no less than a second. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];

const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function optionsFor(element: HTMLElement): Omit<UPlot.Options, 'width' | 'height'> {
  const axis = axisLook(element);
  const stroke = colour(element, '--color-accent-ink');
  return {
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      {
        ...axis,
        size: 24,
        space: 90,
        incrs: TIME_STEPS,
        values: (_, ticks) => ticks.map((tick) => times.format(tick * 1_000)),
      },
      { ...axis, size: 44, space: 28, values: (_, ticks) => ticks.map((tick) => formatCompact(tick)) },
    ],
    series: [
      {},
      { stroke, width: 1.5, fill: colour(element, '--color-accent-soft'), points: { show: false } },
    ],
  };
}

/** A line of the speed over time; the numbers stand on the phase's card, so readers skip it. */
export default function SpeedChart({ series }: { series: [number[], number[]] }) {
  return <ChartFrame optionsFor={optionsFor} data={series} heightPx={HEIGHT_PX} />;
}
