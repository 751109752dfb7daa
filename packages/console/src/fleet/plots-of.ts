import type { FleetSeries } from '@accord/proto/api-fleet';
import type { PlotProps } from '../parts/plot.tsx';
import { tellMs } from '../parts/tell-time.ts';

type Point = FleetSeries['points'][number];
type Value = Exclude<keyof Point, 'at'>;

/** What is plotted of a fleet: how quick it was, how busy, and how steady. */
export function plotsOf({ points, from, to }: FleetSeries): readonly PlotProps[] {
  const toSeconds = (at: string): number => Date.parse(at) / 1_000;
  const times = points.map(({ at }) => toSeconds(at));
  const span = [toSeconds(from), toSeconds(to)] as const;
  const line = (name: string, color: string, of: Value): PlotProps['lines'][number] => ({
    name,
    color,
    values: points.map((point) => point[of] ?? null),
  });
  const bars = (name: string, color: string, of: Value): PlotProps['lines'][number] => ({ ...line(name, color, of), asBars: true });
  const sum = (of: Exclude<Value, `${'propagation' | 'convergence'}${string}`>): number =>
    points.reduce((total, point) => total + point[of], 0);
  const count = (value: number): string => value.toLocaleString('en');
  return [
    {
      title: 'From the call to applied',
      summary: tellLast(points),
      lines: [line('half within', '--series-1', 'propagationP50Ms'), line('95 % within', '--series-2', 'propagationP95Ms')],
      tell: tellMs,
      ...{ times, span },
    },
    {
      title: 'Applies',
      summary: `${sum('applied')} applied, ${sum('failed')} failed.`,
      lines: [bars('applied', '--tone-good', 'applied'), bars('failed', '--tone-bad', 'failed')],
      tell: count,
      ...{ times, span },
    },
    {
      title: 'Drift put right',
      summary: `${sum('healed')} edits undone.`,
      lines: [bars('put right', '--series-2', 'healed')],
      tell: count,
      ...{ times, span },
    },
    {
      title: 'Changes',
      summary: `${sum('changes')} changes.`,
      lines: [bars('changes', '--series-1', 'changes')],
      tell: count,
      ...{ times, span },
    },
    {
      title: 'From the call to the last cluster',
      summary: tellSlowest(points),
      lines: [line('half within', '--series-1', 'convergenceP50Ms'), line('slowest', '--series-2', 'convergenceMaxMs')],
      tell: tellMs,
      ...{ times, span },
    },
    {
      title: 'Clusters gone and back',
      summary: `${sum('wentOffline')} went offline, ${sum('cameBack')} came back.`,
      lines: [bars('went offline', '--tone-bad', 'wentOffline'), bars('came back', '--tone-good', 'cameBack')],
      tell: count,
      ...{ times, span },
    },
  ];
}

function tellSlowest(points: readonly Point[]): string {
  const slowest = points.flatMap(({ convergenceMaxMs }) => convergenceMaxMs ?? []);
  if (slowest.length === 0) return 'No change has come to all clusters that answered it.';
  return `The slowest change was applied by its last cluster ${tellMs(Math.max(...slowest))} after the call.`;
}

function tellLast(points: readonly Point[]): string {
  const last = points.findLast(({ propagationP50Ms }) => propagationP50Ms !== undefined)?.propagationP50Ms;
  return last === undefined ? 'Nothing was applied.' : `Half of the last applies took at most ${tellMs(last)} from the call.`;
}
