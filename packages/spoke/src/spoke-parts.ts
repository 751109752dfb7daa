import type { HeldDocument } from '@accord/core/desired/desired-set';
import { isOpenNamespace, type ClusterNamespace } from '@accord/core/desired/fan-out';
import { eventsOf, type ToldPolicy } from '@accord/core/events/events-of';
import type { JsonObject } from '@accord/proto/canonical';
import { keyParts, type ClusterId, type PolicyName } from '@accord/proto/ids';
import type { Facts, Heal, PolicyReport } from '@accord/proto/messages';
import type { TrustedKeys } from '@accord/proto/seal';
import type { Loop } from '@accord/runtime/loop';
import { collectLater } from '@accord/runtime/collect-later';
import { Login } from './bus-session.ts';
import { Backstop } from './reconcile/backstop.ts';
import { Namespaces } from './drift/namespaces.ts';
import { OwnedObjects } from './drift/owned-objects.ts';
import { QuotaReader } from './drift/quota-reader.ts';
import { tellAgain, type IsMeant } from './drift/watch-causes.ts';
import { WatchOwned } from './drift/watch-owned.ts';
import { WatchUnowned } from './drift/watch-unowned.ts';
import { EventWriter } from './events/event-writer.ts';
import { buildGuards, type Guards } from './guard/build-guards.ts';
import { Inbox } from './inbox/inbox.ts';
import { keepCredential, type CredentialKeeper } from './join/keep-credential.ts';
import type { Membership } from './join/membership.ts';
import type { Lease } from './lease.ts';
import { countingWrites } from './metrics/count-writes.ts';
import { countHeal } from './metrics/count-heal.ts';
import { ClusterMirror } from './mirror/cluster-mirror.ts';
import { MirrorLoop } from './mirror/mirror-loop.ts';
import { MirrorStore } from './mirror/mirror-store.ts';
import { buildRegistry, tellMember, tellRecords, type RegistryParts } from './mirror/build-registry.ts';
import { PolicyStatusWriter } from './mirror/policy-status.ts';
import { tallyIn } from './mirror/status-of.ts';
import { Beat } from './outbox/beat.ts';
import { Outbox, type OutboxDeps } from './outbox/outbox.ts';
import { Awaited } from './reconcile/awaited.ts';
import { JudgeCache } from './reconcile/judge-cache.ts';
import { NamespaceChanges } from './reconcile/namespace-changes.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { tryIntent } from './reconcile/try-intent.ts';
import { unseal } from './reconcile/unseal.ts';
import type { ServerReview } from './server-review.ts';
import type { SpokeDeps } from './spoke-deps.ts';
import type { SealingKeys } from './state/sealing-keys.ts';

export interface PartsInput {
  readonly deps: SpokeDeps;
  readonly membership: Membership;
  readonly keys: () => TrustedKeys;
  readonly review: ServerReview;
  readonly lease: Lease;
  readonly sealingKeys: SealingKeys;
  readonly boot: number;
  /** A newer record of this cluster was verified. */
  readonly onRecord: (document: HeldDocument) => void;
  /** The hub says that this cluster is no member any more. */
  readonly onGone: () => void;
}

export interface SpokeParts extends RegistryParts, Guards {
  readonly mirrors: MirrorStore;
  readonly mirrorLoop: MirrorLoop;
  readonly owned: OwnedObjects;
  readonly watches: WatchOwned;
  readonly namespaces: Namespaces;
  readonly quotas: QuotaReader;
  readonly backstop: Backstop;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly events: EventWriter;
  readonly beat: Beat;
  readonly login: Login;
  readonly statuses: PolicyStatusWriter;
  readonly clusterMirror: ClusterMirror;
  readonly review: ServerReview;
  readonly reconciler: Reconciler;
  readonly credentialKeeper: CredentialKeeper;
  readonly lease: Lease;
  readonly membership: Membership;
  /** Has these policies looked at. */
  readonly mark: (policies: Iterable<PolicyName>) => void;
}

/** What repeats for as long as the spoke runs. */
export function loopsOf(parts: SpokeParts): readonly Pick<Loop<never>, 'name' | 'waiting' | 'run'>[] {
  const { reconciler, mirrorLoop, statuses, clusterMirror, registryMirror, profiles, about, guardrailStatus, rail } = parts;
  return [reconciler, mirrorLoop, statuses, clusterMirror, registryMirror, profiles, about, guardrailStatus, rail].map(({ loop }) => loop);
}

/** In the alarms of a summary; when these are dealt with, the next are named. */
const leftoversNamedMax = 20;
/** What is not waited for is written when the passes pause, so that it takes nothing from them. */
const afterPasses = { quietMs: 300, maxMs: 5_000 };

/** Builds the parts of a spoke and joins them along the ring: inbox and drift wake the reconciler, which feeds mirrors and outbox. */
export function buildParts(input: PartsInput, signal: AbortSignal): SpokeParts {
  const { deps, membership, keys, review, lease, sealingKeys, boot, onRecord, onGone } = input;
  const { kube, meter, clock, log, random, config } = deps;
  const id = membership.credential.id as ClusterId;
  const mark = (policies: Iterable<PolicyName>): void => [...policies].forEach((policy) => reconciler.loop.mark(policy));
  const onEverything = (): void => reconciler.markAll();
  const mayWrite = (): boolean => lease.isHeld();
  const mirrors = new MirrorStore({
    ...{ kube, keys, log, onForeignChange: (policy) => mirrorLoop.loop.mark(policy) },
    onStatus: (policy, status) => owned.tally.restore(policy, tallyIn(status, clock.now())),
  });
  const onCreated = (policy: PolicyName): void => statuses.sayAgain(policy);
  const mirrorLoop = new MirrorLoop({ store: mirrors, mayWrite, onCreated, clock, log }, signal);
  const told = { reports: () => outbox.reports(), objects: () => owned.size };
  const onRail = (): void => (outbox.markSummary(), reconciler.markTroubled((reason) => reason === 'GuardRailMissing'));
  const guards = buildGuards({ kube, namespace: config.namespace, clock, log, ...told, onChange: onEverything, onRail });
  const { guardrail, guardrailStatus, rail } = guards;
  const longestHoldMs = (): number => guardrail.rules.maxLocalHoldMs;
  const onSecretsGrant: WatchOwned['watchSecrets'] = (...granted) => watches.watchSecrets(...granted);
  const owned = new OwnedObjects(clock, { onDrift: (policy) => mark([policy]), onEverything, onSecretsGrant, longestHoldMs }, signal);
  const onCause = (isMeant: IsMeant): void => reconciler.markTroubled(isMeant);
  const ofNamespaces = namespaceParts({ mark, markAll: onEverything, onCause, longestHoldMs, clock }, signal);
  const awaited = new Awaited(mark);
  const watches: WatchOwned = new WatchOwned({ kube, owned, clock, log, onSeen: (key) => awaited.seen(key) }, signal);
  const unowned = new WatchUnowned({ kube, mark, clock, log }, signal);
  const inbox = new Inbox({
    ...{ id, keys, clock, log, random },
    isPermitted: (anchor) => membership.isPermitted(anchor),
    onPolicies: mark,
    onRecords: (ids) => tellRecords(registry, ids),
    onCaughtUp: onEverything,
    onMoved: () => beat.soon(),
    onMember: (_member, document) => {
      onRecord(document);
      clusterMirror.setRecord(document);
      tellMember(registry);
      reconciler.markAll();
    },
    onCredential: (body) => credentialKeeper.offer(body),
    onAlarms: () => outbox.markSummary(),
  });
  const registry: RegistryParts = buildRegistry({ kube, mirrors, mayWrite, clock, log, inbox, id, onSummary: () => outbox.markSummary() });
  const alarms = alarmsOf([review, rail, registry.profiles, inbox], () => outbox.reports());
  const facts = (): Facts => factsOf({ review, registry, guardrail, sealingKeys, membership });
  const reported = { facts, anchors: () => inbox.positions() };
  const quotas: QuotaReader = new QuotaReader({ kube, owned, onChange: () => outbox.markSummary(), clock, log });
  const said = { ...reported, key: () => membership.key, alarms, usage: () => quotas.usage };
  const { events, onTold } = tellPeople({ kube, mirrors, mayWrite, instance: config.instance, meter, clock, log });
  const outbox = new Outbox({ ...{ id, boot, clock, log, random }, ...said, onTold });
  const login = new Login(clock);
  const position = { epoch: () => inbox.epoch(), syncDigest: () => inbox.syncDigest() };
  const beat = new Beat({ id, boot, clock, random, ...position, tokenIat: () => login.usedIat });
  const statuses = new PolicyStatusWriter({ kube, clock, log, owned, reportOf: (policy) => outbox.toldOf(policy) });
  const clusterMirror = new ClusterMirror({
    ...{ kube, mirrors, clock, log, instance: config.instance, reports: told.reports, spokeKey: () => membership.key.publicKey },
    ...reported,
    ...{ isCaughtUp: () => inbox.isCaughtUp(), hearsHub: () => inbox.hearsHub(), epoch: () => inbox.epoch() },
  });
  const tellLater = laterTold({ statuses, clusterMirror, guardrailStatus, outbox, review });
  const reconciler: Reconciler = new Reconciler({
    ...{ ...ofNamespaces, inbox, owned, unowned, awaited, mirrors: mirrorLoop, outbox, clock, log, mayWrite, guardrail },
    againstNew: (stop) => rail.against(stop),
    kube: countingWrites(kube, meter),
    sealingKeys: () => sealingKeys.all(),
    onKind: (kind) => watches.watch(kind, { isLate: true }),
    onSettled: collectLater(tellLater, afterPasses, clock, signal),
  });
  const backstop = backstopOf({ deps, sealingKeys, owned, inbox, reconciler });
  const token = {
    ...{ onGone, isRefused: (iat: number): boolean => login.isRefused(iat), keyToReplace: () => inbox.member?.keyToReplace },
    onChanged: (): void => (inbox.followPermitted(), beat.soon(), tellLater(new Set())),
  };
  const credentialKeeper = keepCredential({ membership, clock, log, random, ...token });
  const { namespaces } = ofNamespaces;
  const kept = { lease, membership, mirrors, mirrorLoop, owned, watches, namespaces, quotas, inbox, outbox, events, backstop };
  return { ...guards, ...kept, ...registry, review, beat, login, statuses, clusterMirror, reconciler, credentialKeeper, mark };
}

type BackstopSources = Pick<PartsInput, 'deps' | 'sealingKeys'> & Pick<SpokeParts, 'owned' | 'inbox' | 'reconciler'>;

function backstopOf({ deps: { kube, clock, log, random }, sealingKeys, owned, inbox, reconciler }: BackstopSources): Backstop {
  const opened = async (body: JsonObject): ReturnType<typeof unseal> => {
    const { name = '', id = '' } = inbox.member?.cluster ?? {};
    return unseal(body, { cluster: name, clusterID: id, keys: sealingKeys.all() });
  };
  return new Backstop({
    ...{ owned, clock, log, random, healOf: (key) => reconciler.healOf(key), isIdle: () => reconciler.isIdle },
    tryIntent: (tried, stop) => tryIntent({ kube, unseal: opened }, tried, stop),
  });
}

type LaterTold = Pick<SpokeParts, 'statuses' | 'clusterMirror' | 'guardrailStatus' | 'outbox' | 'review'>;

/** Statuses and the summary wait a moment: the outcome, which the hub waits for, must not share the CPU with them. */
function laterTold({ statuses, clusterMirror, guardrailStatus, outbox, review }: LaterTold): (policies: ReadonlySet<PolicyName>) => void {
  return (policies) => {
    for (const policy of policies) statuses.loop.mark(policy);
    clusterMirror.loop.mark('cluster');
    guardrailStatus.loop.mark('status');
    outbox.markSummary();
    // It may have lost a permission since it was last asked for them.
    if ([...policies].some((policy) => isForbidden(outbox.reportOf(policy)))) review.mark();
  };
}

interface PeopleToldBy extends Pick<SpokeDeps, 'kube' | 'meter' | 'clock' | 'log'> {
  readonly mirrors: MirrorStore;
  readonly mayWrite: () => boolean;
  readonly instance: string;
}

/** Events of what is reported, for whoever looks with kubectl. */
function tellPeople({ mirrors, meter, ...deps }: PeopleToldBy): { readonly events: EventWriter; readonly onTold: OutboxDeps['onTold'] } {
  const events = new EventWriter({ ...deps, uidOf: (policy) => mirrors.uidOf(policy) });
  const onTold = (policies: readonly ToldPolicy[], heals: readonly Heal[]): void => {
    for (const heal of heals) countHeal(meter, heal);
    events.add(eventsOf(policies, heals));
  };
  return { events, onTold };
}

interface FactSources extends Pick<PartsInput, 'review' | 'sealingKeys' | 'membership'>, Pick<Guards, 'guardrail'> {
  readonly registry: RegistryParts;
}

/** What a summary says of the cluster itself. */
function factsOf({ review, registry, guardrail, sealingKeys, membership }: FactSources): Facts {
  const { key, credential } = membership;
  const read = { capacity: registry.size.capacity, guardrail: guardrail.told() };
  return { ...review.facts, ...read, sealingKeys: sealingKeys.published(key, credential.id) };
}

function isForbidden(report: PolicyReport | undefined): boolean {
  return report?.problems.some(({ reason }) => reason === 'Forbidden' || reason === 'Escalation') === true;
}

function alarmsOf(parts: readonly { alarms(): readonly string[] }[], reports: () => Iterable<PolicyReport>): () => readonly string[] {
  return () => [...parts.flatMap((part) => part.alarms()), ...leftoversIn(reports())];
}

/** What another hub has left here, for its people to look at. */
function leftoversIn(reports: Iterable<PolicyReport>): readonly string[] {
  const unknown = [...reports].filter(({ reason }) => reason === 'UnknownPolicy');
  return unknown.slice(0, leftoversNamedMax).map(({ policy, message }) => `policy ${policy}: ${message}`);
}

interface NamespaceWakes {
  readonly mark: (policies: Iterable<PolicyName>) => void;
  readonly markAll: () => void;
  /** What policies are in trouble for may have ended. */
  readonly onCause: (isMeant: IsMeant) => void;
  readonly longestHoldMs: () => number;
  readonly clock: SpokeDeps['clock'];
}

/** What a namespace refuses that nobody has opened. */
const closed: ReadonlySet<string> = new Set(['GuardRail', 'NamespaceMissing']);

/** Namespaces decide what some policies want, so that their changes wake exactly those. */
function namespaceParts({ mark, markAll, onCause, longestHoldMs, clock }: NamespaceWakes, signal: AbortSignal) {
  const onChange = (before: ClusterNamespace | undefined, after: ClusterNamespace | undefined): void => {
    namespaceChanges.onChange(before, after);
    const isOpened = after !== undefined && isOpenNamespace(after) && (before === undefined || !isOpenNamespace(before));
    const isMeant: IsMeant = (reason, key) => closed.has(reason) && keyParts(key).namespace === after?.name;
    if (isOpened && namespaces.isListed()) void tellAgain({ clock, onChange: onCause }, isMeant, signal);
  };
  const namespaces: Namespaces = new Namespaces(clock, { onChange, onKnown: markAll, onHold: markAll, longestHoldMs });
  const cache = new JudgeCache(() => namespaces.all());
  const namespaceChanges = new NamespaceChanges({ selectors: () => cache.selectors(), mark, clock }, signal);
  return { namespaces, cache, namespaceChanges };
}
