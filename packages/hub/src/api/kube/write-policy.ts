import { takesRisks } from '@accord/core/access/takes-risks';
import { requireLabels } from '@accord/core/cluster/decide-cluster';
import { decideDeletePolicy, decidePutPolicy } from '@accord/core/policy/decide-policy';
import type { Fault } from '@accord/core/policy/fault';
import { dependencyFaults, dependencyWarnings } from '@accord/core/policy/lint-dependencies';
import { endWarnings } from '@accord/core/policy/grant-end';
import { rivalWarnings } from '@accord/core/desired/rival-warnings';
import { undeclaredWarnings } from '@accord/core/labels/declared-labels';
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
import type { DeclaredLabels } from '@accord/proto/access';
import type { PolicyName } from '@accord/proto/ids';
import { apiVersion, policyKind } from '@accord/proto/kube-api';
import { documentBytesMax } from '@accord/proto/policy';
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

interface CheckOptions {
  readonly pathName?: string;
  readonly nowMs: number;
  /** What the writer sees: warnings speak of nothing else. */
  readonly shown: Registry;
  readonly declaredLabels: DeclaredLabels;
}

/** A policy that was read, defaulted and linted. Rejects with `invalid` or `too-large`, and every fault with its path. */
function checkPolicy(
  input: unknown,
  registry: Registry,
  { pathName, nowMs, shown, declaredLabels }: CheckOptions,
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
  const cycles = equalJson(before, policy.spec.dependsOn ?? []) ? [] : cycleFaults(policy, others, othersOf(shown, policy.name));
  const older = versionFaults(policy.name, registry.policies.get(policy.name)?.body.spec, policy.spec);
  if (faults.length + cycles.length + older.length > 0) throw refused(policy.name, [...faults, ...cycles, ...older]);
  requireLabels(written.labels);
  const records = [...shown.clusters.values()].map(({ body }) => clusterRecord(body));
  const othersShown = othersOf(shown, policy.name);
  const told = [
    ...warnings,
    ...undeclaredWarnings(declaredLabels, policy.spec.clusterSelector, 'spec.clusterSelector'),
    ...selectionWarnings(policy.spec, records),
    ...endWarnings(policy, nowMs),
    ...dependencyWarnings(policy, othersShown, records),
    ...rivalWarnings({ ...policy, createdAtMs: livePolicy(registry, policy.name)?.body.createdAtMs ?? nowMs }, othersShown, records),
  ].map(({ path, message, help }) => `${path}: ${message} ${help}`.trimEnd());
  const dropped = parsed.dropped.map((path) => `${path} is set by the hub and was left out`);
  return { written, policy, warnings: [...written.warnings, ...dropped, ...told] };
}

/** A cycle counts also where the writer does not see all of it, and then he is not told through whom it goes. */
function cycleFaults(policy: Policy, others: readonly PolicyFact[], shown: readonly PolicyFact[]): readonly Fault[] {
  const seen = dependencyFaults(policy, shown);
  return dependencyFaults(policy, others).map(
    (fault) =>
      seen.find(({ path }) => path === fault.path) ?? {
        ...fault,
        message: 'This would wait for itself, by way of policies that you do not see.',
      },
  );
}

/** Creates or changes a policy; `mayExist` is false for POST. */
export function decideWritePolicy(
  registry: Registry,
  input: unknown,
  options: Fresh & Pick<CheckOptions, 'declaredLabels'> & { readonly pathName?: string; readonly mustBeNew?: boolean },
): PolicyDecision {
  const { uid, nowMs, caller, shown, declaredLabels, pathName, mustBeNew = false } = options;
  const { written, policy, warnings } = checkPolicy(input, registry, {
    nowMs,
    shown,
    declaredLabels,
    ...(pathName === undefined ? {} : { pathName }),
  });
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
