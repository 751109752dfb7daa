import { FakeCluster } from './fake-cluster.ts';
import { FakeKube } from './fake-kube.ts';
import { keyOf } from './ref-key.ts';
import { describeKubeContract } from './kube-contract.ts';

describeKubeContract('in memory', async () => {
  const cluster = new FakeCluster();
  return {
    kube: new FakeKube(cluster),
    admin: {
      create: async (object, manager) => void cluster.create(object, manager),
      edit: async (at, manager, change) => cluster.edit(keyOf(at), manager, change),
      drop: async (at) => cluster.drop(keyOf(at)),
    },
    close: async () => undefined,
  };
});
