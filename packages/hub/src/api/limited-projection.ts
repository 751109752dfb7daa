import { seesCluster, seesPolicy, seesRow, type Access } from '@accord/core/access/access';
import { clusterRecord, emptyRegistry, type Registry } from '@accord/core/registry/registry';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { Notice, Projection } from '../views/projection.ts';
import type { ShownProjection } from './views.ts';

/** The projection as far as bindings reach: what is outside of them is as if it were not there. */
export class LimitedProjection implements ShownProjection {
  readonly #whole: Projection;
  readonly #access: Access;
  /** Policies and clusters, kept up with each fact: to choose them again from a whole fleet at each read takes too long. */
  readonly #seen = emptyRegistry();
  readonly #listeners = new Set<(notice: Notice) => void>();

  constructor(whole: Projection, access: Access, signal: AbortSignal) {
    this.#whole = whole;
    this.#access = access;
    for (const name of whole.registry.policies.keys()) this.#lookAtPolicy(name);
    for (const id of whole.registry.clusters.keys()) this.#lookAtCluster(id);
    whole.onNotice((notice) => {
      if (notice.type === 'policy') this.#lookAtPolicy(notice.policy);
      if (notice.type === 'cluster') this.#lookAtCluster(notice.id);
      // Each is judged once, however many listen.
      if (this.#listeners.size > 0 && this.#concerns(notice)) for (const listener of this.#listeners) listener(notice);
    }, signal);
  }

  /** Names, invitations and tokens belong to the whole fleet. */
  get registry(): Registry {
    const { epoch, seq } = this.#whole.registry;
    return Object.assign(this.#seen, { epoch, seq });
  }

  get reported(): Projection['reported'] {
    return this.#whole.reported;
  }

  get presence(): Projection['presence'] {
    return this.#whole.presence;
  }

  connectionOf: Projection['connectionOf'] = (id) => this.#whole.connectionOf(id);
  syncOf: Projection['syncOf'] = (id) => this.#whole.syncOf(id);

  shows = (policy: PolicyName, id: ClusterId): boolean => {
    const cluster = this.#whole.registry.clusters.get(id);
    return cluster !== undefined && seesRow(this.#access, policy, clusterRecord(cluster.body).labels);
  };

  onNotice(listener: (notice: Notice) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  #lookAtPolicy(name: PolicyName): void {
    const policy = this.#whole.registry.policies.get(name);
    if (policy !== undefined && seesPolicy(this.#access, name)) this.#seen.policies.set(name, policy);
    else this.#seen.policies.delete(name);
  }

  #lookAtCluster(id: ClusterId): void {
    const cluster = this.#whole.registry.clusters.get(id);
    if (cluster === this.#seen.clusters.get(id)) return;
    if (cluster !== undefined && seesCluster(this.#access, clusterRecord(cluster.body).labels)) this.#seen.clusters.set(id, cluster);
    else this.#seen.clusters.delete(id);
  }

  #concerns(notice: Notice): boolean {
    switch (notice.type) {
      case 'policy':
        return seesPolicy(this.#access, notice.policy);
      case 'cluster':
        return this.#seen.clusters.has(notice.id);
      case 'change':
        return notice.of.kind === 'policy' ? seesPolicy(this.#access, notice.of.policy) : this.#seen.clusters.has(notice.of.id);
      case 'row':
        return this.shows(notice.policy, notice.id);
      case 'heal':
        return this.shows(notice.heal.policy as PolicyName, notice.heal.cluster);
    }
  }
}
