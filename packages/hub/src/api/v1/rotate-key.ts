import { decideAskForKey } from '@accord/core/cluster/decide-key';
import { keyReplacementSchema } from '@accord/proto/api';
import { nameChange } from '../accepted.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { requireCluster } from '../kube/write-cluster.ts';
import { paramOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

export function rotateKeyOperations({ projection, requests }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'POST',
      path: '/v1/clusters/:name/rotate-key',
      summary: 'Tells a cluster to replace its key. It makes the new one itself and stays connected.',
      role: 'admin',
      status: 202,
      answer: keyReplacementSchema,
      run: async (request, _body, reply) => {
        const cluster = paramOf(request, 'name');
        const { publicKey: keyToReplace } = requireCluster(projection.registry, cluster).body;
        const { change = '' } = await requests.store(request, () => decideAskForKey(requireCluster(projection.registry, cluster)));
        if (change !== '') nameChange(reply, change);
        return { change, cluster, keyToReplace };
      },
    }),
  ];
}
