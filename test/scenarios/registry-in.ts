import { textAt } from '@accord/core/policy/manifest';
import type { FakeKube } from '../../packages/spoke/src/kube/fake-kube.ts';
import { clusterKind } from '../../packages/spoke/src/kube/own-kinds.ts';

/** The Cluster objects in a cluster, one a line: name, readiness with its reason, region. */
export function registryIn(kube: FakeKube): readonly string[] {
  const lines = kube.cluster.ofKind(clusterKind).objects.map(({ object }) => {
    const [name, region] = [textAt(object, 'metadata', 'name'), textAt(object, 'spec', 'region')];
    const [ready] =
      (object['status'] as { readonly conditions?: readonly { readonly status: string; readonly reason: string }[] } | undefined)
        ?.conditions ?? [];
    return `${name} ready=${ready?.status ?? '-'} ${ready?.reason ?? '-'}${region === '' ? '' : ` ${region}`}`;
  });
  return lines.toSorted();
}
