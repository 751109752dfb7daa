import { revokedUntil } from '@accord/core/cluster/decide-revoke';
import type { Registry } from '@accord/core/registry/registry';
import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { Loop } from '@accord/runtime/loop';
import type { Connections } from '../connections/connections.ts';
import type { HubIdentity } from '../join/hub-identity.ts';

export interface RevokerDeps {
  readonly registry: Registry;
  readonly identity: Pick<HubIdentity, 'revoke'>;
  readonly connections: Pick<Connections, 'kick' | 'kickAll'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** No token lives longer than 24 hours, and an entry of the claims is kept for 25. */
const keepMs = 25 * 3_600_000;

/**
 * Carries out what the registry says: cuts a cluster whose access was taken away, and sees that the server never lets it in again.
 *
 * What is left to do follows from the registry alone, so a hub that died in the middle goes on at its next start.
 */
export class Revoker {
  readonly #deps: RevokerDeps;
  readonly #cuts = new Map<ClusterId, { readonly until: number; readonly done: Promise<void> }>();
  readonly loop: Loop<ClusterId>;

  constructor(deps: RevokerDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    this.loop = new Loop<ClusterId>({
      name: 'revocations',
      pass: (ids) => this.#pass(ids),
      allKeys: () => this.#recent(),
      everythingMs: 600_000,
      retryMsFirst: 500,
      retryMsMax: 30_000,
      clock,
      log,
    });
  }

  /**
   * Resolves when the server has cut this cluster and lets it in no more; at once where nothing is to be done. Rejects with
   * `unavailable`, `timeout` or `conflict`; the loop, which the fact has woken, tries again then.
   */
  async cut(id: ClusterId): Promise<void> {
    const cluster = this.#deps.registry.clusters.get(id)?.body;
    const until = cluster === undefined ? undefined : revokedUntil(cluster);
    if (cluster === undefined || until === undefined) return;
    const known = this.#cuts.get(id);
    if (known?.until === until) return known.done;
    const done = this.#cut(cluster, until);
    this.#cuts.set(id, { until, done });
    try {
      await done;
    } catch (error) {
      if (this.#cuts.get(id)?.done === done) this.#cuts.delete(id);
      throw error;
    }
  }

  async #cut({ publicKey, name }: { readonly publicKey: string; readonly name: string }, until: number): Promise<void> {
    const { identity, connections, log } = this.#deps;
    // It comes straight back, until the claims are there. But most clients need seconds for that.
    await connections.kick(publicKey).catch((error: unknown) => {
      if (!isCoded(error)) throw error;
      log.warn('a revoked cluster was not cut at once; its key is revoked next', { cluster: name, code: error.code, error });
    });
    await identity.revoke(publicKey, until);
    // Whoever came back in between.
    await connections.kickAll(publicKey);
    log.info('the access of a cluster is cut', { cluster: name });
  }

  async #pass(ids: ReadonlySet<ClusterId>): Promise<ReadonlySet<ClusterId>> {
    const unsettled = new Set<ClusterId>();
    const cutOne = async (id: ClusterId): Promise<void> => {
      try {
        await this.cut(id);
      } catch (error) {
        if (!isCoded(error)) throw error;
        this.#deps.log.warn('the access of a cluster is not cut yet', { id, code: error.code, error });
        unsettled.add(id);
      }
    };
    // Side by side, so that one push carries them all.
    await Promise.all([...ids].map(cutOne));
    return unsettled;
  }

  *#recent(): Iterable<ClusterId> {
    const { registry, clock } = this.#deps;
    for (const [id, { body }] of registry.clusters) if ((revokedUntil(body) ?? 0) * 1_000 + keepMs > clock.now()) yield id;
  }
}
