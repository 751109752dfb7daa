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

/** What begins the words for a Namespace that goes with everything in it; what is known of that follows. */
const whole = 'waits for a person, as everything in it would be lost';

/** Of a Namespace that the brake holds and that would go with everything in it. `seen`: `ConfigMap theirs among it`. */
export function wholeWaits(seen: string): string {
  return seen === '' ? whole : `${whole}, ${seen}`;
}

/** `12 objects`, and which Namespaces are among them, and which of these would go although others have something in them. */
export function countHeld({
  held,
  problems,
}: {
  readonly held: number;
  readonly problems: readonly Pick<Problem, 'state' | 'object' | 'message'>[];
}): string {
  const waiting = problems.filter(({ state }) => state === 'Stalled');
  const namesOf = (some: typeof waiting): readonly string[] => some.flatMap(({ object }) => namespaceName(object as ObjectKey) ?? []);
  const names = namesOf(waiting);
  const objects = `${held} ${held === 1 ? 'object' : 'objects'}`;
  if (names.length === 0) return objects;
  const wholes = waiting.filter(({ message }) => message.startsWith(whole));
  const [only = { message: whole }] = wholes;
  const along =
    names.length === 1 ? `it${only.message.slice(whole.length)}` : wholes.length === names.length ? 'them' : namesOf(wholes).join(', ');
  const everything = wholes.length === 0 ? '' : ` and everything in ${along}`;
  return `${objects} (with ${names.length === 1 ? 'Namespace' : 'Namespaces'} ${names.join(', ')}${everything})`;
}

/** Of a Namespace its name; undefined for everything else. */
export function namespaceName(key: ObjectKey): string | undefined {
  const { group, kind, name } = keyParts(key);
  return group === '' && kind === 'Namespace' ? name : undefined;
}
