import type { HeldDocument } from '@accord/core/desired/desired-set';
import { defaultGuardrail } from '@accord/core/guard/default-guardrail';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { TrustedKeys } from '@accord/proto/seal';
import { collectLater } from '@accord/runtime/collect-later';
import { Login } from './bus-session.ts';
import { OwnedObjects } from './drift/owned-objects.ts';
import { WatchOwned } from './drift/watch-owned.ts';
import { Inbox } from './inbox/inbox.ts';
import { keepCredential, type CredentialKeeper } from './join/keep-credential.ts';
import type { Membership } from './join/membership.ts';
import type { Lease } from './lease.ts';
import { ClusterMirror } from './mirror/cluster-mirror.ts';
import { MirrorLoop } from './mirror/mirror-loop.ts';
import { MirrorStore } from './mirror/mirror-store.ts';
import { PolicyStatusWriter } from './mirror/policy-status.ts';
import { Beat } from './outbox/beat.ts';
import { Outbox } from './outbox/outbox.ts';
import type { ClusterFacts } from './read-facts.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import type { SpokeDeps } from './spoke-deps.ts';

export interface PartsInput {
  readonly deps: SpokeDeps;
  readonly membership: Membership;
  readonly keys: () => TrustedKeys;
  readonly facts: ClusterFacts;
  readonly lease: Lease;
  readonly boot: number;
  /** A newer record of this cluster was verified. */
  readonly onRecord: (document: HeldDocument) => void;
}

export interface SpokeParts {
  readonly mirrors: MirrorStore;
  readonly mirrorLoop: MirrorLoop;
  readonly owned: OwnedObjects;
  readonly watches: WatchOwned;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly beat: Beat;
  readonly login: Login;
  readonly statuses: PolicyStatusWriter;
  readonly clusterMirror: ClusterMirror;
  readonly reconciler: Reconciler;
  readonly credentialKeeper: CredentialKeeper;
  /** Has these policies looked at. */
  readonly mark: (policies: Iterable<PolicyName>) => void;
}

/** In the alarms of a summary; when these are dealt with, the next are named. */
const leftoversNamedMax = 20;
/** What is not waited for is written when the passes pause, so that it takes nothing from them. */
const afterPasses = { quietMs: 300, maxMs: 5_000 };

/** Builds the parts of a spoke and joins them along the ring: inbox and drift wake the reconciler, which feeds mirrors and outbox. */
export function buildParts(input: PartsInput, signal: AbortSignal): SpokeParts {
  const { deps, membership, keys, facts, lease, boot, onRecord } = input;
  const { kube, clock, log, random, config } = deps;
  const id = membership.credential.id as ClusterId;
  const mark = (policies: Iterable<PolicyName>): void => {
    for (const policy of policies) reconciler.loop.mark(policy);
  };
  const mayWrite = (): boolean => lease.isHeld();
  const mirrors = new MirrorStore({ kube, keys, log, onForeignChange: (policy) => mirrorLoop.loop.mark(policy) });
  const mirrorLoop = new MirrorLoop({ store: mirrors, mayWrite, onCreated: (policy) => statuses.sayAgain(policy), clock, log });
  const owned = new OwnedObjects(clock, { onDrift: (policy) => mark([policy]), onEverything: () => reconciler.markAll() }, signal);
  const watches = new WatchOwned({ kube, owned, clock, log }, signal);
  const inbox = new Inbox({
    ...{ id, keys, clock, log, random },
    isPermitted: (anchor) => membership.isPermitted(anchor),
    onPolicies: mark,
    onCaughtUp: () => reconciler.markAll(),
    onMoved: () => beat.soon(),
    onMember: (_member, document) => {
      onRecord(document);
      clusterMirror.setRecord(document);
      reconciler.markAll();
    },
    onCredential: (body) => credentialKeeper.offer(body),
  });
  const leftovers = (): readonly string[] =>
    [...outbox.reports()].filter(({ reason }) => reason === 'UnknownPolicy').map(({ policy, message }) => `policy ${policy}: ${message}`);
  const alarms = (): readonly string[] => [...facts.alarms, ...inbox.takeAlarms(), ...leftovers().slice(0, leftoversNamedMax)];
  const reported = { facts: () => facts.facts, anchors: () => inbox.positions() };
  const outbox = new Outbox({ ...{ id, boot, clock, log, random }, ...reported, key: membership.key, alarms });
  const login = new Login();
  const position = { epoch: () => inbox.epoch(), tokenIat: () => login.usedIat, syncDigest: () => inbox.syncDigest() };
  const beat = new Beat({ ...{ id, boot, clock, random }, ...position });
  const statuses = new PolicyStatusWriter({ kube, clock, log, reportOf: (policy) => outbox.reportOf(policy) });
  const clusterMirror = new ClusterMirror({
    ...{ kube, mirrors, clock, log, instance: config.instance },
    ...reported,
    reports: () => outbox.reports(),
    isCaughtUp: () => inbox.isCaughtUp(),
    epoch: () => inbox.epoch(),
  });
  // Statuses and the summary wait a moment: the outcome, which the hub waits for, must not share the CPU with them.
  const tellLater = (policies: ReadonlySet<PolicyName>): void => {
    for (const policy of policies) statuses.loop.mark(policy);
    clusterMirror.loop.mark('cluster');
    outbox.markSummary();
  };
  const reconciler: Reconciler = new Reconciler({
    ...{ kube, inbox, owned, mirrors: mirrorLoop, outbox, clock, log, mayWrite },
    objectsMax: defaultGuardrail.maxObjects,
    onKind: (kind) => watches.watch(kind),
    onSettled: collectLater(tellLater, afterPasses, clock, signal),
  });
  const onChanged = (): void => {
    inbox.followPermitted();
    beat.soon();
  };
  const credentialKeeper = keepCredential({ membership, clock, log, random, onChanged });
  return { mirrors, mirrorLoop, owned, watches, inbox, outbox, beat, login, statuses, clusterMirror, reconciler, credentialKeeper, mark };
}
