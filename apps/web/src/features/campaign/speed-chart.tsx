import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { formatCompact } from '../../lib/format.ts';
import { useTheme } from '../../lib/theme.ts';

const HEIGHT_PX = 112;
/** Distances between times that may be labelled, in seconds: labels say no less than a second. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];

const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Canvas takes no CSS variables: their present values are read from the page. */
function colour(element: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function chartOptions(element: HTMLElement): UPlot.Options {
  const axis = {
    stroke: colour(element, '--color-ink-faint'),
    grid: { stroke: colour(element, '--color-line'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  };
  const stroke = colour(element, '--color-accent-ink');
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
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
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const latest = useRef(series);
  latest.current = series;
  const theme = useTheme();

  // The chart is made anew where its colours change: with the theme here, or with that of the system.
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const make = (): void => {
      chart.current?.destroy();
      chart.current = new UPlot(chartOptions(element), latest.current, element);
    };
    make();
    const resize = new ResizeObserver(() =>
      chart.current?.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    );
    resize.observe(element);
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', make);
    return () => {
      resize.disconnect();
      dark.removeEventListener('change', make);
      chart.current?.destroy();
      chart.current = null;
    };
  }, [theme]);

  useEffect(() => {
    chart.current?.setData(series);
  }, [series]);
  return <div ref={frame} aria-hidden className="h-28 w-full overflow-hidden" />;
}
