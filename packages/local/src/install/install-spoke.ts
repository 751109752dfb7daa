import { KubernetesObjectApi, type KubernetesObject, type V1ClusterRole, type V1CustomResourceDefinition } from '@kubernetes/client-node';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import type { KubeClient } from '../control-plane/kube-client.ts';
import { answered, applyObject, explain } from './apply-object.ts';
import { readManifests } from './read-manifests.ts';
import { waitUntil } from '../wait-until.ts';

const limitMs = 60_000;

/**
 * Brings what `deploy/spoke` ships into a cluster: kinds, permissions of tier Standard, guard rails,
 * and returns when these are in force, so that no spoke starts before them.
 * Doing it again changes nothing. Needs the controller manager, which fills the aggregated roles.
 */
export async function installSpoke(client: KubeClient, signal = new AbortController().signal): Promise<void> {
  const api = client.api(KubernetesObjectApi);
  // Objects of a kind can only be applied once the server has established the kind.
  const kinds = await readManifests('crds.yaml');
  await forEachLimited(kinds, 4, (kind) => applyObject(api, kind));
  await forEachLimited(kinds, 4, (kind) => waitForObject({ api, object: kind, what: 'Established', accept: isEstablished }, signal));
  // In the order of the file: the namespace goes before what lives in it.
  const permissions = await readManifests('rbac.yaml');
  for (const object of permissions) await applyObject(api, object);
  const aggregated = permissions.filter((object) => 'aggregationRule' in object);
  await forEachLimited(aggregated, 4, (role) => waitForObject({ api, object: role, what: 'aggregated', accept: hasRules }, signal));
  for (const object of await readManifests('admission-policies.yaml')) await applyObject(api, object);
  await waitUntil('the guard rails are in force', () => isGuarded(client), { limitMs, signal });
}

/**
 * The API server enforces an admission policy up to a second or two after it was written, and it learns of them in the order of
 * their writing. So those before accord-mirror in the file, which are all that refuse the spoke something, are in force when it is.
 */
async function isGuarded(client: KubeClient): Promise<boolean> {
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'probe' }, spec: { epoch: 1, revision: 1 } };
  const answer = await client.send({ method: 'POST', path: '/apis/accord.dev/v1alpha1/clusterpolicies?dryRun=All', body });
  return explain(answer).includes('is written by the hub');
}

interface Wanted<T extends KubernetesObject> {
  readonly api: KubernetesObjectApi;
  readonly object: KubernetesObject;
  readonly what: string;
  readonly accept: (live: T) => boolean;
}

async function waitForObject<T extends KubernetesObject>({ api, object, what, accept }: Wanted<T>, signal: AbortSignal): Promise<void> {
  const title = `${object.kind} ${object.metadata?.name} ${what}`;
  const named = object as T & { readonly metadata: { readonly name: string } };
  await waitUntil(title, async () => accept(await answered(title, () => api.read<T>(named))), { limitMs, signal });
}

function isEstablished({ status }: V1CustomResourceDefinition): boolean {
  return (status?.conditions ?? []).some((condition) => condition.type === 'Established' && condition.status === 'True');
}

function hasRules({ rules }: V1ClusterRole): boolean {
  return (rules ?? []).length > 0;
}
