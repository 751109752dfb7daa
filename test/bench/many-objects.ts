import { setTimeout as sleep } from 'node:timers/promises';
import { benchCluster, benchSelector, type BenchFleet } from './bench-fleet.ts';
import type { Manifest } from './kubectl-objects.ts';
import { configMap, incompressible } from './publish-changes.ts';
import type { RestClient } from './rest-client.ts';

const maxObjects = 20_000;
const obeyedMsMax = 30_000;
const path = '/apis/accord.dev/v1alpha1/guardrails';

/** As the owner of the measured cluster: lets policies hold more than the 5,000 objects that they may hold without a word of his. */
export async function allowObjects(bench: BenchFleet): Promise<void> {
  const owner = bench.client(benchCluster, 'admin');
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'Guardrail', metadata: { name: 'default' }, spec: { maxObjects } };
  await owner.require({ method: 'POST', path, body });
  const endMs = performance.now() + obeyedMsMax;
  while (!(await isObeyed(owner))) {
    if (performance.now() > endMs) throw new Error('the spoke does not say that it obeys the guardrail');
    await sleep(50);
  }
}

async function isObeyed(owner: RestClient): Promise<boolean> {
  const { status } = (await owner.require({ method: 'GET', path: `${path}/default` })) as GuardrailSeen;
  return status?.conditions?.some(({ type, status: is }) => type === 'Accepted' && is === 'True') ?? false;
}

interface GuardrailSeen {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** ConfigMaps with a name and 1 KB of text each. */
export function configMaps(prefix: string, count: number): readonly Manifest[] {
  return Array.from({ length: count }, (_, n) => configMap(`${prefix}-${n}`, incompressible(1_000)));
}

/** Policies `PREFIX-0`, `PREFIX-1` and so on with so many of them each. */
export function configMapPolicies({
  prefix,
  policies,
  objects,
  selector = benchSelector,
}: {
  readonly prefix: string;
  readonly policies: number;
  readonly objects: number;
  readonly selector?: object;
}): ReadonlyMap<string, object> {
  return new Map(Array.from({ length: policies }, (_, n) => [`${prefix}-${n}`, policyOf(configMaps(`${prefix}-${n}`, objects), selector)]));
}

function policyOf(manifests: readonly Manifest[], clusterSelector: object): object {
  return { clusterSelector, objects: manifests.map((manifest, n) => ({ id: `o${n}`, manifest })) };
}
