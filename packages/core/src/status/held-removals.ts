interface Row {
  readonly state: string;
  readonly reason: string;
  readonly held: number;
  readonly revision: number;
}

export interface HeldRemovals<Held> {
  /** Clusters at which the brake holds a removal of the policy. */
  readonly held: readonly Held[];
  /** What has to be confirmed: the largest of one cluster, for each cluster compares with its own. 0 where nothing is held. */
  readonly count: number;
  readonly revision: number;
}

/** Stalled by something that no confirmation of removals ends. */
const others: ReadonlySet<string> = new Set(['EpochChanged', 'Fighting']);

/** What the brake holds, by the rows of one policy. */
export function heldRemovals<Held extends Row>(rows: readonly Held[]): HeldRemovals<Held> {
  const held = rows.filter((row) => row.state === 'Stalled' && !others.has(row.reason) && row.held > 0);
  return { held, count: Math.max(0, ...held.map((row) => row.held)), revision: Math.max(0, ...held.map((row) => row.revision)) };
}
