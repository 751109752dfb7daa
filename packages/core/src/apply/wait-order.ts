import { keyParts, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { Intent } from '../desired/intent.ts';
import { groupKindOf, textAt } from '../policy/manifest.ts';
import { becomesReady, definitionKind } from './readiness.ts';

/** Which objects of a pass have to be ready before others make sense. */
export interface WaitOrder {
  /** What has to be ready before this one is applied: of the same policy, with a lower `order`. */
  before(intent: Intent): readonly Intent[];
  /** The definition of its kind, where a policy wants that as well. */
  definitionOf(key: ObjectKey): Intent | undefined;
}

/** Looks through the intents once; nearly all of them wait for nothing. */
export function waitOrder(intents: Iterable<Intent>): WaitOrder {
  const definitions = new Map<string, Intent>();
  const slow: Intent[] = [];
  for (const intent of intents) {
    if (groupKindOf(intent.body) === definitionKind) definitions.set(definedBy(intent), intent);
    else if (becomesReady(intent.body)) slow.push(intent);
  }
  return {
    before: (intent) => slow.filter((other) => other.stage === intent.stage && other.order < intent.order && isOfOnePolicy(other, intent)),
    definitionOf: (key) => {
      const { group, kind } = keyParts(key);
      return definitions.get(`${group}/${kind}`);
    },
  };
}

function definedBy({ body }: Intent): string {
  return `${textAt(body, 'spec', 'group')}/${textAt(body, 'spec', 'names', 'kind')}`;
}

function isOfOnePolicy(a: Intent, b: Intent): boolean {
  const ofA: ReadonlySet<PolicyName> = new Set([a.owner, ...a.contributors]);
  return [b.owner, ...b.contributors].some((policy) => ofA.has(policy));
}
