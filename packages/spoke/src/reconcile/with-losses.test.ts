import type { HeldRemoval } from '@accord/core/apply/plan-apply';
import { CodedError } from '@accord/proto/coded-error';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { expect, test } from 'vitest';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { configMapKind } from '../kube/own-kinds.ts';
import type { PolicyShare } from './policy-share.ts';
import { withLosses } from './with-losses.ts';

const { signal } = new AbortController();
const policy = 'p' as PolicyName;
const removal = (name: string, isWhole: boolean): HeldRemoval => ({
  ...{ key: objectKey('', 'Namespace', undefined, name), owner: policy, reason: 'RemovalBrake' },
  ...(isWhole && { isWhole }),
});

/** What is told of each of them, on a cluster where somebody has a ConfigMap in `used`. */
async function told(kube: Kube, ...held: readonly HeldRemoval[]): Promise<unknown> {
  const share: PolicyShare = { policy, verdict: {} as never, overruled: new Map(), removals: [], held };
  return (await withLosses(kube, share, signal)).held.map(({ because }) => because);
}
function world(): FakeKube {
  const cluster = new FakeCluster();
  for (const name of ['used', 'empty']) cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, 'kubectl');
  cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'used' } }, 'kubectl');
  return new FakeKube(cluster);
}

test('of a namespace that would go with everything in it somebody is told what is there', async () => {
  const said = await told(world(), removal('used', true), removal('empty', true), removal('used', false));
  expect(said).toEqual(['ConfigMap theirs among it', 'where nothing of others is seen, Secrets aside', undefined]);
});

test('and that more may be there, where not all can be looked at', async () => {
  const kube = world();
  kube.forbidListing(configMapKind);
  expect(await told(kube, removal('used', true))).toEqual(['not all of it can be seen']);
  const away = (): never => {
    throw new CodedError('unavailable', 'the kinds of example.com/v1 are not known now');
  };
  expect(await told({ kindsInNamespaces: away } as unknown as Kube, removal('used', true))).toEqual(['not all of it can be seen']);
});

test('of many the first few are looked into', async () => {
  const many = Array.from({ length: 9 }, () => removal('used', true));
  expect((await told(world(), ...many)) as unknown[]).toEqual([...Array.from({ length: 8 }, () => 'ConfigMap theirs among it'), undefined]);
});
