import { nearestRank } from '@accord/core/history/nearest-rank';
import type { FleetSeries as SeriesBody } from '@accord/proto/api-fleet';
import type { Database } from '../history/database.ts';
import { changesIn, eachHeal, eachOutcome, eachTurn, type Stretch } from '../history/past-series.ts';
import { timeOf } from './fact-history.ts';
import type { SeenPast } from './seen-past.ts';

type Point = SeriesBody['points'][number];

interface Kept {
  readonly point: Promise<Point>;
  /** Until then it may be given; of a step whose reports are all in that is for good. */
  readonly untilMs: number;
}

/** Of a step that is over, what clusters did is in the tables by then. */
const settleMs = 10_000;
/** A step that is not over is looked at again after this. */
const freshMs = 1_000;
/** Twenty plots of the longest kind; about 300 bytes each. */
const pointsMax = 10_000;

/** Points of plots of one view, each worked out once for everybody who asks. */
export class FleetSeries {
  readonly #database: () => Database;
  readonly #points = new Map<string, Kept>();

  constructor(database: () => Database) {
    this.#database = database;
  }

  point(stretch: Stretch, seen: SeenPast, nowMs: number): Promise<Point> {
    const key = `${stretch.fromMs}-${stretch.toMs}`;
    const known = this.#points.get(key);
    if (known !== undefined && nowMs < known.untilMs) return known.point;
    const point = pointOf(this.#database, stretch, seen);
    // What failed is asked anew.
    point.catch(() => this.#points.delete(key));
    this.#points.delete(key);
    this.#points.set(key, { point, untilMs: nowMs >= stretch.toMs + settleMs ? Infinity : nowMs + freshMs });
    const [oldest] = this.#points.keys();
    if (this.#points.size > pointsMax && oldest !== undefined) this.#points.delete(oldest);
    return point;
  }
}

async function pointOf(database: () => Database, stretch: Stretch, seen: SeenPast): Promise<Point> {
  const counts = { applied: 0, failed: 0, healed: 0, wentOffline: 0, cameBack: 0 };
  const taken: number[] = [];
  const changes = changesIn(database(), stretch).filter(({ kind, object }) => seen.object(kind, object)).length;
  await eachOutcome(database, stretch, ({ policy, cluster, state, propagationMs }) => {
    if (!seen.row(policy, cluster)) return;
    if (state === 'Applied') counts.applied += 1;
    if (state === 'Failed' || state === 'Blocked') counts.failed += 1;
    if (propagationMs !== undefined) taken.push(propagationMs);
  });
  await eachHeal(database, stretch, ({ policy, cluster }) => (counts.healed += seen.row(policy, cluster) ? 1 : 0));
  await eachTurn(database, stretch, ({ cluster, turn }) => {
    if (seen.object('cluster', cluster)) counts[turn === 'went' ? 'wentOffline' : 'cameBack'] += 1;
  });
  taken.sort((a, b) => a - b);
  const [p50, p95] = [nearestRank(taken, 0.5), nearestRank(taken, 0.95)];
  const propagation = p50 === undefined || p95 === undefined ? {} : { propagationP50Ms: p50, propagationP95Ms: p95 };
  return { at: timeOf(stretch.fromMs), changes, ...counts, ...propagation };
}
