import { compileGrants, type CompiledGrants, type PolicyGrant } from '@accord/core/access/compile-grants';
import type { ClusterFact, PolicyFact } from '@accord/core/registry/facts';
import { clusterRecord, type Recorded } from '@accord/core/registry/registry';
import type { ClusterRecord } from '@accord/proto/cluster';

/** Outcomes of one policy that are kept: one for each cluster of a large fleet, and as many again from before clusters were relabelled. */
const outcomesMax = 20_000;

/** What policies give, compiled once for each of their facts, and forgotten with it. */
export class GrantCache {
  readonly #compiled = new WeakMap<Recorded<PolicyFact>, CompiledGrants>();
  readonly #records = new WeakMap<Recorded<ClusterFact>, ClusterRecord>();

  grantsOn(policy: Recorded<PolicyFact>, cluster: Recorded<ClusterFact>): readonly PolicyGrant[] {
    return this.#compiledOf(policy).on(this.#recordOf(cluster));
  }

  #compiledOf(policy: Recorded<PolicyFact>): CompiledGrants {
    const known = this.#compiled.get(policy);
    if (known !== undefined && known.size <= outcomesMax) return known;
    const { name, spec } = policy.body;
    const fresh = compileGrants({ name, spec });
    this.#compiled.set(policy, fresh);
    return fresh;
  }

  #recordOf(cluster: Recorded<ClusterFact>): ClusterRecord {
    const known = this.#records.get(cluster);
    if (known !== undefined) return known;
    const record = clusterRecord(cluster.body);
    this.#records.set(cluster, record);
    return record;
  }
}
