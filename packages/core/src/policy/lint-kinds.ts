/** Rules about whole objects: places and kinds that no policy may touch. */
import { isObject, type JsonObject } from '@accord/proto/canonical';
import { valuesAt, type Steps } from './change-at.ts';
import type { Finding, Rule } from './lint-rule.ts';
import { groupKindOf, groupOf, namespaceKind, objectAt, textAt, valueAt } from './manifest.ts';
import { podSpecSteps } from './pod-paths.ts';
import { protectedNamespaces } from './protected-namespaces.ts';

export const kindRules: readonly Rule[] = [
  { code: 'ProtectedNamespace', check: protectedNamespace },
  { code: 'PlainSecret', kinds: ['/Secret'], check: plainSecret },
  { code: 'CredentialMinting', kinds: ['/Secret'], check: credentialSecret },
  { code: 'Admission', check: admission, isRisk: true },
  { code: 'AccordKind', check: accordKinds },
  { code: 'DuplicateObject', check: duplicateListKeys },
];

function protectedNamespace(manifest: JsonObject): readonly Finding[] {
  const isNamespace = groupKindOf(manifest) === namespaceKind;
  const namespace = isNamespace ? textAt(manifest, 'metadata', 'name') : textAt(manifest, 'metadata', 'namespace');
  if (!protectedNamespaces.includes(namespace)) return [];
  return [
    {
      at: isNamespace ? 'metadata.name' : 'metadata.namespace',
      message: `Namespace ${namespace} is protected.`,
      help: 'Use a namespace of your own.',
    },
  ];
}

function plainSecret(manifest: JsonObject): readonly Finding[] {
  const fields = ['data', 'stringData'].filter((field) => Object.keys(objectAt(manifest, field)).length > 0);
  return fields.map((field) => ({
    at: field,
    message: 'The hub, the bus and every copy of this policy would hold the Secret in the clear.',
    help: 'Seal the values with accord seal NAME -n NAMESPACE -c CLUSTER --from-file KEY=FILE, and put the entry under namespaces[].sealedSecrets.',
  }));
}

const credentialTypes = ['kubernetes.io/service-account-token', 'bootstrap.kubernetes.io/token', 'helm.sh/release.v1'];

function credentialSecret(manifest: JsonObject): readonly Finding[] {
  const type = textAt(manifest, 'type');
  const ofAccount = valueAt(manifest, 'metadata', 'annotations', 'kubernetes.io/service-account.name') !== undefined;
  return [
    ...(credentialTypes.includes(type)
      ? [{ at: 'type', message: `A Secret of type ${type} is a credential of somebody else.`, help: 'Remove it.' }]
      : []),
    ...(ofAccount
      ? [{ at: 'metadata.annotations', message: 'This annotation makes a token of a service account.', help: 'Remove it.' }]
      : []),
  ];
}

/** Groups whose objects decide for everybody. An API service answers for all of a group, in the place of whoever did before. */
const deciding: ReadonlyMap<string, string> = new Map([
  ['admissionregistration.k8s.io', 'decides over every write of the cluster'],
  ['apiregistration.k8s.io', 'answers all requests for a group of the API'],
]);

function admission(manifest: JsonObject): readonly Finding[] {
  const decides = deciding.get(groupOf(manifest));
  if (decides === undefined) return [];
  return [
    {
      at: 'kind',
      message: `Kind ${textAt(manifest, 'kind')} ${decides}.`,
      help: 'Let the owner of the cluster install it.',
    },
  ];
}

function accordKinds(manifest: JsonObject): readonly Finding[] {
  if (groupOf(manifest) !== 'accord.dev') return [];
  return [
    {
      at: 'kind',
      message: `A ${textAt(manifest, 'kind')} is written by the hub or by the owner of the cluster.`,
      help: 'Write it at the hub.',
    },
  ];
}

/** Lists whose elements have a key: for two of one key the API server answers 500. */
const listKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  volumes: 'name',
  imagePullSecrets: 'name',
};
const containerListKeys: Readonly<Record<string, string>> = { env: 'name', volumeMounts: 'mountPath', volumeDevices: 'devicePath' };

function duplicateListKeys(manifest: JsonObject): readonly Finding[] {
  const kind = groupKindOf(manifest);
  const pod = podSpecSteps(kind);
  if (kind === '/ServiceAccount') return duplicatesAt(manifest, ['imagePullSecrets'], 'name');
  if (pod === undefined) return [];
  return [
    ...Object.entries(listKeys).flatMap(([list, key]) => duplicatesAt(manifest, [...pod, list], key)),
    ...['containers', 'initContainers'].flatMap((containers) =>
      Object.entries(containerListKeys).flatMap(([list, key]) => duplicatesAt(manifest, [...pod, containers, '[]', list], key)),
    ),
  ];
}

function duplicatesAt(manifest: JsonObject, steps: Steps, key: string): readonly Finding[] {
  return valuesAt(manifest, steps).flatMap(({ value: list, at: listAt }) => {
    const seen = new Set<string>();
    return valuesAt(list, ['[]'], listAt).flatMap(({ value: element, at }) => {
      const name = isObject(element) ? textAt(element, key) : '';
      const isSecond = seen.has(name);
      seen.add(name);
      return isSecond ? [{ at, message: `Two elements with ${key} "${name}".`, help: 'Keep one of them.' }] : [];
    });
  });
}
