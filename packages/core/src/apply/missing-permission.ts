/** A permission that an API server says the spoke lacks. */
export interface MissingPermission {
  readonly verb: string;
  /** As kubectl names it: `deployments.apps`, `services`. */
  readonly resource: string;
}

/** Shipped in deploy/spoke/rbac.yaml for what the parts of a policy make: whoever lacks these lacks the file. */
const shipped: ReadonlySet<string> = new Set([
  ...['namespaces', 'resourcequotas', 'limitranges', 'configmaps', 'serviceaccounts', 'networkpolicies.networking.k8s.io'],
  ...['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'].map((resource) => `${resource}.rbac.authorization.k8s.io`),
]);
/** Whoever may write these reads every Secret or decides over every request: that is no thing to be pasted from a row. */
const neverSuggested = /^secrets$|\.admissionregistration\.k8s\.io$|\.apiregistration\.k8s\.io$|\.accord\.dev$/;

/**
 * Reads the refusal of RBAC, or of the guard rail that tells what the spoke holds from what it may use; undefined for other words.
 *
 * Only letters that names have: what is read here ends up in a command that people run.
 */
export function missingPermission(message: string): MissingPermission | undefined {
  const [, verb = '', resource = '', group = ''] =
    /cannot ([a-z-]+) resource "([a-z0-9.-]+)" in API group "([a-z0-9.-]*)"/.exec(message) ?? [];
  if (resource !== '') return { verb, resource: group === '' ? resource : `${resource}.${group}` };
  const [, held] = /the spoke may not write ([a-z0-9.-]+) itself:/.exec(message) ?? [];
  return held === undefined ? undefined : { verb: 'accord-apply', resource: held };
}

/** What an apply, its watch and a removal need. */
const verbs = 'get,list,watch,create,patch,delete,accord-apply';

/**
 * What the owner of the cluster runs so that the spoke may write these resources: one ClusterRole that is aggregated into its
 * allow-list. Its name says what is in it, so that it may be run again and takes nothing away. Undefined where none can be advised.
 */
export function grantCommand(missing: readonly MissingPermission[]): string | undefined {
  const resources = [...new Set(missing.map(({ resource }) => resource))].toSorted();
  if (resources.length === 0 || resources.some((resource) => neverSuggested.test(resource))) return undefined;
  if (resources.some((resource) => shipped.has(resource))) return 'kubectl apply -f deploy/spoke/rbac.yaml';
  const role = `kubectl create clusterrole accord-manifests-${resources.join('-')} --verb=${verbs} --resource=${resources.join(',')}`;
  const label = 'kubectl label --local -f - accord.dev/aggregate-to-manifests=true -o yaml';
  return `${role} --dry-run=client -o yaml | ${label} | kubectl apply -f -`;
}
