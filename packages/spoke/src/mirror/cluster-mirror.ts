import type { HeldDocument } from '@accord/core/desired/desired-set';
import { isCoded } from '@accord/proto/coded-error';
import { statusFieldManager } from '@accord/proto/labels';
import { parseMember } from '@accord/proto/member';
import type { AnchorPosition, Facts, PolicyReport } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Kube } from '../kube/kube.ts';
import { clusterRef, type MirrorStore } from './mirror-store.ts';

export interface ClusterMirrorDeps {
  readonly kube: Kube;
  readonly mirrors: MirrorStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly instance: string;
  readonly facts: () => Facts;
  readonly reports: () => Iterable<PolicyReport>;
  readonly anchors: () => readonly AnchorPosition[];
  readonly isCaughtUp: () => boolean;
  readonly epoch: () => number;
}

/** Status moves on transitions; N clusters must not write N² heartbeats. */
const refreshMs = 300_000;

/** Keeps the Cluster object of this cluster itself: its signed record, and a status that kubectl can show. */
export class ClusterMirror {
  readonly #deps: ClusterMirrorDeps;
  #document: HeldDocument | undefined;
  #said = '';
  readonly loop: Loop<'cluster'>;

  constructor(deps: ClusterMirrorDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop({
      name: 'cluster mirror',
      pass: (_keys, signal) => this.#pass(signal),
      allKeys: () => ['cluster' as const],
      everythingMs: refreshMs,
      retryMsFirst: 500,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  setRecord(document: HeldDocument): void {
    this.#document = document;
    this.loop.mark('cluster');
  }

  async #pass(signal: AbortSignal): Promise<ReadonlySet<'cluster'>> {
    const document = this.#document;
    if (document === undefined) return new Set();
    const member = parseMember(document.body);
    const written = await this.#deps.mirrors.writeCluster(member, document, signal);
    if (!('meta' in written)) {
      this.#deps.log.warn('the record of this cluster was not mirrored', { because: written.because });
      return new Set(['cluster']);
    }
    const said = this.#status();
    const essence = JSON.stringify({ ...said, lastSeenTime: '', conditions: '' });
    if (essence === this.#said) return new Set();
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'Cluster', metadata: { name: member.cluster.name }, status: said };
    try {
      const answer = await this.#deps.kube.apply(
        clusterRef(member.cluster.name),
        body,
        { fieldManager: statusFieldManager, subresource: 'status' },
        signal,
      );
      if (!('meta' in answer)) return new Set(['cluster']);
    } catch (error) {
      if (!isCoded(error)) throw error;
      return new Set(['cluster']);
    }
    this.#said = essence;
    return new Set();
  }

  #status() {
    const { clock, facts, reports, anchors, isCaughtUp, epoch, instance } = this.#deps;
    const { kubernetesVersion, platform, spokeVersion, kubeSystemUid, permissions } = facts();
    const all = [...reports()];
    const count = (...states: readonly string[]): number => all.filter(({ state }) => states.includes(state)).length;
    const applied = count('Applied');
    const now = new Date(clock.now()).toISOString();
    const condition = { type: 'Ready', status: 'True', reason: 'SpokeConnected', message: '', lastTransitionTime: now };
    return {
      ready: 'True',
      ...(kubeSystemUid === '' ? {} : { kubeSystemUID: kubeSystemUid }),
      lastSeenTime: now,
      version: { kubernetes: kubernetesVersion, platform },
      spoke: { version: spokeVersion, instance, permissions },
      sync: {
        epoch: epoch(),
        inSync: isCaughtUp(),
        anchors: anchors().map(({ anchor, epoch: ofAnchor, version }) => ({ name: anchor, epoch: ofAnchor, version })),
      },
      policies: {
        total: all.length,
        applied,
        drifted: 0,
        failed: count('Failed', 'Refused', 'Stalled'),
        pending: count('Pending', 'Applying', 'Retrying'),
      },
      display: { policies: `${applied}/${all.length}` },
      conditions: [condition],
    };
  }
}
