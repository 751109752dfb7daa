import { renderKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { CompiledObject } from '../policy/compile-object.ts';
import { sortFaults, type Fault } from '../policy/fault.ts';
import { childPath } from '../policy/json-path.ts';
import { sourcePath } from '../policy/lay-out.ts';
import type { Merged } from './merge-intents.ts';

/** Tells the author of a policy where other policies have the last word on one cluster, and whose it is. */
export function overruledWarnings(policy: PolicyName, objects: readonly CompiledObject[], { shadowed, weaker }: Merged): readonly Fault[] {
  const byKey = new Map(objects.map((object) => [object.key, object]));
  const pathOf = (key: ObjectKey, at: string): string => {
    const object = byKey.get(key);
    return object === undefined ? 'spec' : sourcePath(object, at);
  };
  return sortFaults([
    ...shadowed
      .filter((wish) => wish.policy === policy)
      .map(({ key, owner }): Fault => ({
        code: 'OwnedByAnother',
        path: pathOf(key, 'metadata.name'),
        message: `${renderKey(key)} belongs to policy ${owner}, which says something else.`,
        help: 'Raise the priority, or leave the object to that policy.',
      })),
    ...weaker
      .filter((wish) => wish.policy === policy)
      .map(({ key, mode, wanted, holds, by }): Fault => ({
        code: 'WeakerPodSecurity',
        path: pathOf(key, childPath('metadata.labels', `pod-security.kubernetes.io/${mode}`)),
        message: `Policy ${by} sets ${mode} to ${holds}, and the stricter level wins over ${wanted}.`,
        help: `Write ${holds}, or agree on a level with ${by}.`,
      })),
  ]);
}
