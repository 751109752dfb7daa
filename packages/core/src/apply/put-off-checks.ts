import type { ObjectKey, PolicyName } from '@accord/proto/ids';

/** An object that is to be applied. */
export interface PlannedApply {
  readonly key: ObjectKey;
  /** Its owner first, then whoever else has a share in it. */
  readonly policies: readonly PolicyName[];
  /** It is most likely as wanted, and applied only to find out. */
  readonly isCheck: boolean;
}

/** What a later pass does. */
export interface PutOff {
  readonly keys: ReadonlySet<ObjectKey>;
  readonly policies: ReadonlySet<PolicyName>;
}

/** So many checks go into one pass: about half a second of an API server's time. */
export const checksPerPass = 500;

/**
 * Which policies wait for a later pass.
 *
 * After a start every object has to be applied once to see whether it is as it was. Whoever changes something meanwhile must not wait
 * for thousands of these, so that a pass takes whole policies until it has enough: those first that have more to do than checks. One is
 * taken, however many objects it has.
 */
export function checksToPutOff(applies: readonly PlannedApply[], max = checksPerPass): PutOff {
  const byOwner = [...Map.groupBy(applies, ({ policies: [owner] }) => owner as PolicyName)];
  const policies = new Set<PolicyName>();
  let taken = 0;
  for (const [owner, own] of byOwner.toSorted(([, a], [, b]) => Number(isOnlyChecks(a)) - Number(isOnlyChecks(b)))) {
    const checks = own.filter(({ isCheck }) => isCheck).length;
    if (checks > 0 && taken > 0 && taken + checks > max) policies.add(owner);
    else taken += checks;
  }
  // Whoever does not wait has each of his objects applied, also where another policy owns it.
  const late = applies.filter((apply) => apply.policies.every((policy) => policies.has(policy)));
  return { keys: new Set(late.map(({ key }) => key)), policies };
}

function isOnlyChecks(applies: readonly PlannedApply[]): boolean {
  return applies.every(({ isCheck }) => isCheck);
}
