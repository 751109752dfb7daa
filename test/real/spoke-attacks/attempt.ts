/** The words in which the attacks of attacks-spoke.test.ts are written. */
import type { KubeAnswer, KubeRequest } from '@accord/local/control-plane/kube-client';
import type { JsonObject } from '@accord/proto/canonical';

type Headers = NonNullable<KubeRequest['headers']>;

/** One request, and the object that it must not touch: what an administrator reads at `target` is the same before and after. */
export interface Attempt extends KubeRequest {
  readonly target: string;
}

/**
 * `RBAC`: the account has no such permission (403). `escalation`: RBAC again, for a grant of more than the account has. `login`: the token or
 * the name that it takes is not accepted. Else an admission policy of deploy/spoke/admission-policies.yaml (422), or one of several, since the
 * server tells of one only. `nobody`: it is allowed, and must work, or else a spoke that can do nothing would pass.
 */
export type Refuser = 'RBAC' | 'escalation' | 'login' | 'nobody' | `accord-${string}`;

/** What is tried, how, who refuses it, and a phrase of the answer. */
export type Attack = readonly [claim: string, attempts: readonly Attempt[], refusedBy: Refuser, says: string];

const rbac = 'rbac.authorization.k8s.io/v1';
const admission = 'admissionregistration.k8s.io/v1';
const resources = {
  ConfigMap: ['v1', 'configmaps'],
  Secret: ['v1', 'secrets'],
  Namespace: ['v1', 'namespaces'],
  ServiceAccount: ['v1', 'serviceaccounts'],
  ResourceQuota: ['v1', 'resourcequotas'],
  LimitRange: ['v1', 'limitranges'],
  Service: ['v1', 'services'],
  Pod: ['v1', 'pods'],
  Node: ['v1', 'nodes'],
  PersistentVolume: ['v1', 'persistentvolumes'],
  Deployment: ['apps/v1', 'deployments'],
  DaemonSet: ['apps/v1', 'daemonsets'],
  StatefulSet: ['apps/v1', 'statefulsets'],
  Job: ['batch/v1', 'jobs'],
  CronJob: ['batch/v1', 'cronjobs'],
  Lease: ['coordination.k8s.io/v1', 'leases'],
  Event: ['events.k8s.io/v1', 'events'],
  NetworkPolicy: ['networking.k8s.io/v1', 'networkpolicies'],
  Ingress: ['networking.k8s.io/v1', 'ingresses'],
  PodDisruptionBudget: ['policy/v1', 'poddisruptionbudgets'],
  PriorityClass: ['scheduling.k8s.io/v1', 'priorityclasses'],
  StorageClass: ['storage.k8s.io/v1', 'storageclasses'],
  CertificateSigningRequest: ['certificates.k8s.io/v1', 'certificatesigningrequests'],
  CustomResourceDefinition: ['apiextensions.k8s.io/v1', 'customresourcedefinitions'],
  APIService: ['apiregistration.k8s.io/v1', 'apiservices'],
  Role: [rbac, 'roles'],
  RoleBinding: [rbac, 'rolebindings'],
  ClusterRole: [rbac, 'clusterroles'],
  ClusterRoleBinding: [rbac, 'clusterrolebindings'],
  ValidatingAdmissionPolicy: [admission, 'validatingadmissionpolicies'],
  ValidatingAdmissionPolicyBinding: [admission, 'validatingadmissionpolicybindings'],
  ValidatingWebhookConfiguration: [admission, 'validatingwebhookconfigurations'],
  MutatingWebhookConfiguration: [admission, 'mutatingwebhookconfigurations'],
  MutatingAdmissionPolicy: [admission, 'mutatingadmissionpolicies'],
  Cluster: ['accord.dev/v1alpha1', 'clusters'],
  ClusterPolicy: ['accord.dev/v1alpha1', 'clusterpolicies'],
  Guardrail: ['accord.dev/v1alpha1', 'guardrails'],
  ClusterProfile: ['multicluster.x-k8s.io/v1alpha1', 'clusterprofiles'],
  ClusterProperty: ['about.k8s.io/v1beta1', 'clusterproperties'],
} as const;
export type Kind = keyof typeof resources;

export interface Thing {
  readonly path: string;
  readonly collection: string;
  readonly object: JsonObject & { readonly metadata: JsonObject };
}

/** `at` is a name, or `namespace/name`. It carries the marks of the spoke, so that nothing is refused just for want of them. */
export function thing(kind: Kind, at: string, content: JsonObject = {}, metadata: JsonObject = {}): Thing {
  const [apiVersion, resource] = resources[kind];
  const [name = '', namespace] = at.split('/').toReversed();
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const collection = `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${resource}`;
  const marks = { labels: { 'accord.dev/policy': 'p' }, annotations: { 'accord.dev/origin': 'Created' } };
  const place = namespace === undefined ? {} : { namespace };
  return {
    path: `${collection}/${name}`,
    collection,
    object: { apiVersion, kind, metadata: { name, ...place, ...marks, ...metadata }, ...content },
  };
}

export const create = ({ path, collection, object }: Thing): Attempt => ({ method: 'POST', path: collection, body: object, target: path });
export const replace = ({ path, object }: Thing): Attempt => ({ method: 'PUT', path, body: object, target: path });
export const remove = ({ path }: Thing): Attempt => ({ method: 'DELETE', path, target: path });
export const removeAll = ({ collection, path }: Thing): Attempt => ({ method: 'DELETE', path: collection, target: path });
export const read = (path: string): Attempt => ({ method: 'GET', path, target: path });

const patch = (type: string, { path }: Thing, body: unknown): Attempt => ({
  method: 'PATCH',
  path: `${path}?fieldManager=accord${type === 'apply-patch+yaml' ? '&force=true' : ''}`,
  contentType: `application/${type}`,
  body,
  target: path,
});
/** Server-side apply, which also creates: how the spoke itself writes. */
export const apply = (it: Thing): Attempt => patch('apply-patch+yaml', it, it.object);
export const merge = (it: Thing, change: JsonObject): Attempt => patch('merge-patch+json', it, change);
/** The three patches that only change. */
export const patches = (it: Thing, label = 'stolen'): readonly Attempt[] => [
  merge(it, { metadata: { labels: { [label]: 'true' } } }),
  patch('strategic-merge-patch+json', it, { metadata: { labels: { [label]: 'true' } } }),
  patch('json-patch+json', it, [{ op: 'add', path: '/metadata/labels', value: { [label]: 'true' } }]),
];
/** For kinds of custom resources, which have no strategic merge. */
export const customPatches = (it: Thing): readonly Attempt[] =>
  patches(it).filter(({ contentType }) => contentType?.includes('strategic') !== true);

/** A request to a subresource of it. */
export function below(it: Thing, subresource: string, method: KubeRequest['method'], body?: unknown): Attempt {
  const contentType = method === 'PATCH' ? { contentType: 'application/merge-patch+json' } : {};
  return { method, path: `${it.path}/${subresource}`, ...(body === undefined ? {} : { body }), ...contentType, target: it.path };
}

/** The same request with other headers. */
export const withHeaders = (attempt: Attempt, headers: Headers): Attempt => ({ ...attempt, headers });

export function asDryRun(attempt: Attempt): Attempt {
  return { ...attempt, path: `${attempt.path}${attempt.path.includes('?') ? '&' : '?'}dryRun=All` };
}

/** The server knows no dry run of what connects to a container. */
export const hasDryRun = ({ method, path }: Attempt): boolean => method !== 'GET' && !/\/(exec|attach|portforward)\b/.test(path);

/** A replacement names the version that it replaces; some kinds demand it, and would refuse for the want of it. */
export function atVersion(attempt: Attempt, before: unknown): Attempt {
  if (attempt.method !== 'PUT' || typeof before !== 'object' || before === null || Array.isArray(before)) return attempt;
  const body = attempt.body as JsonObject;
  const { resourceVersion = '' } = (before as Thing['object']).metadata;
  return { ...attempt, body: { ...body, metadata: { ...(body['metadata'] as JsonObject | undefined), resourceVersion } } };
}

/** One line for the name of a test. */
export function renderAttempt({ method, path, contentType = '', headers = {} }: Attempt): string {
  const type = contentType.replace(/^application\/|-patch.*/g, '');
  const as = Object.entries(headers).map(([name, value]) => `, ${name}: ${String(value)}`);
  return `${method}${type === '' ? '' : ` (${type})`} ${path.replace(/\?fieldManager=[^ ]*/, '')}${as.join('')}`;
}

/** Who refused, by the words of the answer. */
export function refuserOf({ status, body }: KubeAnswer): string {
  const said = messageOf(body);
  if (status < 300) return 'nobody';
  if (status === 401 || / cannot impersonate/.test(said)) return 'login';
  if (status === 403 && /attempting to grant RBAC permissions not currently held|must have cluster-admin/.test(said)) return 'escalation';
  if (status === 403 && / cannot /.test(said)) return 'RBAC';
  const policy = status === 422 ? /ValidatingAdmissionPolicy '([^']+)'/.exec(said)?.[1] : undefined;
  return policy ?? `status ${status}: ${said}`;
}

export function messageOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : JSON.stringify(body);
}
