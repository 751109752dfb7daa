import { requireLabels } from '@accord/core/cluster/decide-cluster';
import { decideDeletePolicy, decidePutPolicy } from '@accord/core/policy/decide-policy';
import type { Fault } from '@accord/core/policy/fault';
import { dependencyFaults, dependencyWarnings } from '@accord/core/policy/lint-dependencies';
import { endWarnings } from '@accord/core/policy/grant-end';
import { rivalWarnings } from '@accord/core/desired/rival-warnings';
import { lintPolicy } from '@accord/core/policy/lint';
import { selectionWarnings } from '@accord/core/policy/lint-selection';
import { parsePolicy } from '@accord/core/policy/parse-policy';
import { policyBytes } from '@accord/core/policy/policy-body';
import { versionFaults } from '@accord/core/policy/sealed-secrets';
import type { Policy } from '@accord/core/policy/lay-out';
import type { Draft } from '@accord/core/registry/draft';
import type { PolicyFact } from '@accord/core/registry/facts';
import { clusterRecord, livePolicy, othersOf, type Recorded, type Registry } from '@accord/core/registry/registry';
import { equalJson } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import { apiVersion, policyKind } from '@accord/proto/kube-api';
import { documentBytesMax, type PolicySpec } from '@accord/proto/policy';
import { requireRole } from '../auth.ts';
import { Refusal } from '../refusal.ts';
import type { Fresh } from './resources.ts';
import { readObject, type WrittenObject } from './read-object.ts';
import { requireSeen, type Seen } from './require-seen.ts';

/** What to write, and what to tell the writer besides. */
export interface PolicyDecision {
  readonly drafts: readonly Draft[];
  readonly warnings: readonly string[];
}

/** A policy that was read, defaulted and linted. Rejects with `invalid` or `too-large`, and every fault with its path. */
function checkPolicy(
  input: unknown,
  registry: Registry,
  { pathName, nowMs }: { readonly pathName?: string; readonly nowMs: number },
): { readonly written: WrittenObject; readonly policy: Policy; readonly warnings: readonly string[] } {
  const written = readObject(input, policyKind, pathName);
  const parsed = parsePolicy({ metadata: { name: written.name }, spec: written.spec ?? {} });
  if (parsed.outcome === 'invalid') throw refused(written.name, parsed.faults);
  const policy = { name: parsed.name, spec: parsed.spec };
  const bytes = policyBytes(policy);
  if (bytes > documentBytesMax) {
    throw new Refusal('too-large', `ClusterPolicy ${policy.name} has ${bytes} bytes as canonical JSON, at most ${documentBytesMax}`, {
      help: 'Split the policy.',
    });
  }
  const { faults, warnings } = lintPolicy(policy);
  const others = othersOf(registry, policy.name);
  // Two writes at once may have made a cycle; whoever changes something else of such a policy is not to blame.
  const before = livePolicy(registry, policy.name)?.body.spec.dependsOn ?? [];
  const cycles = equalJson(before, policy.spec.dependsOn ?? []) ? [] : dependencyFaults(policy, others);
  const older = versionFaults(policy.name, registry.policies.get(policy.name)?.body.spec, policy.spec);
  if (faults.length + cycles.length + older.length > 0) throw refused(policy.name, [...faults, ...cycles, ...older]);
  requireLabels(written.labels);
  const records = [...registry.clusters.values()].map(({ body }) => clusterRecord(body));
  const told = [
    ...warnings,
    ...selectionWarnings(policy.spec, records),
    ...endWarnings(policy, nowMs),
    ...dependencyWarnings(policy, others, records),
    ...rivalWarnings({ ...policy, createdAtMs: livePolicy(registry, policy.name)?.body.createdAtMs ?? nowMs }, others, records),
  ].map(({ path, message, help }) => `${path}: ${message} ${help}`.trimEnd());
  const dropped = parsed.dropped.map((path) => `${path} is set by the hub and was left out`);
  return { written, policy, warnings: [...written.warnings, ...dropped, ...told] };
}

/** Creates or changes a policy; `mayExist` is false for POST. */
export function decideWritePolicy(
  registry: Registry,
  input: unknown,
  options: Fresh & { readonly pathName?: string; readonly mustBeNew?: boolean },
): PolicyDecision {
  const { uid, nowMs, caller, pathName, mustBeNew = false } = options;
  const { written, policy, warnings } = checkPolicy(input, registry, { nowMs, ...(pathName === undefined ? {} : { pathName }) });
  const { name, spec } = policy;
  const current = livePolicy(registry, name);
  if (mustBeNew && current !== undefined) {
    throw new Refusal('exists', `clusterpolicies.accord.dev "${name}" already exists`, { help: 'Change it with: kubectl apply -f FILE' });
  }
  requireSeen(policyKind, name, written, seenOf(current ?? registry.policies.get(name)));
  if (takesRisks(current?.body.spec, spec)) requireRole(caller, 'admin', 'a policy that acknowledges risks');
  const meta = { labels: written.labels, annotations: written.annotations };
  return { drafts: decidePutPolicy(registry, { name, meta, spec, uid, nowMs }), warnings };
}

/** Who may not acknowledge a risk may not put something else under what was acknowledged either; but anybody may stop it. */
function takesRisks(before: PolicySpec | undefined, after: PolicySpec): boolean {
  const isAcknowledged = [before, after].some((spec) => (spec?.acknowledgeRisks ?? []).length > 0);
  return isAcknowledged && !equalJson({ ...before, suspended: true }, { ...after, suspended: true });
}

/** The object to which a merge patch is applied: what people wrote, with defaults. Rejects with `not-found`. */
export function patchablePolicy(registry: Registry, name: string): unknown {
  const { body } = requirePolicy(registry, name);
  return {
    apiVersion,
    kind: policyKind.kind,
    metadata: { name, labels: body.meta.labels, annotations: body.meta.annotations },
    spec: body.spec,
  };
}

/** Buries a policy. Nothing to do when that was done before. */
export function decideRemovePolicy(registry: Registry, name: string, seen: Seen, nowMs: number): readonly Draft[] {
  const current = requirePolicy(registry, name, { orBuried: true });
  requireSeen(policyKind, name, seen, seenOf(current));
  return decideDeletePolicy(current, nowMs);
}

/** Rejects with `not-found`; a buried policy counts only when asked for. */
export function requirePolicy(registry: Registry, name: string, { orBuried = false } = {}): Recorded<PolicyFact> {
  const found = orBuried ? registry.policies.get(name as PolicyName) : livePolicy(registry, name);
  if (found !== undefined) return found;
  throw new Refusal('not-found', `clusterpolicies.accord.dev "${name}" not found`, {
    help: 'See what there is: kubectl get clusterpolicies',
  });
}

function seenOf(current: Recorded<PolicyFact> | undefined): { readonly uid: string; readonly seq: number } | undefined {
  return current === undefined ? undefined : { uid: current.body.uid, seq: current.seq };
}

/** An unknown field is no policy at all (400); everything else is one that is refused (422), as Kubernetes has it. */
function refused(name: string, faults: readonly Fault[]): Refusal {
  const isMalformed = faults.some(({ code }) => code === 'UnknownField');
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return new Refusal('invalid', `ClusterPolicy.accord.dev "${name}" is invalid, ${count}`, {
    status: isMalformed ? 400 : 422,
    faults,
    object: { kind: policyKind.kind, name },
  });
}
