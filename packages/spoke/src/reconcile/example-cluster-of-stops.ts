/** For the property tests of stops: a cluster in which policies, live objects and stops are what the test says, judged and planned by the real code. */
import { judgePolicy, underStops, type Verdict } from '@accord/core/desired/judge-policy';
import { unguarded } from '@accord/core/apply/plan-apply';
import { Contributions } from '@accord/core/desired/contributions';
import type { Standing } from '@accord/core/desired/desired-set';
import { holdOfPolicy, objectNameOf } from '@accord/core/desired/operator-hold';
import type { Stop } from '@accord/core/desired/stop-of';
import { heldDocument } from '@accord/core/follow/example-fleet';
import { guardMoment } from '@accord/core/guard/guard-stop';
import { defaultGuardrail, readGuardrail } from '@accord/core/guard/guardrail';
import { exampleCluster } from '@accord/core/policy/example-policies';
import { canonicalBytes, type JsonObject } from '@accord/proto/canonical';
import { keyParts, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { appliedHashAnnotation, fieldManager, originAnnotation } from '@accord/proto/labels';
import type { Member, OperatorHold } from '@accord/proto/member';
import type { NamespacePart } from '@accord/proto/policy';
import { ownedOf, type Owned } from '../drift/owned-of.ts';
import type { KindRef, ObjectMeta } from '../kube/kube.ts';
import { policyKinds } from '../kube/own-kinds.ts';
import { gather, type GatherDeps, type Gathered } from './gather.ts';

export const nowMs = Date.UTC(2026, 0, 1);
/** Before any grant of the model is over. */
export const earlierMs = nowMs - 600_000;
export const policies: readonly PolicyName[] = ['p', 'q', 'r'].map((name) => name as PolicyName);

/** What somebody wrote. */
export interface Wanted {
  readonly standing: 'present' | 'deleted' | 'absent' | 'unselected' | 'garbled';
  readonly priority: number;
  readonly namespace: string;
  /** ConfigMaps with their value. */
  readonly maps: Readonly<Record<string, string>>;
  /** Minutes until a grant of it ends; it may be over. */
  readonly grantMinutes: number | undefined;
  /** A ConfigMap with a mode of its own. */
  readonly single: boolean;
  /** What becomes of its Namespace when it goes. */
  readonly deletion: NamespacePart['deletion'];
  /** How many of its removals a person looked at and confirmed. */
  readonly confirmed: number;
  /** A ConfigMap that must not exist. */
  readonly forbids: boolean;
}

export type Fleet = Readonly<Record<string, Wanted>>;

/** Everything that keeps the spoke from writing. */
export interface Stops {
  readonly suspended: readonly string[];
  readonly inform: readonly string[];
  /** Policies whose ConfigMap with a mode of its own is only compared. */
  readonly objectInform: readonly string[];
  /** Policies whose dependency is not applied. */
  readonly blocked: readonly string[];
  readonly isPaused: boolean;
  readonly isClusterInform: boolean;
  readonly held: readonly ObjectKey[];
  /** By operators: policies, single objects, or everything. */
  readonly heldPolicies: readonly string[];
  readonly heldObjects: readonly ObjectKey[];
  readonly isAllHeld: boolean;
  /** What the owner of the cluster says. */
  readonly guard: 'none' | 'freeze' | 'window' | 'invalid';
}

export const noStops: Stops = {
  suspended: [],
  inform: [],
  objectInform: [],
  blocked: [],
  isPaused: false,
  isClusterInform: false,
  held: [],
  heldPolicies: [],
  heldObjects: [],
  isAllHeld: false,
  guard: 'none',
};

const guardSpecs = {
  none: {},
  freeze: { freeze: { until: new Date(nowMs + 60_000).toISOString(), reason: 'audit' } },
  window: { windows: [{ schedule: '0 0 30 2 *', duration: '1h' }] },
  invalid: { windows: [{ schedule: 'never', duration: '1h' }] },
};
const guardStops: Readonly<Record<Stops['guard'], Stop | undefined>> = {
  none: stopOfGuard('none'),
  freeze: stopOfGuard('freeze'),
  window: stopOfGuard('window'),
  invalid: stopOfGuard('invalid'),
};

function stopOfGuard(guard: Stops['guard']): Stop | undefined {
  return guardMoment(readGuardrail(guardSpecs[guard]), nowMs).stop;
}

export class ExampleClusterOfStops {
  readonly live: Map<ObjectKey, Owned>;
  #contributions = new Contributions();

  constructor(live: Iterable<readonly [ObjectKey, Owned]> = []) {
    this.live = new Map(live);
  }

  /** As after a restart of the spoke. */
  copy(): ExampleClusterOfStops {
    return new ExampleClusterOfStops(this.live);
  }

  gather(fleet: Fleet, stops: Stops, atMs = nowMs): Gathered {
    return gather(this.deps(fleet, stops, atMs), new Set([...policies, ...[...this.live.values()].map(({ owner }) => owner)]));
  }

  deps(fleet: Fleet, stops: Stops, atMs = nowMs): GatherDeps {
    const held = (object: Owned | undefined): Owned | undefined =>
      object && stops.held.includes(object.key) ? { ...object, hold: { writtenMs: 0, endMs: nowMs + 1, reason: '' } } : object;
    const blocks = new Set(stops.blocked.map((policy) => `base-${policy}`));
    const member = memberUnder(stops);
    return {
      ...{ nowMs: atMs, member, isCaughtUp: true, epoch: 1, contributions: this.#contributions, isLost: () => false },
      ...{ fightFor: () => undefined, namespaceHoldOf: () => undefined },
      ...{ isGoing: () => false, isLosing: () => false, isSpent: () => false, hasServed: () => false },
      guard: { ...unguarded, rules: defaultGuardrail, isFrozen: guardStops[stops.guard]?.endsNothing === true },
      judge: (policy) => verdictOf(policy, fleet, stops, atMs),
      ownedByKey: (key) => held(this.live.get(key)),
      ownedByPolicy: (policy) => [...this.live.values()].filter(({ owner }) => owner === policy).flatMap((object) => held(object) ?? []),
      ownedTotal: () => this.live.size,
      blockOf: (dependsOn) => (dependsOn.some((name) => blocks.has(name)) ? { reason: 'DependencyNotApplied', message: '' } : undefined),
    };
  }

  /** Everything that was planned succeeds. What a policy removes waits for what it may not write, as in `carryOut`. */
  carryOut({ plan, intents }: Gathered): void {
    for (const { key } of plan.apply) {
      const intent = intents.get(key);
      if (intent !== undefined) this.live.set(key, madeOf(key, intent.body, intent.digest, this.live.get(key)?.origin ?? 'Created'));
    }
    const failing = new Set(plan.stopped.flatMap(({ key, owner }) => [owner, ...(intents.get(key)?.contributors ?? [])]));
    for (const { key, owner, isOver } of plan.remove) if (isOver || !failing.has(owner)) this.live.delete(key);
  }

  /** Passes until nothing is left to do. */
  settle(fleet: Fleet, atMs = nowMs): this {
    for (let pass = 0; pass < 5; pass += 1) this.carryOut(this.gather(fleet, noStops, atMs));
    return this;
  }

  picture(): readonly string[] {
    return [...this.live.values()].map(({ key, owner, digest }) => `${key} ${owner} ${digest.slice(0, 8)}`).toSorted();
  }
}

function memberUnder(stops: Stops): Member {
  const { isPaused, isClusterInform } = stops;
  const record = exampleCluster();
  const spec = { ...record.spec, paused: isPaused, mode: isClusterInform ? ('Inform' as const) : ('Enforce' as const) };
  return { cluster: { ...record, spec }, revision: 1, anchors: ['all'], confirmedEpoch: 1, confirmedRemovals: {}, holds: holdsOf(stops) };
}

function holdsOf({ heldPolicies, heldObjects, isAllHeld }: Stops): readonly OperatorHold[] {
  const hold = { untilMs: nowMs + 1, reason: 'INC-1', by: 'ann' };
  return [
    ...heldPolicies.map((policy) => ({ ...hold, policy })),
    ...heldObjects.map((key) => ({ ...hold, policy: 'p', object: objectNameOf(key) })),
    ...(isAllHeld ? [hold] : []),
    // Those that are over hold nothing.
    ...policies.map((policy) => ({ ...hold, policy, untilMs: earlierMs })),
  ];
}

export function verdictOf(policy: PolicyName, fleet: Fleet, stops: Stops, atMs = nowMs): Verdict {
  const member = memberUnder(stops);
  const verdict = judgePolicy(policy, standingOf(policy, fleet[policy], stops), { member, allowRisks: new Set(), nowMs: atMs });
  return underStops(verdict, holdOfPolicy(member.holds, policy, atMs), guardStops[stops.guard]);
}

function standingOf(policy: PolicyName, wanted: Wanted | undefined, stops: Stops): Standing {
  if (wanted === undefined || wanted.standing === 'absent') return { says: 'absent', wasHeld: true };
  const isDeleted = wanted.standing === 'deleted';
  const body = isDeleted ? new Uint8Array() : canonicalBytes({ metadata: { name: policy }, spec: specOf(policy, wanted, stops) });
  const removalsMax = isDeleted ? 100 : 0;
  const removalsConfirmed = isDeleted ? wanted.confirmed : 0;
  const place = { subject: `desired.all.${policy}`, epoch: 1, revision: 1, createdAtMs: 1 };
  const statement = { ...place, deleted: isDeleted, removalsMax, removalsConfirmed };
  const document = heldDocument(statement, body);
  return { says: isDeleted ? 'deleted' : 'present', document };
}

function specOf(policy: PolicyName, wanted: Wanted, { suspended, inform, objectInform }: Stops): JsonObject {
  const { namespace, maps, grantMinutes, standing, deletion } = wanted;
  const until =
    grantMinutes === undefined
      ? []
      : [{ clusterRole: 'view', groups: ['g'], until: new Date(nowMs + grantMinutes * 60_000).toISOString() }];
  const singleMode = objectInform.includes(policy) ? 'Inform' : 'Enforce';
  const manifest = (name: string): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'n' },
    data: { value: policy },
  });
  return {
    clusterSelector: standing === 'unselected' ? { matchLabels: { env: 'elsewhere' } } : {},
    mode: inform.includes(policy) ? 'Inform' : 'Enforce',
    priority: wanted.priority,
    prune: 'IfCreated',
    dependsOn: [`base-${policy}`],
    ...(suspended.includes(policy) && { suspended: true }),
    namespaces: [
      {
        name: namespace,
        deletion,
        labels: { [policy]: 'is-here', ...(standing === 'garbled' && { garbled: '${cluster.labels.nowhere}' }) },
        configMaps: Object.entries(maps).map(([name, value]) => ({ name, data: { value } })),
        bindings: until,
      },
    ],
    objects: [
      ...(wanted.single ? [{ id: 's', order: 0, deletion: 'Prune', mode: singleMode, manifest: manifest('single') }] : []),
      ...(wanted.forbids ? [{ id: 'f', order: 0, deletion: 'Prune', mode: 'MustNotExist', manifest: manifest('forbidden') }] : []),
    ],
  };
}

/** The object as the watch shows it after it was applied. */
function madeOf(key: ObjectKey, body: JsonObject, digest: string, origin: 'Created' | 'Adopted'): Owned {
  const { group, kind: kindName, namespace, name } = keyParts(key);
  const { labels = {}, annotations = {} } = body['metadata'] as Partial<Pick<ObjectMeta, 'labels' | 'annotations'>>;
  const kind = policyKinds.find((candidate) => candidate.group === group && candidate.kind === kindName) as KindRef;
  const marks = { ...annotations, [appliedHashAnnotation]: digest, [originAnnotation]: origin };
  const fieldsV1 = { 'f:metadata': { 'f:annotations': Object.fromEntries(Object.keys(annotations).map((mark) => [`f:${mark}`, {}])) } };
  const entry = { manager: fieldManager, operation: 'Apply', apiVersion: 'v1', time: '', subresource: '', fieldsV1 };
  const meta: ObjectMeta = {
    uid: key,
    resourceVersion: '1',
    labels,
    annotations: marks,
    managedFields: [entry],
    deletionTimestamp: undefined,
  };
  const ref = { kind, namespace: kind.namespaced ? namespace : undefined, name };
  return { ...ownedOf(key, ref, meta, undefined), intact: true };
}
