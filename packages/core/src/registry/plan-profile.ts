/** Who has what in a namespace for ClusterProfiles, and what is to be done about one of them. */
import { ownerLabel } from '@accord/proto/labels';
import { managerLabel, managerName } from './cluster-profile.ts';

/** What is asked of one object: nothing, or why not. */
export type ProfilePlan = 'write' | 'remove' | 'nothing' | 'foreign';

export interface ProfileInput {
  /** The labels of what stands there; undefined when nothing does. */
  readonly standing: Readonly<Record<string, string>> | undefined;
  readonly isWanted: boolean;
  /** Only then does silence about a cluster mean that it left. */
  readonly knowsMembers: boolean;
  /** False when the namespace is not projected into any more: then all of ours goes. */
  readonly isProjected: boolean;
}

/** An object of another cluster manager, or one that somebody made his own, is never touched. */
export function planProfile({ standing, isWanted, knowsMembers, isProjected }: ProfileInput): ProfilePlan {
  const isOurs = standing?.[ownerLabel] === '';
  if (isProjected && isWanted) return standing === undefined || isOurs ? 'write' : 'foreign';
  if (!isOurs) return 'nothing';
  return isProjected && !knowsMembers ? 'nothing' : 'remove';
}

/** Whose a profile is, for people. */
export function managerOf(labels: Readonly<Record<string, string>> | undefined): string {
  const manager = labels?.[managerLabel] ?? '';
  return manager === '' || manager === managerName ? 'somebody else' : `cluster manager ${manager}`;
}
