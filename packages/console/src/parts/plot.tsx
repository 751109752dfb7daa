import { useEffect, useRef, type ReactNode } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface PlotLine {
  readonly name: string;
  /** A custom property of the style sheet: `--tone-good`. */
  readonly color: string;
  readonly values: readonly (number | null)[];
  readonly asBars?: boolean;
}

export interface PlotProps {
  readonly title: string;
  /** What the plot says, in a sentence, for whoever does not see it. */
  readonly summary: string;
  /** Seconds since the epoch. */
  readonly times: readonly number[];
  /** Of the whole plot, in the same unit: also what had no value is shown. */
  readonly span: readonly [from: number, to: number];
  readonly lines: readonly PlotLine[];
  readonly tell: (value: number) => string;
}

const height = 130;

/** Values over time. Its colours follow the scheme of the page. */
export function Plot({ title, summary, times, span: [from, to], lines, tell }: PlotProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const shape = lines.map(({ name, color, asBars }) => `${name} ${color} ${asBars}`).join();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const made = new uPlot(optionsOf(element, lines, tell), [[], ...lines.map(() => [])], element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const redraw = (): void => made.redraw(false);
    scheme.addEventListener('change', redraw);
    const themed = new MutationObserver(redraw);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      scheme.removeEventListener('change', redraw);
      made.destroy();
    };
    // Another set of lines is another plot; values come below.
  }, [shape]);
  useEffect(() => {
    plot.current?.setData([[...times], ...lines.map(({ values }) => [...values])], false);
    plot.current?.setScale('x', { min: from, max: to });
  }, [times, from, to, lines, shape]);
  return (
    <figure className="plot">
      <figcaption>{title}</figcaption>
      <div ref={frame} role="img" aria-label={summary} />
    </figure>
  );
}

function optionsOf(element: HTMLElement, lines: readonly PlotLine[], tell: (value: number) => string): uPlot.Options {
  const color = (name: string) => () => getComputedStyle(element).getPropertyValue(name);
  const grid = { stroke: color('--line'), width: 1 };
  const axis = { stroke: color('--ink-dim'), grid, ticks: grid, font: '11px system-ui' };
  const bars = uPlot.paths.bars?.({ size: [0.7, 14] });
  return {
    width: element.clientWidth,
    height,
    legend: { live: true },
    cursor: { y: false },
    axes: [axis, { ...axis, size: 58, values: (_, ticks) => ticks.map(tell) }],
    scales: { y: { range: (_, __, max) => [0, Math.max(max ?? 0, 1) * 1.1] } },
    series: [
      {},
      ...lines.map(({ name, color: line, asBars }) => ({
        label: name,
        stroke: color(line),
        width: 1.5,
        // A step between two gaps is no line.
        points: asBars === true ? { show: false } : { size: 4 },
        spanGaps: false,
        value: (_: uPlot, value: number | null) => (value === null ? '–' : tell(value)),
        ...(asBars === true && bars !== undefined && { paths: bars, fill: color(line) }),
      })),
    ],
  };
}
