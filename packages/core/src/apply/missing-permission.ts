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
  return missingPermissions(message)[0];
}

/** As `missingPermission`, of a message that names several. */
export function missingPermissions(message: string): readonly MissingPermission[] {
  const named = [...message.matchAll(/cannot ([a-z-]+) resource "([a-z0-9.-]+)" in API group "([a-z0-9.-]*)"/g)];
  if (named.length > 0)
    return named.map(([, verb = '', resource = '', group]) => ({ verb, resource: group ? `${resource}.${group}` : resource }));
  const [, held] = /the spoke may not write ([a-z0-9.-]+) itself:/.exec(message) ?? [];
  return held === undefined ? [] : [{ verb: actingVerb, resource: held }];
}

/** The verb that no API uses: with it the owner says what the spoke may write itself. */
export const actingVerb = 'accord-apply';

/** The role is optional: whoever wants namespaces to go with their policies binds it. */
const deleteNamespaces =
  'kubectl create clusterrolebinding accord-spoke-namespace-delete --clusterrole=accord-spoke-namespace-delete --serviceaccount=accord-system:accord-spoke';

const shippedFile = 'kubectl apply -f deploy/spoke/rbac.yaml';

/** What an apply, its watch and a removal need. */
const verbs = `get,list,watch,create,patch,delete,${actingVerb}`;

/**
 * What the owner of the cluster runs so that the spoke may write these resources: one ClusterRole that is aggregated into its
 * allow-list. Its name says what is in it, so that it may be run again and takes nothing away. Undefined where none can be advised.
 */
export function grantCommand(missing: readonly MissingPermission[]): string | undefined {
  const resources = [...new Set(missing.map(({ resource }) => resource))].toSorted();
  // The spoke gives itself the right to look at those of a namespace, with a role that is shipped.
  if (missing.length > 0 && missing.every(({ verb, resource }) => verb === 'list' && resource === 'secrets')) return shippedFile;
  if (resources.length === 0 || resources.some((resource) => neverSuggested.test(resource))) return undefined;
  if (missing.some(({ verb, resource }) => verb === 'delete' && resource === 'namespaces')) return deleteNamespaces;
  // Only whoever looks whether a namespace is empty is told of these.
  if (missing.every(({ verb }) => verb === 'list')) return aggregated('namespace-delete', resources, 'list');
  if (resources.some((resource) => shipped.has(resource))) return shippedFile;
  return aggregated('manifests', resources, verbs);
}

function aggregated(to: 'manifests' | 'namespace-delete', resources: readonly string[], allowed: string): string {
  const role = `kubectl create clusterrole accord-${to}-${resources.join('-')} --verb=${allowed} --resource=${resources.join(',')}`;
  const label = `kubectl label --local -f - accord.dev/aggregate-to-${to}=true -o yaml`;
  return `${role} --dry-run=client -o yaml | ${label} | kubectl apply -f -`;
}
