import type { Bus } from '@accord/bus/bus';
import type { HeldDocument } from '@accord/core/desired/desired-set';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import { openDocument } from '@accord/proto/document';
import type { Facts } from '@accord/proto/messages';
import type { PolicyName } from '@accord/proto/ids';
import type { KeyPair } from '@accord/proto/keys';
import { trustKeys, type TrustedKeys } from '@accord/proto/seal';
import { clusterAnchor, desiredSubject, memberDoc, type Anchor } from '@accord/proto/subjects';
import type { ClusterId } from '@accord/proto/ids';
import { programVersion } from '@accord/proto/version';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { SpokeConfig } from './config.ts';
import { OwnedObjects } from './drift/owned-objects.ts';
import { WatchOwned } from './drift/watch-owned.ts';
import type { Health } from './health.ts';
import { Inbox } from './inbox/inbox.ts';
import { CredentialStore } from './join/credential-store.ts';
import type { HubPort } from './join/hub-client.ts';
import { keepCredential } from './join/keep-credential.ts';
import { Membership } from './join/membership.ts';
import type { Kube } from './kube/kube.ts';
import { clusterPolicyKind, namespaceKind, ownRef, policyKinds } from './kube/own-kinds.ts';
import { Lease } from './lease.ts';
import { ClusterMirror } from './mirror/cluster-mirror.ts';
import { MirrorStore } from './mirror/mirror-store.ts';
import { PolicyStatusWriter } from './mirror/policy-status.ts';
import { Beat } from './outbox/beat.ts';
import { Outbox } from './outbox/outbox.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { memberOf, StateStore, type SpokeState } from './state/spoke-state.ts';

/** A bus whose credential can be changed while it is connected. */
export interface SpokeBus extends Bus {
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

export type ConnectBus = (
  options: {
    readonly servers: readonly string[];
    readonly id: string;
    readonly credential: () => { readonly jwt: string; readonly key: KeyPair };
    readonly log: Log;
  },
  signal: AbortSignal,
) => Promise<SpokeBus>;

export interface SpokeDeps {
  readonly config: SpokeConfig;
  readonly kube: Kube;
  readonly connectBus: ConnectBus;
  /** First contact and renewal. */
  readonly hub: HubPort;
  /** The one-time token, read at each attempt; undefined when none was given. */
  readonly readToken: () => Promise<string | undefined>;
  readonly serveHealth: (health: Health, signal: AbortSignal) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

/** Until guard rails can say more: objects that policies may hold on one cluster. */
const objectsMax = 20_000;
const saveStateMs = 2_000;

/** Builds the spoke and runs it until `signal` aborts, or until another spoke took over the cluster. */
export async function runSpoke(deps: SpokeDeps, outer: AbortSignal): Promise<void> {
  const { config, kube, clock, log, random } = deps;
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  const facts = await readFacts(kube, signal);

  const lease = new Lease({ kube, namespace: config.namespace, holder: config.instance, clock, log });
  await lease.take(signal);
  const leading = lease.keep(signal).finally(() => stop.abort());
  const membership = await openMembership(deps, () => facts, signal);
  const id = membership.credential.id as ClusterId;
  const keys = (): TrustedKeys => trustKeys(membership.credential.desiredKeys.map((key) => new Uint8Array(Buffer.from(key, 'base64'))));

  const store = new StateStore(kube, config.namespace, keys);
  const before = await store.load(signal);
  let memberDocument: HeldDocument = before.member ?? firstMember(membership, keys());
  let positions: SpokeState['positions'] = before.positions;
  const boot = before.boot + 1;

  const mark = (policies: Iterable<PolicyName>): void => {
    for (const policy of policies) reconciler.loop.mark(policy);
  };
  const mirrors = new MirrorStore({ kube, keys, log, onForeignChange: (policy) => mark([policy]) });
  const owned = new OwnedObjects(clock, (policy) => mark([policy]));
  const inbox = new Inbox({
    id,
    keys,
    clock,
    log,
    random,
    isPermitted: (anchor) => membership.isPermitted(anchor),
    onPolicies: mark,
    onCaughtUp: () => reconciler.markAll(),
    onMoved: () => beat.soon(),
    onMember: (_member, document) => {
      memberDocument = document;
      clusterMirror.setRecord(document);
      reconciler.markAll();
      reconciler.markAll();
    },
    onCredential: (body) => credentialKeeper.offer(body),
  });
  const outbox = new Outbox({
    id,
    key: membership.key,
    boot,
    clock,
    log,
    random,
    facts: () => facts,
    anchors: () => inbox.positions(),
    alarms: () => inbox.takeAlarms(),
  });
  // The token of a connection is the one of its login: the hub ends the old one as soon as a beat says that it is not in use any more.
  const login = { iat: 0, usedIat: 0 };
  const beat = new Beat({
    id,
    boot,
    clock,
    random,
    epoch: () => inbox.epoch(),
    tokenIat: () => login.usedIat,
    syncDigest: () => inbox.syncDigest(),
  });
  const statuses = new PolicyStatusWriter({ kube, clock, log, reportOf: (policy) => outbox.reportOf(policy) });
  const clusterMirror = new ClusterMirror({
    kube,
    mirrors,
    clock,
    log,
    instance: config.instance,
    facts: () => facts,
    reports: () => outbox.reports(),
    anchors: () => inbox.positions(),
    isCaughtUp: () => inbox.isCaughtUp(),
    epoch: () => inbox.epoch(),
  });
  const reconciler: Reconciler = new Reconciler({
    kube,
    inbox,
    owned,
    mirrors,
    outbox,
    clock,
    log,
    objectsMax,
    mayWrite: () => lease.isHeld(),
    onKind: (kind) => watches.watch(kind),
    onPass: (policies) => {
      for (const policy of policies) statuses.loop.mark(policy);
      clusterMirror.loop.mark('cluster');
      outbox.markSummary();
    },
  });
  const watches = new WatchOwned({ kube, owned, log }, signal);

  // What the mirrors say is in force before the bus is dialled, and for as long as it is away.
  const member = memberOf(memberDocument);
  if (member === undefined) throw new CodedError('garbage', 'the record of this cluster cannot be read');
  inbox.restore(member, await mirrors.load(signal), positions);
  clusterMirror.setRecord(memberDocument);
  await store.save({ ...before, boot, member: memberDocument }, signal);
  for (const kind of policyKinds) watches.watch(kind);
  for (const name of before.kinds) await watchKind(kube, watches, name, signal);
  const watchingMirrors = kube.watch(clusterPolicyKind, {}, (event) => mirrors.onEvent(event), signal);

  const credentialKeeper = keepCredential({
    membership,
    clock,
    log,
    random,
    onChanged: () => {
      inbox.followPermitted();
      beat.soon();
    },
  });
  deps.serveHealth(
    {
      isHealthy: () => lease.isHeld(),
      isReady: () => inbox.member !== undefined && owned.isListed(),
      metrics: () => metricsOf(inbox, owned, outbox),
    },
    signal,
  );

  const onBus = async (): Promise<void> => {
    const bus = await deps.connectBus(
      { servers: membership.credential.servers, id, credential: () => logIn(membership, login), log },
      signal,
    );
    log.info('connected to the bus', { cluster: id });
    credentialKeeper.useBus(bus, signal);
    bus.onConnection((state) => {
      if (state === 'connected') login.usedIat = login.iat;
      beat.soon();
    }, signal);
    inbox.start(bus, signal);
    await Promise.all([outbox.run(bus, signal), beat.run(bus, signal)]);
    await bus.close();
  };
  const saving = async (): Promise<void> => {
    let said = '';
    while (!signal.aborted) {
      await clock.sleep(saveStateMs, signal);
      positions = new Map(
        inbox
          .positions()
          .filter(({ live }) => live)
          .map(({ anchor, epoch, version }) => [anchor as Anchor, { epoch, version }]),
      );
      const state = {
        boot,
        member: memberDocument,
        positions,
        kinds: watches.kinds().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
      };
      const now = JSON.stringify([...positions, state.kinds, memberDocument.statement.revision]);
      if (signal.aborted || now === said || positions.size === 0) continue;
      await store.save(state, signal).then(
        () => (said = now),
        (error: unknown) => logAway(error, log),
      );
    }
  };
  await ended(
    signal,
    [
      leading,
      reconciler.loop.run(signal),
      statuses.loop.run(signal),
      clusterMirror.loop.run(signal),
      credentialKeeper.run(signal),
      watchingMirrors,
      onBus(),
      saving(),
    ],
    stop,
  );
  if (!outer.aborted) throw new CodedError('conflict', 'another spoke took over this cluster');
}

async function openMembership(
  { config, kube, hub, readToken, clock, log }: SpokeDeps,
  facts: () => Facts,
  signal: AbortSignal,
): Promise<Membership> {
  const store = new CredentialStore(kube, config.namespace);
  return Membership.open({ store, hub, hubKey: config.hubKey, readToken, facts, clock, log }, signal);
}

/** What the bus is shown at a login, remembered until it is connected. */
function logIn(membership: Membership, login: { iat: number }): { readonly jwt: string; readonly key: KeyPair } {
  login.iat = membership.claims().iat;
  return { jwt: membership.credential.jwt, key: membership.key };
}

/** The record that came with the join, so that a broker cannot feed an old history to a new spoke. */
function firstMember(membership: Membership, keys: TrustedKeys): HeldDocument {
  const { id, member } = membership.credential;
  const document = openDocument(
    new Uint8Array(Buffer.from(member, 'base64')),
    desiredSubject(clusterAnchor(id as ClusterId), memberDoc),
    keys,
  );
  return { ...document, receivedMs: 0, verifiedMs: 0 };
}

async function readFacts(kube: Kube, signal: AbortSignal): Promise<Facts> {
  const { gitVersion, platform } = await kube.version(signal);
  const system = await kube.get(ownRef(namespaceKind, '', 'kube-system'), signal);
  const uid = (system?.['metadata'] as { readonly uid?: string } | undefined)?.uid ?? '';
  return { kubernetesVersion: gitVersion, platform, spokeVersion: programVersion, kubeSystemUid: uid, permissions: 'Standard' };
}

async function watchKind(kube: Kube, watches: WatchOwned, name: string, signal: AbortSignal): Promise<void> {
  const [apiVersion = '', kind = ''] = name.split(' ');
  const ref = await kube.kindOf(apiVersion, kind, signal);
  if (ref !== undefined) watches.watch(ref);
}

/** A bug anywhere ends the process; the stop of one part ends the others. */
async function ended(signal: AbortSignal, parts: readonly Promise<unknown>[], stop: AbortController): Promise<void> {
  try {
    await Promise.all(parts);
  } catch (error) {
    if (!signal.aborted || !isCoded(error)) throw error;
  } finally {
    stop.abort();
  }
}

function logAway(error: unknown, log: Log): void {
  if (!isCoded(error)) throw error;
  log.warn('the state was not stored; it is tried again', { code: error.code, because: error.message });
}

function metricsOf(inbox: Inbox, owned: OwnedObjects, outbox: Outbox): Readonly<Record<string, number>> {
  return {
    accord_spoke_caught_up: Number(inbox.isCaughtUp()),
    accord_spoke_owned_objects: owned.size,
    accord_spoke_policies: [...outbox.reports()].length,
    accord_spoke_waiting_outcomes: outbox.waiting,
    process_resident_memory_bytes: process.memoryUsage.rss(),
  };
}
