import { secretsGrantKey } from '../policy/sealed-secrets.ts';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';

/** An object in a namespace, as far as it says whose it is. */
export interface Found {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Records of what happened: they lose themselves after an hour, and every namespace that lived has some. */
const records: ReadonlySet<string> = new Set(['/Event', 'events.k8s.io/Event']);

/**
 * What kube-controller-manager puts into every namespace, and nobody else needs: `group/Kind/name`.
 *
 * Source: Kubernetes, `pkg/controller/certificates/rootcacertpublisher` and `pkg/controller/serviceaccount`. Whatever else somebody's
 * platform puts there counts, as nobody can tell whether it is missed.
 */
const defaults: ReadonlySet<string> = new Set(['/ConfigMap/kube-root-ca.crt', '/ServiceAccount/default']);

/** Whether objects of a kind say nothing about whether a namespace is in use, however many there are. */
export function isRecord({ group, kind }: Pick<Found, 'group' | 'kind'>): boolean {
  return records.has(`${group}/${kind}`);
}

/** What an object says of the namespace that it lies in: nothing, that it is on its way out with the policy, or that the namespace is used. */
export function judgeContent({ group, kind, name, labels }: Found, namespace: string, policy: PolicyName): 'nothing' | 'leaving' | 'used' {
  if (isRecord({ group, kind }) || defaults.has(`${group}/${kind}/${name}`)) return 'nothing';
  if (labels[ownerLabel] !== policy) return 'used';
  return objectKey(group, kind, namespace, name) === secretsGrantKey(namespace) ? 'nothing' : 'leaving';
}
