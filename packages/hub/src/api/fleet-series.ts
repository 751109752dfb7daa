import { nearestRank } from '@accord/core/history/nearest-rank';
import type { FleetSeries as SeriesBody } from '@accord/proto/api-fleet';
import type { Database } from '../history/database.ts';
import { changesIn, eachHeal, eachOutcome, eachTurn, type Stretch } from '../history/past-series.ts';
import { Convergences } from './convergences.ts';
import { timeOf } from './fact-history.ts';
import type { SeenPast } from './seen-past.ts';

type Point = SeriesBody['points'][number];

type Counts = Omit<Point, `convergence${string}`>;

interface Kept {
  readonly point: Promise<Point>;
  readonly counts: Promise<Counts>;
  /** The step is over and its reports are all in: what was counted is so for good. */
  readonly isOver: boolean;
  /** Until then the point may be given. */
  readonly untilMs: number;
}

/** Of a step that is over, what clusters did is in the tables by then. */
const settleMs = 10_000;
/** A step that is not over is looked at again after this. */
const freshMs = 1_000;
/** How far its changes have come is looked at again after this, as long as anybody asks: a cluster may be away for days. */
const lateMs = 10_000;
/** Twenty plots of the longest kind; about 300 bytes each. */
const pointsMax = 10_000;

/** Points of plots of one view, each counted once for everybody who asks. */
export class FleetSeries {
  readonly #database: () => Database;
  readonly #points = new Map<string, Kept>();
  readonly #convergences = new Convergences();

  constructor(database: () => Database) {
    this.#database = database;
  }

  point(stretch: Stretch, seen: SeenPast, nowMs: number): Promise<Point> {
    const key = `${stretch.fromMs}-${stretch.toMs}`;
    const known = this.#points.get(key);
    if (known !== undefined && nowMs < known.untilMs) return known.point;
    const isOver = nowMs >= stretch.toMs + settleMs;
    const counts = known?.isOver === true ? known.counts : countsOf(this.#database, stretch, seen);
    const point = this.#withConvergence(counts, stretch, seen);
    // What failed is asked anew.
    point.catch(() => this.#points.delete(key));
    this.#points.delete(key);
    this.#points.set(key, { point, counts, isOver, untilMs: nowMs + (isOver ? lateMs : freshMs) });
    const [oldest] = this.#points.keys();
    if (this.#points.size > pointsMax && oldest !== undefined) this.#points.delete(oldest);
    return point;
  }

  async #withConvergence(counts: Promise<Counts>, stretch: Stretch, seen: SeenPast): Promise<Point> {
    const told = await counts;
    const taken = await this.#convergences.of(this.#database, stretch, seen);
    const [p50, max] = [nearestRank(taken, 0.5), taken.at(-1)];
    return p50 === undefined || max === undefined ? told : { ...told, convergenceP50Ms: p50, convergenceMaxMs: max };
  }
}

async function countsOf(database: () => Database, stretch: Stretch, seen: SeenPast): Promise<Counts> {
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
