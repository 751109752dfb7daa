import { compileGrants, type CompiledGrants, type PolicyGrant } from '@accord/core/access/compile-grants';
import type { ClusterFact, PolicyFact } from '@accord/core/registry/facts';
import { clusterRecord, type Recorded, type Registry } from '@accord/core/registry/registry';
import type { ClusterRecord } from '@accord/proto/cluster';
import type { PolicyName } from '@accord/proto/ids';

interface Kept {
  readonly policy: Recorded<PolicyFact>;
  readonly compiled: CompiledGrants;
}

/** Outcomes and grants of all policies that are kept. Each takes some 420 bytes: 200 MB at most. */
const keptMax = 500_000;

/** What policies give, compiled once for each of their facts, and forgotten with it. */
export class GrantCache {
  readonly #registry: Pick<Registry, 'policies'>;
  readonly #max: number;
  readonly #compiled = new Map<PolicyName, Kept>();
  readonly #records = new WeakMap<Recorded<ClusterFact>, ClusterRecord>();

  /** Of the whole fleet, whoever asks. */
  constructor(registry: Pick<Registry, 'policies'>, max = keptMax) {
    this.#registry = registry;
    this.#max = max;
  }

  grantsOn(policy: Recorded<PolicyFact>, cluster: Recorded<ClusterFact>): readonly PolicyGrant[] {
    return this.#compiledOf(policy).on(this.#recordOf(cluster));
  }

  /** How many outcomes and grants are kept. */
  get size(): number {
    return [...this.#compiled.values()].reduce((sum, { compiled }) => sum + compiled.size, 0);
  }

  /** To be called after all clusters of a policy. What was compiled last goes first: the next reader begins with the others. */
  trim(last: PolicyName): void {
    for (const [name, { policy }] of this.#compiled) if (this.#registry.policies.get(name) !== policy) this.#compiled.delete(name);
    if (this.size > this.#max) this.#compiled.delete(last);
  }

  #compiledOf(policy: Recorded<PolicyFact>): CompiledGrants {
    const { name, spec } = policy.body;
    const known = this.#compiled.get(name);
    if (known?.policy === policy) return known.compiled;
    const compiled = compileGrants({ name, spec });
    this.#compiled.set(name, { policy, compiled });
    return compiled;
  }

  #recordOf(cluster: Recorded<ClusterFact>): ClusterRecord {
    const known = this.#records.get(cluster);
    if (known !== undefined) return known;
    const record = clusterRecord(cluster.body);
    this.#records.set(cluster, record);
    return record;
  }
}
