import { keyParts, type ObjectKey } from '@accord/proto/ids';
import type { Problem } from '@accord/proto/messages';

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

/** `12 objects`, and which Namespaces are among them: with each of these goes whatever is in it. */
export function countHeld({
  held,
  problems,
}: {
  readonly held: number;
  readonly problems: readonly Pick<Problem, 'state' | 'object'>[];
}): string {
  const names = problems.filter(({ state }) => state === 'Stalled').flatMap(({ object }) => namespaceName(object as ObjectKey) ?? []);
  const objects = `${held} ${held === 1 ? 'object' : 'objects'}`;
  return names.length === 0 ? objects : `${objects} (with ${names.length === 1 ? 'Namespace' : 'Namespaces'} ${names.join(', ')})`;
}

/** Of a Namespace its name; undefined for everything else. */
export function namespaceName(key: ObjectKey): string | undefined {
  const { group, kind, name } = keyParts(key);
  return group === '' && kind === 'Namespace' ? name : undefined;
}
