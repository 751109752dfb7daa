import type { Json, JsonObject } from '@accord/proto/canonical';
import type { KindRef } from './kube.ts';

interface Definition {
  readonly group: string;
  readonly scope: string;
  readonly names: { readonly kind: string; readonly plural: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

/** The kinds that a CustomResourceDefinition makes a server serve. */
export function definedKinds(object: JsonObject): readonly KindRef[] {
  const { group, scope, names, versions } = object['spec'] as unknown as Definition;
  const served = versions.filter((version) => version.served);
  return served.map(({ name }) => ({ group, version: name, kind: names.kind, resource: names.plural, namespaced: scope === 'Namespaced' }));
}

export function isEstablished(object: JsonObject): boolean {
  const { conditions = [] } = (object['status'] ?? {}) as { readonly conditions?: readonly JsonObject[] };
  return conditions.some(({ type, status }: JsonObject) => type === 'Established' && status === 'True');
}

/** As the server writes it when it has taken a definition in. */
export function withCondition(object: JsonObject): JsonObject {
  const conditions: readonly Json[] = [
    { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
    { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' },
  ];
  return { ...object, status: { conditions } };
}
