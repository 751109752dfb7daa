import { grantsOf, subjectName, type Grant } from '@accord/core/access/grants-of';
import { placePolicy } from '@accord/core/placement/place-policy';
import type { CompiledObject } from '@accord/core/policy/compile-object';
import { compilePolicy } from '@accord/core/policy/compile-policy';
import { guardPreview, type Content } from '@accord/core/guard/guard-preview';
import type { Fault } from '@accord/core/policy/fault';
import type { Policy } from '@accord/core/policy/lay-out';
import { endWarnings, stillGranted } from '@accord/core/policy/grant-end';
import { rivalWarnings } from '@accord/core/desired/rival-warnings';
import { diffJson } from '@accord/core/history/diff-json';
import type { PolicyFact } from '@accord/core/registry/facts';
import { lintPolicy } from '@accord/core/policy/lint';
import { dependencyFaults, dependencyWarnings } from '@accord/core/policy/lint-dependencies';
import { selectionWarnings } from '@accord/core/policy/lint-selection';
import { parsePolicy } from '@accord/core/policy/parse-policy';
import { undeclaredWarnings } from '@accord/core/labels/declared-labels';
import { clusterRecord, livePolicy, othersOf } from '@accord/core/registry/registry';
import type { RowSources } from '@accord/core/status/policy-rows';
import { previewRequestSchema, previewSchema, type Preview } from '@accord/proto/api';
import { canonicalJson, type JsonObject } from '@accord/proto/canonical';
import type { ClusterRecord } from '@accord/proto/cluster';
import { renderKey } from '@accord/proto/ids';
import { policyKind } from '@accord/proto/kube-api';
import type { GuardrailFact } from '@accord/proto/messages';
import { readObject } from '../kube/read-object.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { operation, type AnyOperation } from './operation.ts';

export function previewOperations(deps: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'POST',
      path: '/v1/preview',
      summary:
        'What a ClusterPolicy would do: faults, placement with reasons, objects, changes, access, and what Guardrails would refuse. Stores nothing.',
      role: 'viewer',
      scope: 'limited',
      body: previewRequestSchema,
      status: 200,
      answer: previewSchema,
      run: (request, { object, clusters }) => preview(deps, deps.views.of(request).projection, object, clusters),
    }),
  ];
}

/** Of what the caller sees: the projection is his. */
function preview(
  { clock, declaredLabels }: ResourceDeps,
  { registry, reported }: Pick<RowSources, 'registry' | 'reported'>,
  object: unknown,
  only: readonly string[] | undefined,
): Preview {
  const written = readObject(object, policyKind);
  const parsed = parsePolicy({ metadata: { name: written.name }, spec: written.spec ?? {} });
  if (parsed.outcome === 'invalid') return { ...nothing, lint: [...parsed.faults] };
  const policy = { name: parsed.name, spec: parsed.spec };
  const nowMs = clock.now();
  const linted = lintPolicy(policy);
  const others = othersOf(registry, policy.name);
  const faults = [...linted.faults, ...dependencyFaults(policy, others)];
  const all = [...registry.clusters.values()].map(({ body }) => clusterRecord(body)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const records = only === undefined ? all : all.filter(({ name }) => only.includes(name));
  const { selected, notSelected } = placePolicy(policy.spec.clusterSelector, records);
  const current = livePolicy(registry, policy.name)?.body;
  // A faulty policy would reach no cluster, so nothing is said about objects.
  const effects =
    faults.length > 0
      ? []
      : records.map((record) =>
          effectOn(record, {
            next: selected.includes(record) ? policy : undefined,
            current,
            nowMs,
            told: reported.clusters.get(record.id)?.facts?.guardrail,
          }),
        );
  return {
    lint: [...faults, ...effects.flatMap((effect) => effect.faults)],
    warnings: [
      ...linted.warnings,
      ...undeclaredWarnings(declaredLabels, policy.spec.clusterSelector, 'spec.clusterSelector'),
      ...selectionWarnings(policy.spec, all),
      ...endWarnings(policy, nowMs),
      ...dependencyWarnings(policy, others, all),
      ...rivalWarnings({ ...policy, createdAtMs: current?.createdAtMs ?? nowMs }, others, records),
    ],
    selected: selected.map(({ name }) => name),
    notSelected: notSelected.map(({ cluster, because }) => ({ cluster: cluster.name, because })),
    objects: Object.fromEntries(
      effects.filter(({ isSelected }) => isSelected).map(({ cluster, after }) => [cluster, [...after.values()].map(nameOf)]),
    ),
    change: sumOf(effects),
    access: {
      gained: effects.flatMap(({ cluster, before, after }) => grantsBeyond(cluster, after, before)),
      lost: effects.flatMap(({ cluster, before, after }) => grantsBeyond(cluster, before, after)),
    },
    refused: effects.flatMap(({ refused }) => refused),
    against: againstStored(current, { labels: written.labels, annotations: written.annotations, spec: policy.spec }),
  };
}

const nothing: Preview = {
  lint: [],
  warnings: [],
  selected: [],
  notSelected: [],
  objects: {},
  change: { add: 0, change: 0, remove: 0 },
  access: { gained: [], lost: [] },
  refused: [],
  against: { revision: 0, differences: [] },
};

/** Compared as it would be stored, so that a default that somebody writes out is no difference. */
function againstStored(current: PolicyFact | undefined, written: object): Preview['against'] {
  const stored = current === undefined ? {} : { labels: current.meta.labels, annotations: current.meta.annotations, spec: current.spec };
  return { revision: current?.revision ?? 0, differences: [...diffJson(stored as JsonObject, written as JsonObject)] };
}

/** Which namespaces a cluster has, only its spoke knows: such an entry is named, and counted, once. */
function nameOf({ key, isEach }: CompiledObject): string {
  return isEach === true ? `${renderKey(key)} in each selected namespace: how many there are, only the cluster knows` : renderKey(key);
}

type Objects = ReadonlyMap<string, CompiledObject>;

interface Effect {
  readonly cluster: string;
  readonly isSelected: boolean;
  readonly before: Objects;
  readonly after: Objects;
  readonly faults: readonly Fault[];
  readonly refused: Preview['refused'];
}

interface Change {
  readonly next: Policy | undefined;
  readonly current: Policy | undefined;
  readonly nowMs: number;
  /** What its owner allows, as far as it was told. */
  readonly told: GuardrailFact | null | undefined;
}

/** What the policy puts on one cluster now, and what it would. */
function effectOn(record: ClusterRecord, { next, current, nowMs, told }: Change): Effect {
  const holdsNow = current !== undefined && placePolicy(current.spec.clusterSelector, [record]).selected.length > 0;
  const before = compiled(holdsNow ? current : undefined, record, nowMs);
  const after = compiled(next, record, nowMs);
  const faults = after.faults.map((fault) => ({ ...fault, message: `On ${record.name}: ${fault.message}` }));
  // Nothing is applied and nothing removed where it cannot be compiled.
  return {
    cluster: record.name,
    isSelected: next !== undefined,
    before: before.objects,
    after: faults.length > 0 ? before.objects : after.objects,
    faults,
    refused: next !== undefined && told ? refusedOn(record.name, told, { objects: [...after.objects.values()], risks: after.risks }) : [],
  };
}

function refusedOn(cluster: string, told: GuardrailFact, content: Content): Preview['refused'] {
  return guardPreview(told, content).map(({ object, reason, message }) => ({
    ...{ cluster, reason, message },
    object: object === undefined ? '' : nameOf(object),
  }));
}

interface Compiled {
  readonly objects: Objects;
  readonly faults: readonly Fault[];
  readonly risks: readonly Fault[];
}

function compiled(policy: Policy | undefined, record: ClusterRecord, nowMs: number): Compiled {
  const result = policy === undefined ? undefined : compilePolicy(policy, record);
  if (result?.outcome === 'failed') return { objects: new Map(), faults: result.faults, risks: [] };
  const { objects } = stillGranted(result?.objects ?? [], nowMs);
  return { objects: new Map(objects.map((object) => [object.key, object])), faults: [], risks: result?.risks ?? [] };
}

/** What stays when it leaves a policy is not counted as removed. */
function sumOf(effects: readonly Effect[]): Preview['change'] {
  const sum = { add: 0, change: 0, remove: 0 };
  for (const { before, after } of effects) {
    for (const [key, { manifest }] of after) {
      const now = before.get(key);
      if (now === undefined) sum.add += 1;
      else if (canonicalJson(now.manifest) !== canonicalJson(manifest)) sum.change += 1;
    }
    sum.remove += [...before.values()].filter(({ key, deletion }) => !after.has(key) && deletion !== 'retain').length;
  }
  return sum;
}

function grantsBeyond(cluster: string, objects: Objects, others: Objects): Preview['access']['gained'] {
  const known = new Set(grantsOf([...others.values()]).map((grant) => canonicalJson(grant)));
  return grantsOf([...objects.values()])
    .filter((grant) => !known.has(canonicalJson(grant)))
    .map((grant) => ({
      cluster,
      subject: subjectOf(grant),
      role: `${grant.role.kind} ${grant.role.name}`,
      namespace: grant.namespace ?? '',
    }));
}

function subjectOf({ subject }: Grant): string {
  return `${subject.kind} ${subjectName(subject)}`;
}
