/** The spans of a change, out of the tables. */
import { spansOf, type HubMoments, type TracedChange } from '@accord/core/history/spans-of';
import type { TraceSpan } from '@accord/core/history/span';
import type { OutcomeSeen } from '@accord/core/history/timeline';
import type { ClusterId } from '@accord/proto/ids';
import type { FactKind } from '@accord/proto/subjects';
import type { Database } from './database.ts';
import { nameOfCluster } from './past-objects.ts';
import { outcomesOfChange, precederOf, publicationsOfChange, type PastChange } from './past-changes.ts';

export interface TraceQuery {
  readonly change: PastChange;
  readonly moments: HubMoments;
  /** Of whom something is told; of all by default. */
  readonly clusters?: ReadonlySet<ClusterId>;
  /** Of those, whose part is told. */
  readonly isWanted?: (cluster: ClusterId) => boolean;
}

/** Equal for whoever exports it and whoever asks for it. */
export function spansOfChange(database: Database, { change, moments, clusters, isWanted = () => true }: TraceQuery): readonly TraceSpan[] {
  const outcomesOf = ({ id }: PastChange): readonly OutcomeSeen[] =>
    outcomesOfChange(database, id, clusters).filter(({ cluster }) => isWanted(cluster));
  const before = precederOf(database, change);
  return spansOf({
    change: traced(change),
    moments,
    published: publicationsOfChange(database, change.id),
    outcomes: outcomesOf(change),
    nameOf: (cluster) => nameOfCluster(database, cluster),
    earlier: before === undefined ? undefined : { change: traced(before), outcomes: outcomesOf(before) },
  });
}

function traced(change: PastChange): TracedChange {
  return { ...change, kind: change.kind as FactKind };
}
