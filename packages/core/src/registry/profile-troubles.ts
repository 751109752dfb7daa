/** What keeps ClusterProfiles from being written, as alarms of the spoke: what is wrong, and what to run. */
import { inventoryGroup } from './cluster-profile.ts';

export type ProfileTrouble =
  | { readonly trouble: 'no-kind' }
  | { readonly trouble: 'no-namespace' }
  | { readonly trouble: 'no-permission' }
  | { readonly trouble: 'foreign'; readonly name: string; readonly owner: string }
  | { readonly trouble: 'refused'; readonly name: string; readonly because: string };

/** The version whose definition is named to people; any with v1alpha1 or v1alpha2 will do. */
const definition =
  'https://raw.githubusercontent.com/kubernetes-sigs/cluster-inventory-api/v0.1.3/config/crd/bases/multicluster.x-k8s.io_clusterprofiles.yaml';

export function renderTrouble(namespace: string, trouble: ProfileTrouble): string {
  const head = `ProfilesNotProjected ${namespace}:`;
  switch (trouble.trouble) {
    case 'no-kind':
      return `${head} this API server has no kind ClusterProfile of ${inventoryGroup}; install it with: kubectl apply -f ${definition}`;
    case 'no-namespace':
      return `${head} there is no such namespace; make it with: kubectl create namespace ${namespace}`;
    case 'no-permission':
      return `${head} the spoke may not write ClusterProfiles there; the owner of the cluster can allow it with: kubectl create rolebinding accord-spoke-profiles -n ${namespace} --clusterrole=accord-spoke-profiles --serviceaccount=accord-system:accord-spoke`;
    case 'foreign':
      return `${head} ClusterProfile ${trouble.name} belongs to ${trouble.owner} and is left alone; project into another namespace, or take it away with: kubectl delete clusterprofile ${trouble.name} -n ${namespace}`;
    case 'refused':
      return `${head} ClusterProfile ${trouble.name} was not taken: ${trouble.because}`;
  }
}
