/** One object in a namespace, as people write it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly [field: string]: unknown;
}

export const namespaceCount = 20;
const perKind = 10;

/** Namespaces of one round: each round has its own, so that every object is new in it. */
export function namespacesOf(round: string): readonly string[] {
  return Array.from({ length: namespaceCount }, (_, n) => `${round}-${n}`);
}

/** Fifty objects of 0.5 to 1 KB: ten each of five kinds. */
export function objectsOf(namespace: string): readonly Manifest[] {
  return Array.from({ length: perKind }, (_, n) => n).flatMap((n) => [
    configMap(namespace, n),
    role(namespace, n),
    roleBinding(namespace, n),
    resourceQuota(namespace, n),
    networkPolicy(namespace, n),
  ]);
}

const rbac = 'rbac.authorization.k8s.io';

function configMap(namespace: string, n: number): Manifest {
  const settings = Array.from({ length: 12 }, (_, line) => `setting-${line}=value of setting ${line} in object ${n}`).join('\n');
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `settings-${n}`, namespace }, data: { 'app.properties': settings } };
}

function role(namespace: string, n: number): Manifest {
  const resources = ['configmaps', 'services', 'endpoints', 'pods', 'events'];
  const rules = resources.map((resource) => ({ apiGroups: [''], resources: [resource], verbs: ['get', 'list', 'watch'] }));
  return { apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name: `reader-${n}`, namespace }, rules };
}

function roleBinding(namespace: string, n: number): Manifest {
  const subjects = Array.from({ length: 5 }, (_, at) => ({ apiGroup: rbac, kind: 'Group', name: `team-${n}-group-${at}` }));
  const roleRef = { apiGroup: rbac, kind: 'Role', name: `reader-${n}` };
  return { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata: { name: `readers-${n}`, namespace }, roleRef, subjects };
}

function resourceQuota(namespace: string, n: number): Manifest {
  const classes = Array.from({ length: 6 }, (_, at) => [`class-${at}.storageclass.storage.k8s.io/persistentvolumeclaims`, '10']);
  const hard = { ...Object.fromEntries(classes), pods: '100', services: '50', 'requests.cpu': '8', 'requests.memory': '32Gi' };
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: `quota-${n}`, namespace }, spec: { hard } };
}

function networkPolicy(namespace: string, n: number): Manifest {
  const from = Array.from({ length: 4 }, (_, at) => ({ podSelector: { matchLabels: { app: `client-${n}-${at}` } } }));
  const ingress = [{ from, ports: [{ protocol: 'TCP', port: 8080 }] }];
  const spec = { podSelector: { matchLabels: { app: `server-${n}` } }, policyTypes: ['Ingress'], ingress };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `allow-${n}`, namespace }, spec };
}
