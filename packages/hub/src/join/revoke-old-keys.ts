import { decideOldKeysRevoked } from '@accord/core/cluster/decide-cluster';
import { iatAheadSecondsMax } from '@accord/core/cluster/decide-revoke';
import type { ClusterFact } from '@accord/core/registry/facts';
import { sha256 } from '@accord/proto/canonical';
import type { ClusterId } from '@accord/proto/ids';
import { Loop } from '@accord/runtime/loop';
import type { Connections } from '../connections/connections.ts';
import type { ReplaceDeps } from './replace-credentials.ts';
import { writeDecision } from '../intent/write.ts';

export interface OldKeyDeps extends Omit<ReplaceDeps, 'publish' | 'isRotating'> {
  readonly connections: Pick<Connections, 'linkOf'>;
}

/** A cluster that replaced its key switches within milliseconds; one that does not is cut, and then comes back with the new key. */
const switchMsMax = 5_000;

/**
 * After a cluster joined again or replaced its key: has the servers refuse the keys that it had before.
 *
 * What is left to do stands in the cluster's own fact, so a hub that died in the middle goes on.
 */
export class OldKeyRevoker {
  readonly #deps: OldKeyDeps;
  readonly loop: Loop<ClusterId>;

  constructor(deps: OldKeyDeps) {
    this.#deps = deps;
    const { clock, log, projection } = deps;
    this.loop = new Loop<ClusterId>({
      name: 'old-keys',
      pass: async (ids, signal) => {
        await Promise.all([...ids].map((id) => this.#revoke(id, signal)));
        return new Set();
      },
      allKeys: () => projection.registry.clusters.keys(),
      everythingMs: 600_000,
      retryMsFirst: 500,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  async #revoke(id: ClusterId, signal: AbortSignal): Promise<void> {
    const { identity, intent, projection, clock, log } = this.#deps;
    const cluster = projection.registry.clusters.get(id);
    const keys = cluster?.body.keysToRevoke ?? [];
    if (cluster === undefined || keys.length === 0) return;
    // A key that was lost, or may be in other hands, is given no time.
    if (keys.every((key) => cluster.body.replacedKeys?.some(({ publicKey }) => publicKey === key)))
      await this.#switched(cluster.body, signal);
    if (signal.aborted) return;
    const nowSecond = Math.ceil(clock.now() / 1_000);
    // The key is never used again, so nothing is lost by a time that is to come.
    await Promise.all(keys.map((key) => identity.revoke(key, Math.max(identity.lastIat(key), nowSecond + 2 * iatAheadSecondsMax))));
    const digest = sha256(keys.join());
    const author = {
      ...{ actor: 'hub', reason: 'the cluster has another key', source: '' },
      ...{ traceparent: cluster.change.traceparent, requestId: `old-keys.${id}.${cluster.seq}`, requestDigest: digest },
    };
    const current = (): typeof cluster => projection.registry.clusters.get(id) ?? cluster;
    await writeDecision(intent, () => decideOldKeysRevoked(current(), keys), author);
    log.info('the old key of a cluster was revoked', { cluster: cluster.body.name, id });
  }

  /** Resolves when the cluster is connected with its new key, or has had the time for it. */
  async #switched({ id, publicKey }: ClusterFact, signal: AbortSignal): Promise<void> {
    const { connections, projection, clock } = this.#deps;
    const deadline = clock.now() + switchMsMax;
    const isWaiting = (): boolean => (connections.linkOf(publicKey)?.open ?? 0) === 0 && projection.connectionOf(id).state !== 'offline';
    while (!signal.aborted && clock.now() < deadline && isWaiting()) await clock.sleep(20, signal);
  }
}
