import { randomBytes, randomUUID } from 'node:crypto';
import { MemoryBroker } from '@accord/bus/memory-broker';
import { MemoryBus } from '@accord/bus/memory-bus';
import { decideChangeCluster, type ClusterWrite } from '@accord/core/cluster/decide-cluster';
import { decideInvite } from '@accord/core/cluster/decide-invite';
import { decideHold, decideUnhold, type HoldScope } from '@accord/core/cluster/decide-holds';
import { decideForceLeave, decideLeave, decideStay } from '@accord/core/cluster/decide-leave';
import { decideDeletePolicy, decidePutPolicy } from '@accord/core/policy/decide-policy';
import { parsePolicySpec } from '@accord/core/policy/parse-policy';
import type { Draft } from '@accord/core/registry/draft';
import type { ClusterFact } from '@accord/core/registry/facts';
import { clusterByName } from '@accord/core/registry/registry';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { LeaveMode } from '@accord/proto/member';
import { tokenHash } from '@accord/proto/join';
import { trustKeys } from '@accord/proto/seal';
import { indexSubject, type Anchor, type Stream } from '@accord/proto/subjects';
import { CodedError } from '@accord/proto/coded-error';
import { allowLabel, holdReasonAnnotation, holdUntilAnnotation } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { Meter } from '@accord/runtime/metrics/meter';
import { FakeMonitor } from '../../packages/hub/src/connections/fake-monitor.ts';
import { Database } from '../../packages/hub/src/history/database.ts';
import { HistoryStore } from '../../packages/hub/src/history/history-store.ts';
import type { HighWater } from '../../packages/hub/src/intent/high-water.ts';
import { writeDecision } from '../../packages/hub/src/intent/write.ts';
import { runHub, type Hub } from '../../packages/hub/src/run-hub.ts';
import type { Health } from '../../packages/spoke/src/health.ts';
import { FakeCluster } from '../../packages/spoke/src/kube/fake-cluster.ts';
import { FakeKube } from '../../packages/spoke/src/kube/fake-kube.ts';
import { allSpokeMetrics } from '../../packages/spoke/src/metrics/spoke-metrics.ts';
import { runSpoke } from '../../packages/spoke/src/run-spoke.ts';
import { confirmEpoch, confirmRemoval } from './confirmations.ts';
import { createFakeIdentity } from './fake-identity.ts';
import { turns, untilIdle } from './until-idle.ts';
import { busOf, jobKind, spokeConfig, type ScenarioCluster } from './scenario-cluster.ts';

const startMs = Date.UTC(2026, 0, 1);

/** The whole fleet in one process: the real hub and the real spokes, on a bus and API servers in memory, in a time that stands still. */
export class ScenarioFleet {
  readonly clock = new ManualClock(startMs);
  readonly log = new ListLog();
  readonly broker = new MemoryBroker(this.clock);
  readonly clusters = new Map<string, ScenarioCluster>();
  /** What a scenario keeps from being answered, by cluster and object. */
  readonly held = new Map<string, () => void>();
  readonly #identity = createFakeIdentity(() => this.clock.now());
  readonly #highWater = {
    mark: { intentSeq: 0, intentDigest: '', fleetSeq: 0, epoch: 0 } as HighWater,
    raise: (next: Partial<HighWater>) => Object.assign(this.#highWater.mark, next),
  };
  readonly #monitor = new FakeMonitor();
  readonly #failures: unknown[] = [];
  #guardrails = 0;
  #hub: Hub | undefined;
  #hubStop = new AbortController();

  get hub(): Hub {
    if (this.#hub === undefined) throw new CodedError('unavailable', 'the hub is down');
    return this.#hub;
  }

  async startHub(): Promise<void> {
    this.#hubStop = new AbortController();
    const { clock, log } = this;
    const bus = new MemoryBus(this.broker, clock);
    const keys = trustKeys([this.#identity.desiredPublicKey]);
    const historyStore = new HistoryStore(new Database(':memory:'), { keys, log });
    const starting = runHub(
      {
        ...{
          bus,
          monitor: this.#monitor,
          identity: this.#identity,
          busPlace: { servers: ['memory'] },
          highWater: this.#highWater,
          historyStore,
          clock,
          log,
        },
        onFact: () => undefined,
        revocations: () => ({ count: this.#identity.revoked.size, max: 5_000 }),
      },
      this.#hubStop.signal,
    );
    this.#hub = await starting;
    this.#hub.done.catch((error: unknown) => this.#failures.push(error));
  }

  async stopHub(): Promise<void> {
    this.#hubStop.abort();
    await this.settle();
    this.#hub = undefined;
  }

  async addCluster(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    const token = await this.#invite(name, labels);
    const kube = new FakeKube(new FakeCluster({ uidPrefix: name, now: () => this.clock.now(), kinds: [jobKind] }));
    this.clusters.set(name, { name, kube, token, bus: undefined, stop: undefined, done: Promise.resolve(), isCut: false });
    await this.startSpoke(name);
  }

  /** A new token for a cluster that has left, under a name that may be another one. */
  async rejoin(name: string, as: string, labels: Readonly<Record<string, string>>): Promise<void> {
    this.cluster(name).token = await this.#invite(as, labels);
    await this.pass(6);
  }

  async #invite(name: string, labels: Readonly<Record<string, string>>): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const spec = { mode: 'Enforce' } as const;
    await this.write(() =>
      decideInvite(this.hub.projection.registry, {
        cluster: name,
        labels,
        spec,
        tokenHash: tokenHash(token),
        nowMs: this.clock.now(),
        expiresInMs: 3_600_000,
      }),
    );
    return token;
  }

  async startSpoke(name: string): Promise<void> {
    const cluster = this.cluster(name);
    const stop = new AbortController();
    const { clock, log } = this;
    const hub = {
      join: (token: string, body: Parameters<Hub['join']['join']>[1]) => this.hub.join.join(token, body),
      renew: (body: Parameters<Hub['join']['renew']>[0]) => this.hub.join.renew(body),
    };
    const deps = {
      config: spokeConfig(this.#identity.hubKey),
      kube: cluster.kube,
      connectBus: busOf(cluster, this.broker, clock),
      hub,
      readToken: async () => cluster.token,
      meter: new Meter(allSpokeMetrics),
      serveHealth: ({ note }: Health) => void (cluster.note = note),
      clock,
      log,
      random: () => 0.5,
    };
    cluster.stop = stop;
    cluster.done = runSpoke(deps, stop.signal).catch(
      (error: unknown) => void (stop.signal.aborted ? undefined : this.#failures.push(error)),
    );
    await this.settle();
  }

  async stopSpoke(name: string): Promise<void> {
    const cluster = this.cluster(name);
    cluster.stop?.abort();
    await this.settle();
    if (cluster.bus !== undefined) this.broker.disconnect(cluster.bus);
    await cluster.done;
  }

  cluster(name: string): ScenarioCluster {
    const cluster = this.clusters.get(name);
    if (cluster === undefined) throw new Error(`there is no cluster ${name}`);
    return cluster;
  }

  async put(name: string, spec: unknown): Promise<void> {
    const parsed = parsePolicySpec(spec);
    if (parsed.outcome === 'invalid') throw new Error(parsed.faults.map(({ message }) => message).join('; '));
    const policy = name as PolicyName;
    await this.write(() =>
      decidePutPolicy(this.hub.projection.registry, {
        name: policy,
        meta: { labels: {}, annotations: {} },
        spec: parsed.spec,
        uid: randomUUID(),
        nowMs: this.clock.now(),
      }),
    );
  }

  async delete(name: string): Promise<void> {
    await this.write(() => decideDeletePolicy(this.#policy(name), this.clock.now()));
  }

  async confirmRemoval(name: string, count: number): Promise<void> {
    await this.write(() => confirmRemoval(this.hub.projection.reported, this.#policy(name), count));
  }

  async confirmEpoch(): Promise<void> {
    await this.write(() => confirmEpoch(this.hub.projection.registry));
  }

  async suspend(name: string, suspended: boolean): Promise<void> {
    await this.put(name, { ...this.#policy(name).body.spec, suspended });
  }

  async pause(name: string, paused: boolean): Promise<void> {
    await this.#changeCluster(name, ({ labels, meta, spec }) => ({ labels, annotations: meta.annotations, spec: { ...spec, paused } }));
  }

  /** An operator holds a policy, one object of it or, without a policy, everything on a cluster for so many seconds. */
  async hold(cluster: string, scope: HoldScope, seconds: number): Promise<void> {
    const untilMs = this.clock.now() + seconds * 1_000;
    await this.write(() => decideHold(this.#joined(cluster), { ...scope, untilMs, reason: 'INC-2', by: 'ann' }, this.clock.now()));
  }

  async unhold(cluster: string, scope: HoldScope): Promise<void> {
    await this.write(() => decideUnhold(this.#joined(cluster), scope, this.clock.now()));
  }

  /** Somebody in the cluster keeps an object as it is for so many seconds; without a number no longer. */
  holdLocally(cluster: string, key: ObjectKey, seconds: string): void {
    const until = seconds === '' ? null : new Date(this.clock.now() + Number(seconds) * 1_000).toISOString();
    const annotations = { [holdUntilAnnotation]: until, [holdReasonAnnotation]: until === null ? null : 'INC-1' };
    this.cluster(cluster).kube.cluster.edit(key, 'kubectl', { metadata: { annotations } });
  }

  guard(name: string, spec: JsonObject | undefined): void {
    const { cluster } = this.cluster(name).kube;
    const generation = (this.#guardrails += 1);
    if (spec === undefined) cluster.drop(objectKey('accord.dev', 'Guardrail', undefined, 'default'));
    else cluster.create({ apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default', generation }, spec }, 'owner');
  }

  labelNamespace(cluster: string, name: string, labels: Readonly<Record<string, string>>): void {
    const { open: _consent, ...others } = labels;
    const all = { ...others, ...('open' in labels && { [allowLabel]: 'true' }) };
    this.cluster(cluster).kube.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: all } }, 'kubectl');
  }

  /** From now on nobody who asks for all namespaces is answered, until the returned function is called. */
  hideNamespaces(cluster: string): () => void {
    const { kube } = this.cluster(cluster);
    const { promise, resolve } = Promise.withResolvers<void>();
    const watch = kube.watch.bind(kube);
    kube.watch = async (kind, selection, onEvent, signal) => {
      if (kind.kind === 'Namespace' && selection.labelSelector === undefined) await promise;
      return watch(kind, selection, onEvent, signal);
    };
    return resolve;
  }

  async leave(name: string, mode: LeaveMode): Promise<void> {
    await this.write(() => decideLeave(this.#joined(name), { mode, nowMs: this.clock.now() }));
  }

  async stay(name: string): Promise<void> {
    await this.write(() => decideStay(this.#joined(name), false));
  }

  async forceLeave(name: string): Promise<void> {
    await this.write(() => decideForceLeave(this.#joined(name), [], { nowMs: this.clock.now(), usedIat: 0 }));
  }

  /** What the streams hold of a cluster that is or was a member under this name, and whether its credential is dead. */
  storedOf(name: string): readonly string[] {
    const { clusters, left } = this.hub.projection.registry;
    return [...clusters.values(), ...left.values()]
      .filter(({ body }) => body.name === name)
      .map(({ body: { id, publicKey } }, at) => {
        const counts = (['FLEET', 'REPORTS', 'OUTCOMES'] as const).map((stream) => {
          const { messages } = this.broker.backup(stream);
          // The members of its sets are told for a while that it has gone.
          const ofIt = messages.filter(({ subject }) => subject.split('.').includes(id) && !subject.startsWith('desired.r.'));
          return `${ofIt.length} in ${stream}`;
        });
        return `${name} #${at + 1}: ${counts.join(', ')}${this.#identity.revoked.has(publicKey) ? ', revoked' : ''}`;
      });
  }

  /** Of a policy, or of a cluster. */
  async setMode(name: string, mode: 'Enforce' | 'Inform'): Promise<void> {
    if (this.clusters.has(name))
      return this.#changeCluster(name, ({ labels, meta, spec }) => ({ labels, annotations: meta.annotations, spec: { ...spec, mode } }));
    await this.put(name, { ...this.#policy(name).body.spec, mode });
  }

  async relabel(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await this.#changeCluster(name, ({ spec }) => ({ labels, annotations: {}, spec }));
  }

  async #changeCluster(name: string, change: (before: ClusterFact) => Omit<ClusterWrite, 'nextIat'>): Promise<void> {
    const nextIat = Math.floor(this.clock.now() / 1000) + 1;
    await this.write(() => {
      const current = this.#joined(name);
      return decideChangeCluster(current, { ...change(current.body), nextIat });
    });
  }

  async write(decide: () => readonly Draft[]): Promise<void> {
    const author = { actor: 'test', reason: '', source: '', traceparent: '', requestId: randomUUID(), requestDigest: new Uint8Array() };
    await writeDecision(this.hub.intent, decide, author);
    await this.settle();
  }

  cut(name: string, isCut: boolean): void {
    const cluster = this.cluster(name);
    cluster.isCut = isCut;
    if (cluster.bus === undefined) return;
    if (isCut) this.broker.disconnect(cluster.bus);
    else this.broker.connect(cluster.bus);
  }

  async garble(anchor: string): Promise<void> {
    const bus = new MemoryBus(this.broker, this.clock);
    await bus.append([{ subject: indexSubject(anchor as Anchor), body: new TextEncoder().encode('nobody signed this') }], randomUUID());
  }

  wipe(stream: Stream): void {
    this.broker.wipe(stream);
  }

  /** Lets everything happen that needs no time. A bug in any part fails the scenario. */
  async settle(): Promise<void> {
    await untilIdle();
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  /** Moves time in steps that no lease and no beat can miss. */
  async pass(seconds: number): Promise<void> {
    for (let ms = 0; ms < seconds * 1000; ms += 500) {
      this.clock.advance(500);
      await turns(15);
    }
    await this.settle();
  }

  async stop(): Promise<void> {
    for (const { stop } of this.clusters.values()) stop?.abort();
    this.#hubStop.abort();
    this.clock.advance(60_000);
    await this.settle();
  }

  #joined(name: string) {
    const current = clusterByName(this.hub.projection.registry, name);
    if (current === undefined) throw new Error(`${name} has not joined`);
    return current;
  }

  #policy(name: string) {
    const policy = this.hub.projection.registry.policies.get(name as PolicyName);
    if (policy === undefined) throw new Error(`there is no policy ${name}`);
    return policy;
  }
}
