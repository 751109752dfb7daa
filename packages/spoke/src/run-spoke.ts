import { hasHoldEnded } from '@accord/core/desired/operator-hold';
import type { HeldDocument } from '@accord/core/desired/desired-set';
import { inventoryGroup } from '@accord/core/registry/cluster-profile';
import { aboutGroup } from '@accord/core/registry/cluster-properties';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { parseMember } from '@accord/proto/member';
import { runOnBus } from './bus-session.ts';
import { watchCauses, type IsMeant } from './drift/watch-causes.ts';
import { againMs, watchEnds } from './drift/watch-ends.ts';
import { watchNamespaces } from './drift/watch-namespaces.ts';
import { CredentialStore } from './join/credential-store.ts';
import { trustedKeysOf } from './join/trusted-keys.ts';
import { Membership } from './join/membership.ts';
import type { Clock } from '@accord/runtime/clock';
import type { Reading } from '@accord/runtime/metrics/metric';
import type { KindVersion } from './kube/kube.ts';
import { policyKinds } from './kube/own-kinds.ts';
import { patiently } from './kube/patiently.ts';
import { writesWhileHeld } from './kube/writes-while-held.ts';
import { depart, hashOfToken, standBy } from './leave/departure.ts';
import { letGo } from './leave/let-go.ts';
import { Lease } from './lease.ts';
import { watchMirrors } from './mirror/watch-mirrors.ts';
import { readSpoke } from './metrics/read-spoke.ts';
import { ServerReview } from './server-review.ts';
import type { SpokeDeps } from './spoke-deps.ts';
import { buildParts, loopsOf, type SpokeParts } from './spoke-parts.ts';
import { CurrentRecord } from './state/current-record.ts';
import { keepState } from './state/keep-state.ts';
import { nextBoot } from './state/next-boot.ts';
import { SealingKeys } from './state/sealing-keys.ts';
import { ownState } from './state/own-state.ts';
import { StateStore } from './state/spoke-state.ts';

/** Runs a spoke until `outer` aborts; one whose cluster has left waits for the next join token. Rejects with `conflict` when another spoke took over the cluster. */
export async function runSpoke(deps: SpokeDeps, outer: AbortSignal): Promise<void> {
  const { config, kube, clock, log, hub, readToken } = deps;
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  let parts: SpokeParts | undefined;
  let note: string | undefined;
  // From the first moment on: whoever waits for a lease, a hub or an API server is healthy.
  serveHealth(deps, { parts: () => parts, note: () => note }, signal);
  const departure = { kube, namespace: config.namespace, readToken, clock, log };
  await standBy(departure, (left) => void (note = left), signal);
  note = undefined;
  const answered = patiently({ clock, log }, signal);
  const review = await answered(() => ServerReview.open({ kube, namespace: config.namespace, clock, log }, signal));

  const lease = new Lease({ kube, namespace: config.namespace, holder: config.instance, clock, log });
  await lease.take(signal);
  const leading = lease.keep(signal).finally(() => stop.abort());
  const led = writesWhileHeld(kube, () => lease.ended);

  const credentials = new CredentialStore(kube, config.namespace);
  const membership = await Membership.open(
    {
      ...{ store: credentials, hub, hubKey: config.hubKey, readToken, clusterName: config.clusterName },
      ...{ facts: () => review.facts, clock, log },
    },
    signal,
  );
  const keys = trustedKeysOf(() => membership.credential.desiredKeys);
  const store = new StateStore(led, config.namespace, keys);
  const before = await answered(() => store.load(signal));
  const boot = nextBoot(before.boot, clock.now());
  const own = ownState(before, membership.credential, keys());
  const record = new CurrentRecord(own.record);
  const ended = { cluster: parseMember(own.record.body).cluster.name, tokenHash: await hashOfToken(readToken) };
  const gone = Promise.withResolvers<void>();
  const sealingKeys = await answered(() => SealingKeys.open({ kube, namespace: config.namespace, clock, log }, signal));
  const onRecord = (document: HeldDocument): void => record.take(document);
  parts = buildParts(
    { deps: { ...deps, kube: led }, membership, keys, review, lease, sealingKeys, boot, onRecord, onGone: gone.resolve },
    signal,
  );
  const { inbox, mirrors, watches } = parts;
  const wired = parts;
  const tell = (): void => {
    wired.clusterMirror.loop.mark('cluster');
    wired.outbox.markSummary();
  };

  // What the mirrors say is in force before the bus is dialled, and for as long as it is away.
  const mirrored = await answered(() => mirrors.load(signal));
  inbox.restore(parseMember(record.document.body), mirrored, own.positions);
  parts.clusterMirror.setRecord(record.document);
  parts.profiles.restore(before.profileNamespaces);
  await answered(() => store.save({ ...before, positions: own.positions, boot, member: record.document }, signal));
  for (const kind of policyKinds) watches.watch(kind);
  for (const name of before.kinds) await watches.watchNamed(kindNamed(name));
  const hasEnded = (until: AbortSignal): Promise<boolean> => membership.hasEnded(until);
  const hasLeft = letGo({ ...parts, kube: led, gone: gone.promise, hasEnded, clock, log }, signal).finally(() => stop.abort());
  await untilEnded(
    [
      leading,
      hasLeft,
      ...runLoops(parts, signal),
      startAnew(membership, clock, signal),
      sealingKeys.run(tell, signal),
      review.run(tell, signal),
      watchCauses({ kube, clock, log, onChange: (isMeant) => onCause(wired, isMeant) }, signal),
      watchEnds({ ended: endedOf(parts), mark: parts.mark, onLook: () => wired.reconciler.tellProgress(), clock }, signal),
      watchNamespaces({ kube, namespaces: parts.namespaces, clock, log }, signal),
      watchMirrors({ ...parts, kube, clock, log }, signal),
      runOnBus({ ...parts, connectBus: deps.connectBus, membership, log }, parts.login, signal),
      keepState({ store, inbox, watches, profiles: parts.profiles, record, boot, clock, log }, signal),
    ],
    stop,
    signal,
  );
  if (await hasLeft) {
    await depart(departure, ended, outer);
    return runSpoke(deps, outer);
  }
  if (!outer.aborted) throw new CodedError('conflict', 'another spoke took over this cluster');
}

/** What each part does on its own, for as long as the spoke runs. */
function runLoops(parts: SpokeParts, signal: AbortSignal): readonly Promise<void>[] {
  const { size, guardrail, credentialKeeper, quotas, events, backstop } = parts;
  return [...loopsOf(parts), size, guardrail, credentialKeeper, quotas, events.loop, backstop].map((part) => part.run(signal));
}

/** What policies wait for, and what the standards beside the registry need, may be there now. */
function onCause({ reconciler, review, watches, profiles, about }: SpokeParts, isMeant: IsMeant): void {
  reconciler.markTroubled(isMeant);
  const mayBe = (reason: string, group = ''): boolean => isMeant(reason, objectKey(group, '', undefined, ''));
  if (mayBe('Forbidden')) review.mark();
  void watches.checkVersions(({ group }) => mayBe('NoSuchKind', group));
  if (mayBe('NoSuchKind', inventoryGroup)) profiles.onDefinitions();
  if (mayBe('NoSuchKind', aboutGroup)) about.mark();
}

/** Policies for which something is over that ends by itself. What an operator held may be of any of them, and such an end is rare. */
function endedOf({ owned, namespaces, inbox, reconciler }: SpokeParts): (nowMs: number) => ReadonlySet<PolicyName> {
  return (nowMs) => {
    namespaces.noteEnds(nowMs);
    const over = owned.ended(nowMs);
    return hasHoldEnded(inbox.member?.holds, nowMs, againMs) ? over.union(new Set(reconciler.policies())) : over;
  };
}

function kindNamed(name: string): KindVersion {
  const [apiVersion = '', kind = ''] = name.split(' ');
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  return { group, version, kind };
}

interface Served {
  readonly parts: () => SpokeParts | undefined;
  /** Said where the cluster has left. */
  readonly note: () => string | undefined;
}

function serveHealth(deps: SpokeDeps, { parts, note }: Served, signal: AbortSignal): void {
  const readings = (): readonly Reading[] => [
    ...readSpoke(parts(), { hasLeft: note() !== undefined, clock: deps.clock }),
    ...deps.meter.readings(),
  ];
  const isReady = (): boolean => {
    const built = parts();
    if (note() !== undefined) return true;
    return built !== undefined && built.inbox.member !== undefined && built.owned.isKnown() && built.namespaces.isKnown();
  };
  deps.serveHealth({ isHealthy: () => !signal.aborted, isReady, note, readings }, signal);
}

/** Ends the process, by its rejection, once it is another member, has another key, or believes another hub: the next one begins with that. */
async function startAnew(membership: Membership, clock: Clock, signal: AbortSignal): Promise<void> {
  const repeat = async (attempt: () => Promise<number | undefined>, because: string): Promise<void> => {
    while (!signal.aborted) {
      const pauseMs = await attempt();
      if (pauseMs === undefined) throw new CodedError('conflict', because);
      await clock.sleep(pauseMs, signal);
    }
  };
  await Promise.all([
    repeat(() => membership.joinAgain(signal), 'it has joined again with a new key, and starts anew with it'),
    repeat(() => membership.followPin(signal), 'its owner pinned another key of the hub, and it starts anew with that'),
  ]);
}

/** A bug anywhere ends the process; the stop of one part ends the others. */
async function untilEnded(parts: readonly Promise<unknown>[], stop: AbortController, signal: AbortSignal): Promise<void> {
  try {
    await Promise.all(parts);
  } catch (error) {
    if (!signal.aborted || !isCoded(error)) throw error;
  } finally {
    stop.abort();
    // What one of them still writes must not come after what follows.
    await Promise.allSettled(parts);
  }
}
