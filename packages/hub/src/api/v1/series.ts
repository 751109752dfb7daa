import { planSeries } from '@accord/core/history/series-steps';
import { fleetSeriesSchema } from '@accord/proto/api-fleet';
import { historySince } from '../../history/past-series.ts';
import { FleetSeries } from '../fleet-series.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { timeFrom } from '../read-time.ts';
import { Refusal } from '../refusal.ts';
import { countOf } from '../request-context.ts';
import type { SeenRows } from '../seen-rows.ts';
import { operation, type AnyOperation } from './operation.ts';

const points = { fallback: 60, max: 500 };
const sinceMsFallback = 3_600_000;

/** What is plotted of a fleet. Callers with bindings get the numbers of what they see now. */
export function seriesOperations({ past, views, clock }: ResourceDeps): readonly AnyOperation[] {
  // Of a view that is forgotten its points are as well.
  const series = new WeakMap<SeenRows, { readonly version: number; readonly points: FleetSeries }>();
  const seriesOf = (rows: SeenRows): FleetSeries => {
    const known = series.get(rows);
    if (known?.version === rows.version) return known.points;
    const made = new FleetSeries(() => past.store.database);
    series.set(rows, { version: rows.version, points: made });
    return made;
  };
  return [
    operation({
      method: 'GET',
      path: '/v1/fleet/series',
      summary:
        'What happened in the fleet, in steps: changes, outcomes, heals, clusters that came and went. From the oldest that is kept on.',
      role: 'viewer',
      scope: 'limited',
      query: {
        since: 'From this time on, or so long ago: 2h. 1h by default.',
        points: `How many steps at most, ${points.fallback} by default, ${points.max} at most.`,
      },
      status: 200,
      answer: fleetSeriesSchema,
      run: async (request) => {
        const nowMs = clock.now();
        const sinceMs = timeFrom(request, 'since', nowMs) ?? nowMs - sinceMsFallback;
        requirePast(sinceMs, nowMs);
        const { stepMs, fromMs, toMs } = planSeries({ sinceMs, nowMs, pointsMax: countOf(request, 'points', points) });
        const firstMs = firstStep({ stepMs, fromMs }, historySince(past.read()) ?? nowMs);
        const { rows, past: seen } = views.of(request);
        // Until then the points may still be those of clusters that the caller does not see any more.
        await rows.settled();
        const ofView = seriesOf(rows);
        const asked = [];
        for (let atMs = firstMs; atMs < toMs; atMs += stepMs)
          asked.push(await ofView.point({ fromMs: atMs, toMs: atMs + stepMs }, seen, nowMs));
        return { from: timeOf(firstMs), to: timeOf(toMs), stepMs, points: asked };
      },
    }),
  ];
}

/** What is no longer known would look as if nothing had happened. */
function firstStep({ stepMs, fromMs }: { readonly stepMs: number; readonly fromMs: number }, keptMs: number): number {
  return Math.max(fromMs, Math.floor(keptMs / stepMs) * stepMs);
}

function requirePast(sinceMs: number, nowMs: number): void {
  if (sinceMs <= nowMs) return;
  throw new Refusal('invalid', 'query parameter since is in the future', {
    status: 400,
    help: 'Write a time that has been, or how long ago: 2h.',
  });
}
