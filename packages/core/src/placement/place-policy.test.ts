import { describe, expect, test } from 'vitest';
import { exampleCluster } from '../policy/example-policies.ts';
import { placePolicy } from './place-policy.ts';

describe('placePolicy', () => {
  test('says for every cluster why it is or is not selected, by name', () => {
    const clusters = [exampleCluster({ env: 'dev' }, 'c'), exampleCluster({}, 'b'), exampleCluster({ region: 'us-east-1' }, 'a')];
    const { selected, notSelected } = placePolicy({ matchLabels: { env: 'prod', region: 'eu-west-1' } }, clusters);
    expect(selected.map(({ name }) => name)).toEqual(['b']);
    expect(notSelected.map(({ cluster, because }) => `${cluster.name}: ${because}`)).toEqual([
      'a: region is us-east-1, wanted eu-west-1',
      'c: env is dev, wanted prod',
    ]);
  });
});
