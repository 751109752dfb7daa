/** What operators hold on a cluster, as its own record says. It ends by itself, with the hub or without. */
import { keyParts, namespaceKeyOf, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { OperatorHold } from '@accord/proto/member';
import type { Stop } from './stop-of.ts';

type Holds = readonly OperatorHold[] | undefined;

/** The stop by which operators keep the whole policy, or everything there, as it is now. */
export function holdOfPolicy(holds: Holds, policy: PolicyName, nowMs: number): Stop | undefined {
  return latest(holds, nowMs, (hold) => hold.object === undefined && (hold.policy ?? policy) === policy);
}

/** The same for one object, or for what is in its Namespace, whichever policy has it. */
export function holdOfObject(holds: Holds, key: ObjectKey, nowMs: number): Stop | undefined {
  const names = [objectNameOf(key), objectNameOf(namespaceKeyOf(key))];
  return latest(holds, nowMs, ({ object }) => object !== undefined && names.includes(object));
}

/** Whether one ended not longer ago than that: then what it held has to be looked at. */
export function hasHoldEnded(holds: Holds, nowMs: number, withinMs: number): boolean {
  return (holds ?? []).some(({ untilMs }) => untilMs <= nowMs && nowMs - untilMs < withinMs);
}

/** As a hold names an object: `Kind/namespace/name`, or `Kind/name`; the group is left out. */
export function objectNameOf(key: ObjectKey): string {
  const { kind, namespace, name } = keyParts(key);
  return [kind, ...(namespace === '' ? [] : [namespace]), name].join('/');
}

/** The hold that lasts longest is the one that people have to wait for. */
function latest(holds: Holds, nowMs: number, isMeant: (hold: OperatorHold) => boolean): Stop | undefined {
  const [hold] = (holds ?? [])
    .filter((candidate) => candidate.untilMs > nowMs && isMeant(candidate))
    .toSorted((a, b) => b.untilMs - a.untilMs);
  if (hold === undefined) return undefined;
  const { policy, object } = hold;
  return {
    reason: 'Held',
    message: render(hold),
    scope: { ...(policy !== undefined && { policy }), ...(object !== undefined && { object }) },
  };
}

function render({ policy, object, untilMs, reason, by }: OperatorHold): string {
  const what = policy === undefined ? 'everything there' : `${object === undefined ? '' : `${object} of `}policy ${policy}`;
  return `${what} is held until ${new Date(untilMs).toISOString()} by ${by}: ${reason}`;
}
