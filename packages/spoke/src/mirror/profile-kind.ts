import { inventoryGroup, type AccessField } from '@accord/core/registry/cluster-profile';
import { isObject, type Json, type JsonObject } from '@accord/proto/canonical';
import type { Kube, KindRef } from '../kube/kube.ts';
import { definitionKind } from '../kube/own-kinds.ts';

/** ClusterProfile as this API server serves it. */
export interface ProfileKind {
  readonly kind: KindRef;
  readonly accessField: AccessField;
}

/** Newest first. */
const versions = ['v1alpha2', 'v1alpha1'];

/** Undefined when it is not served. Rejects as `Kube.kindOf` and `Kube.get` do. */
export async function findProfileKind(kube: Pick<Kube, 'kindOf' | 'get'>, signal: AbortSignal): Promise<ProfileKind | undefined> {
  for (const version of versions) {
    const kind = await kube.kindOf(`${inventoryGroup}/${version}`, 'ClusterProfile', signal);
    if (kind === undefined) continue;
    const name = `${kind.resource}.${kind.group}`;
    const definition = await kube.get({ kind: definitionKind, namespace: undefined, name }, signal);
    return { kind, accessField: accessFieldOf(definition, version) };
  }
  return undefined;
}

/** The first releases of v1alpha1 have only the older name of the field, and the API server refuses what a version does not have. */
function accessFieldOf(definition: JsonObject | undefined, version: string): AccessField {
  const found = (at(definition, ['spec', 'versions']) as readonly JsonObject[] | undefined)?.find(({ name }) => name === version);
  const fields = at(found, ['schema', 'openAPIV3Schema', 'properties', 'status', 'properties']);
  return isObject(fields) && !('accessProviders' in fields) && 'credentialProviders' in fields ? 'credentialProviders' : 'accessProviders';
}

function at(object: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, name) => (isObject(inner) ? inner[name] : undefined), object);
}
