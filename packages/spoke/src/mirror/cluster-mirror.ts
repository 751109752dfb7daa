import type { HeldDocument } from '@accord/core/desired/desired-set';
import { fingerprint } from '@accord/core/drift/fingerprint';
import type { JsonObject } from '@accord/proto/canonical';
import { isCoded } from '@accord/proto/coded-error';
import { fieldManager, statusFieldManager } from '@accord/proto/labels';
import { parseMember, type Member } from '@accord/proto/member';
import type { AnchorPosition, Facts, PolicyReport } from '@accord/proto/messages';
import { sealingStatus } from '@accord/proto/sealing-status';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube, WatchEvent } from '../kube/kube.ts';
import { sizeStatus } from './record-status.ts';
import { clusterRef, type MirrorStore } from './mirror-store.ts';

export interface ClusterMirrorDeps {
  readonly kube: Kube;
  readonly mirrors: MirrorStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly instance: string;
  /** With which this spoke signs; it attests the sealing keys. */
  readonly spokeKey: () => string;
  readonly facts: () => Facts;
  readonly reports: () => Iterable<PolicyReport>;
  readonly anchors: () => readonly AnchorPosition[];
  readonly isCaughtUp: () => boolean;
  /** False once the hub has been silent for too long: nobody tells this cluster of others any more. */
  readonly hearsHub: () => boolean;
  readonly epoch: () => number;
}

/** At most one status write in this time, and only when it says something new: each costs the API server as much as an object of a policy. */
const statusEveryMs = 2_000;
/** The record is written when it changes, and this often in case somebody changed it. N clusters must not write N² heartbeats. */
const recordEveryMs = 300_000;
const hubIsSilent =
  'The hub has not been heard for five minutes: what is shown of other clusters is as of then. Policies stay in force. Look at it with: accord doctor';

/** Keeps the Cluster object of this cluster itself: its signed record, and a status that kubectl can show. */
export class ClusterMirror {
  readonly #deps: ClusterMirrorDeps;
  #document: HeldDocument | undefined;
  #written: { readonly document: HeldDocument; readonly atMs: number; readonly print: string | undefined } | undefined;
  #isRetired = false;
  #said = { essence: '', atMs: 0 };
  readonly loop: Loop<'cluster'>;

  constructor(deps: ClusterMirrorDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop({
      name: 'cluster mirror',
      pass: (_keys, signal) => this.#pass(signal),
      allKeys: () => ['cluster' as const],
      everythingMs: statusEveryMs,
      retryMsFirst: 500,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /** From now on nothing is written: the cluster leaves the fleet. */
  retire(): void {
    this.#isRetired = true;
  }

  /** The cluster stays after all: what was taken away is written again. */
  resume(): void {
    this.#isRetired = false;
    this.#written = undefined;
    this.#said = { essence: '', atMs: 0 };
    this.loop.mark('cluster');
  }

  setRecord(document: HeldDocument): void {
    this.#document = document;
    this.loop.mark('cluster');
  }

  /** Takes what the watch of Clusters shows; those of other clusters are none of its business. */
  onEvent(event: WatchEvent): void {
    const written = this.#written;
    if (event.type === 'listed' || written === undefined || event.ref.name !== parseMember(written.document.body).cluster.name) return;
    if (event.type === 'present' && fingerprint(event.meta.managedFields, fieldManager) === written.print) return;
    this.#written = undefined;
    if (event.type === 'gone') this.#said = { essence: '', atMs: 0 };
    this.loop.mark('cluster');
  }

  async #pass(signal: AbortSignal): Promise<ReadonlySet<'cluster'>> {
    const document = this.#document;
    if (document === undefined || this.#isRetired) return new Set();
    const member = parseMember(document.body);
    const isDone = (await this.#writeRecord(member, document, signal)) && (await this.#writeStatus(member, signal));
    return new Set(isDone ? [] : ['cluster' as const]);
  }

  async #writeRecord(member: Member, document: HeldDocument, signal: AbortSignal): Promise<boolean> {
    const { mirrors, clock, log } = this.#deps;
    const written = this.#written;
    if (written?.document === document && clock.now() - written.atMs < recordEveryMs) return true;
    const answer = await mirrors.writeCluster(member, document, signal);
    if ('meta' in answer) this.#written = { document, atMs: clock.now(), print: fingerprint(answer.meta.managedFields, fieldManager) };
    else log.warn('the record of this cluster was not mirrored', { because: answer.because });
    return 'meta' in answer;
  }

  /** What it does not write yet is written by the next turn of the loop. */
  async #writeStatus({ cluster: { name } }: Member, signal: AbortSignal): Promise<boolean> {
    const { kube, clock } = this.#deps;
    const atMs = clock.now();
    if (atMs - this.#said.atMs < statusEveryMs) return true;
    const status = this.#status();
    const essence = JSON.stringify({ ...status, lastSeenTime: '', conditions: '' });
    if (essence === this.#said.essence) return true;
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'Cluster', metadata: { name }, status };
    try {
      const answer = await kube.apply(clusterRef(name), body, { fieldManager: statusFieldManager, subresource: 'status' }, signal);
      if (!('meta' in answer)) return false;
    } catch (error) {
      if (!isCoded(error)) throw error;
      return false;
    }
    this.#said = { essence, atMs };
    return true;
  }

  #status() {
    const { clock, facts, reports, anchors, isCaughtUp, hearsHub, epoch, instance, spokeKey } = this.#deps;
    const { kubernetesVersion, platform, spokeVersion, kubeSystemUid, permissions, sealingKeys, capacity } = facts();
    const size = sizeStatus(capacity);
    const all = [...reports()];
    const count = (...states: readonly string[]): number => all.filter(({ state }) => states.includes(state)).length;
    const applied = count('Applied');
    const now = new Date(clock.now()).toISOString();
    const message = hearsHub() ? '' : hubIsSilent;
    const condition = { type: 'Ready', status: 'True', reason: 'SpokeConnected', message, lastTransitionTime: now };
    return {
      ready: 'True',
      ...(kubeSystemUid === '' ? {} : { kubeSystemUID: kubeSystemUid }),
      lastSeenTime: now,
      version: { kubernetes: kubernetesVersion, platform },
      spoke: { version: spokeVersion, instance, permissions },
      sync: {
        epoch: epoch(),
        inSync: isCaughtUp() && hearsHub(),
        anchors: anchors().map(({ anchor, epoch: ofAnchor, version }) => ({ name: anchor, epoch: ofAnchor, version })),
      },
      policies: {
        total: all.length,
        applied,
        drifted: count('Drifted'),
        failed: count('Failed', 'Refused', 'Stalled', 'Blocked'),
        pending: count('Pending', 'Received', 'Applying', 'Retrying'),
      },
      sealing: { ...sealingStatus(sealingKeys, spokeKey()) },
      ...size,
      display: { ...(size['display'] as JsonObject | undefined), policies: `${applied}/${all.length}` },
      conditions: [condition],
    };
  }
}
