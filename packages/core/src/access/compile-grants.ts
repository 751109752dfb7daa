import type { Json } from '@accord/proto/canonical';
import type { ClusterRecord } from '@accord/proto/cluster';
import { policyParts, type PolicySpec } from '@accord/proto/policy';
import { selectorTest } from '../labels/match-selector.ts';
import { compilePolicy } from '../policy/compile-policy.ts';
import type { Policy } from '../policy/lay-out.ts';
import { templateInputs } from '../policy/template.ts';
import { endingGrantsOf, type EndingGrant } from './grants-of.ts';

/** A grant with its place among others: by subject, then role, then namespace. */
export interface PolicyGrant extends EndingGrant {
  readonly key: string;
}

/** What one revision of a policy gives on clusters. Compiled when it is asked for, and kept. */
export interface CompiledGrants {
  /**
   * Whether the policy selects the cluster is not asked. Nothing where it cannot be compiled. Equal grants are one and the same object,
   * and equal lists of them one and the same list.
   */
  on(cluster: ClusterRecord): readonly PolicyGrant[];
  /** How many outcomes and different grants are kept. */
  readonly size: number;
}

/** Compiles once for all clusters that are the same to the policy: the same overrides select them, and its templates read the same. */
export function compileGrants(policy: Policy): CompiledGrants {
  const outcomeOf = outcomesOf(policy.spec);
  const byOutcome = new Map<string, readonly PolicyGrant[]>();
  const lists = new Map<string, readonly PolicyGrant[]>();
  const grants = new Map<string, PolicyGrant>();
  const compile = (cluster: ClusterRecord): readonly PolicyGrant[] => {
    const compiled = compilePolicy(policy, cluster);
    const given = compiled.outcome === 'compiled' ? endingGrantsOf(compiled.objects).map(withKey) : [];
    const list = given.map((grant) => kept(grants, grant.key, () => grant));
    return kept(lists, list.map(({ key }) => key).join('\n'), () => list);
  };
  return {
    on: (cluster) => kept(byOutcome, outcomeOf(cluster), () => compile(cluster)),
    get size() {
      return byOutcome.size + grants.size;
    },
  };
}

/** A text of everything that can make a policy another one on another cluster. */
function outcomesOf(spec: PolicySpec): (cluster: ClusterRecord) => string {
  const overrides = spec.overrides ?? [];
  const selects = overrides.map(({ clusterSelector }) => selectorTest(clusterSelector));
  const inputsOf = templateInputs([...policyParts.map((part) => spec[part] ?? null), ...overrides.map(({ patch }) => patch)] as Json);
  return (cluster) => {
    const inputs = inputsOf(cluster);
    return selects.length + inputs.length === 0 ? '' : JSON.stringify([...selects.map((test) => test(cluster.labels)), ...inputs]);
  };
}

function withKey(grant: EndingGrant): PolicyGrant {
  const { subject, role, namespace = '', untilMs = 0 } = grant;
  const parts = [subject.kind, subject.name, subject.namespace ?? '', role.kind, role.name, namespace, untilMs];
  return { ...grant, key: JSON.stringify(parts) };
}

function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
