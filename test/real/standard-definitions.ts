/**
 * Definitions of the standards that the spoke writes for. ClusterProfile v1alpha1 is upstream's own file (test/real/upstream). What no
 * package carries yet is written here after the documentation of its API: v1alpha2, the first releases of v1alpha1, and ClusterProperty.
 */
import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '@accord/proto/canonical';
import { parse } from 'yaml';

/** As sigs.k8s.io/cluster-inventory-api v0.1.3 ships it. */
export function clusterProfileDefinition(): JsonObject {
  const file = new URL('./upstream/multicluster.x-k8s.io_clusterprofiles.yaml', import.meta.url);
  return parse(readFileSync(file, 'utf8')) as JsonObject;
}

/** v1alpha2 beside it: without the older name of the access field, and with the checks that its documentation names. */
export function withV1alpha2(definition: JsonObject): JsonObject {
  return withVersions(definition, (v1alpha1) => {
    const v1alpha2 = structuredClone(v1alpha1);
    const { credentialProviders: _older, ...status } = fieldsOf(v1alpha2, ['status']);
    set(v1alpha2, ['status', 'properties'], status);
    set(v1alpha2, ['status', 'properties', 'accessProviders', 'maxItems'], 64);
    const provider = ['status', 'properties', 'accessProviders', 'items'];
    set(v1alpha2, [...provider, 'required'], ['name', 'cluster']);
    set(v1alpha2, [...provider, 'properties', 'cluster', 'properties', 'server', 'maxLength'], 2048);
    set(
      v1alpha2,
      [...provider, 'properties', 'cluster', 'properties', 'server', 'x-kubernetes-validations'],
      [{ rule: "isURL(self) && url(self).getHost() != ''", message: 'server must be an absolute URL with a host' }],
    );
    const { 'certificate-authority': _path, ...cluster } = fieldsOf(v1alpha2, [...provider, 'properties', 'cluster']);
    set(v1alpha2, [...provider, 'properties', 'cluster', 'properties'], cluster);
    return [v1alpha1, { ...v1alpha2, name: 'v1alpha2', storage: false }];
  });
}

/** v1alpha1 as it was before KEP-5339: only credentialProviders. */
export function withoutAccessProviders(definition: JsonObject): JsonObject {
  return withVersions(definition, (v1alpha1) => {
    const { accessProviders: _newer, ...status } = fieldsOf(v1alpha1, ['status']);
    set(v1alpha1, ['status', 'properties'], status);
    return [v1alpha1];
  });
}

/** ClusterProperty of KEP-2149 in both versions that are served. */
export function clusterPropertyDefinition(): JsonObject {
  const spec = { type: 'object', required: ['value'], properties: { value: { type: 'string', minLength: 1 } } };
  const openAPIV3Schema = { type: 'object', required: ['spec'], properties: { spec } };
  const version = (name: string, storage: boolean): JsonObject => ({ name, served: true, storage, schema: { openAPIV3Schema } });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'clusterproperties.about.k8s.io',
      // The group is one of Kubernetes itself, and so has to name who approved it.
      annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes/enhancements/pull/1111' },
    },
    spec: {
      group: 'about.k8s.io',
      scope: 'Cluster',
      names: { kind: 'ClusterProperty', listKind: 'ClusterPropertyList', plural: 'clusterproperties', singular: 'clusterproperty' },
      versions: [version('v1beta1', true), version('v1alpha1', false)],
    },
  };
}

function withVersions(definition: JsonObject, change: (v1alpha1: JsonObject) => readonly JsonObject[]): JsonObject {
  const copy = structuredClone(definition);
  const spec = copy['spec'] as JsonObject;
  const [v1alpha1] = spec['versions'] as readonly JsonObject[];
  return { ...copy, spec: { ...spec, versions: change(v1alpha1 as JsonObject) } };
}

const schema = (version: JsonObject): JsonObject => (version['schema'] as JsonObject)['openAPIV3Schema'] as JsonObject;

function fieldsOf(version: JsonObject, path: readonly string[]): JsonObject {
  const node = path.reduce<JsonObject>(
    (inner, name) => (name in inner ? (inner[name] as JsonObject) : ((inner['properties'] as JsonObject)[name] as JsonObject)),
    schema(version),
  );
  return node['properties'] as JsonObject;
}

/** `path` below the properties of the whole object. */
function set(version: JsonObject, path: readonly string[], value: Json): void {
  const parents = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (inner, name) => inner[name] as Record<string, unknown>,
      schema(version)['properties'] as unknown as Record<string, unknown>,
    );
  parents[path.at(-1) ?? ''] = value;
}
