import { seesCluster, seesPolicy, seesRow, type Access } from '@accord/core/access/access';
import { clusterRecord, type Registry } from '@accord/core/registry/registry';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import type { Notice, Projection } from '../views/projection.ts';
import type { ShownProjection } from './views.ts';

/** The projection as far as bindings reach: what is outside of them is as if it were not there. */
export class LimitedProjection implements ShownProjection {
  readonly #whole: Projection;
  readonly #access: Access;

  constructor(whole: Projection, access: Access) {
    this.#whole = whole;
    this.#access = access;
  }

  /** As it is now; whoever reads a lot of it asks once. Names, invitations and tokens belong to the whole fleet. */
  get registry(): Registry {
    const { policies, clusters, epoch, seq } = this.#whole.registry;
    return {
      policies: new Map([...policies].filter(([name]) => seesPolicy(this.#access, name))),
      clusters: new Map([...clusters].filter(([, { body }]) => seesCluster(this.#access, clusterRecord(body).labels))),
      ...{ names: new Map(), tokens: new Map(), left: new Map(), apiTokens: new Map(), epoch, seq },
    };
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
    this.#whole.onNotice((notice) => {
      if (this.#concerns(notice)) listener(notice);
    }, signal);
  }

  #concerns(notice: Notice): boolean {
    switch (notice.type) {
      case 'policy':
        return seesPolicy(this.#access, notice.policy);
      case 'cluster': {
        const cluster = this.#whole.registry.clusters.get(notice.id);
        return cluster !== undefined && seesCluster(this.#access, clusterRecord(cluster.body).labels);
      }
      case 'row':
        return this.shows(notice.policy, notice.id);
      case 'heal':
        return this.shows(notice.heal.policy as PolicyName, notice.heal.cluster);
    }
  }
}
