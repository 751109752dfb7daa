import { convergedMs, foldAnswer, type Progress } from '@accord/core/history/convergence';
import type { Database } from '../history/database.ts';
import { eachAnswer, policyChangesIn, type Stretch } from '../history/past-series.ts';
import type { SeenPast } from './seen-past.ts';

interface Known {
  /** With how many outcomes it was worked out. */
  readonly outcomes: number;
  readonly ms: number | undefined;
}

/** About 100 bytes each. */
const changesMax = 20_000;

/** How long changes took to their last cluster, of one view: a change that was answered on ten thousand clusters is gone through again only when there is news of it. */
export class Convergences {
  readonly #changes = new Map<string, Known>();

  /** Of the changes that were accepted in a stretch, sorted; those that are still on their way are not among them. */
  async of(database: () => Database, stretch: Stretch, seen: SeenPast): Promise<readonly number[]> {
    const all: number[] = [];
    for (const change of policyChangesIn(database(), stretch)) {
      const { id, policy, outcomes } = change;
      if (outcomes === 0 || !seen.object('policy', policy)) continue;
      const known = this.#changes.get(id);
      if (known?.outcomes === outcomes) {
        if (known.ms !== undefined) all.push(known.ms);
        continue;
      }
      const progress: Progress = new Map();
      await eachAnswer(database, change, (answer) => {
        if (seen.row(policy, answer.cluster)) foldAnswer(progress, answer);
      });
      const ms = convergedMs(progress);
      this.#keep(id, { outcomes, ms });
      if (ms !== undefined) all.push(ms);
    }
    return all.toSorted((a, b) => a - b);
  }

  #keep(id: string, known: Known): void {
    this.#changes.delete(id);
    this.#changes.set(id, known);
    const [oldest] = this.#changes.keys();
    if (this.#changes.size > changesMax && oldest !== undefined) this.#changes.delete(oldest);
  }
}
