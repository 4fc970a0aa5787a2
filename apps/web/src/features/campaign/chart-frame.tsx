import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { useTheme } from '../../lib/theme.ts';

/** Canvas takes no CSS variables: their present values are read from the page. */
export function colour(element: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** How the axes of all charts look. */
export const axisLook = (element: HTMLElement): UPlot.Axis => ({
  stroke: colour(element, '--color-ink-faint'),
  grid: { stroke: colour(element, '--color-line'), width: 1 },
  ticks: { show: false },
  font: '11px system-ui, sans-serif',
});

type Options = Omit<UPlot.Options, 'width' | 'height'>;

interface ChartFrameProps {
  /** Made anew with the theme; the same function as long as the chart means the same. */
  optionsFor: (element: HTMLElement) => Options;
  data: UPlot.AlignedData;
  heightPx: number;
}

/** A chart that is as wide as its place. Readers skip it: whoever shows it says its figures in words too. */
export function ChartFrame({ optionsFor, data, heightPx }: ChartFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;
  const theme = useTheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: with the theme here, the colours change
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const make = (): void => {
      chart.current?.destroy();
      const size = { width: element.clientWidth, height: heightPx };
      chart.current = new UPlot({ ...optionsFor(element), ...size }, latest.current, element);
    };
    make();
    const resize = new ResizeObserver(() =>
      chart.current?.setSize({ width: element.clientWidth, height: heightPx }),
    );
    resize.observe(element);
    // The colours of the system may change too.
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', make);
    return () => {
      resize.disconnect();
      dark.removeEventListener('change', make);
      chart.current?.destroy();
      chart.current = null;
    };
  }, [theme, optionsFor, heightPx]);

  useEffect(() => {
    chart.current?.setData(data);
  }, [data]);
  return (
    <div ref={frame} aria-hidden className="w-full overflow-hidden" style={{ height: `${heightPx}px` }} />
  );
}
