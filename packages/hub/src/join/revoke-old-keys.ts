import { decideOldKeysRevoked } from '@accord/core/cluster/decide-cluster';
import { iatAheadSecondsMax } from '@accord/core/cluster/decide-revoke';
import { sha256 } from '@accord/proto/canonical';
import type { ClusterId } from '@accord/proto/ids';
import { Loop } from '@accord/runtime/loop';
import type { ReplaceDeps } from './replace-credentials.ts';
import { writeDecision } from '../intent/write.ts';

/**
 * After a cluster joined again: has the servers refuse the keys that it had before.
 *
 * What is left to do stands in the cluster's own fact, so a hub that died in the middle goes on.
 */
export class OldKeyRevoker {
  readonly #deps: Omit<ReplaceDeps, 'publish'>;
  readonly loop: Loop<ClusterId>;

  constructor(deps: Omit<ReplaceDeps, 'publish'>) {
    this.#deps = deps;
    const { clock, log, projection } = deps;
    this.loop = new Loop<ClusterId>({
      name: 'old-keys',
      pass: async (ids) => {
        await Promise.all([...ids].map((id) => this.#revoke(id)));
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

  async #revoke(id: ClusterId): Promise<void> {
    const { identity, intent, projection, clock, log } = this.#deps;
    const cluster = projection.registry.clusters.get(id);
    const keys = cluster?.body.keysToRevoke ?? [];
    if (cluster === undefined || keys.length === 0) return;
    const nowSecond = Math.ceil(clock.now() / 1_000);
    // The key is never used again, so nothing is lost by a time that is to come.
    await Promise.all(keys.map((key) => identity.revoke(key, Math.max(identity.lastIat(key), nowSecond + 2 * iatAheadSecondsMax))));
    const digest = sha256(keys.join());
    const author = {
      ...{ actor: 'hub', reason: 'the cluster joined again with another key', source: '' },
      ...{ traceparent: cluster.change.traceparent, requestId: `old-keys.${id}.${cluster.seq}`, requestDigest: digest },
    };
    const current = (): typeof cluster => projection.registry.clusters.get(id) ?? cluster;
    await writeDecision(intent, () => decideOldKeysRevoked(current(), keys), author);
    log.info('the old key of a cluster was revoked', { cluster: cluster.body.name, id });
  }
}
