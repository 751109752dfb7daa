import { objectKey, type PolicyName } from '@accord/proto/ids';
import type { JsonObject } from '@accord/proto/canonical';
import { expect, test } from 'vitest';
import type { Intent } from '../desired/intent.ts';
import { groupOf, textAt } from '../policy/manifest.ts';
import { stageOf } from '../policy/stage-of.ts';
import { waitOrder } from './wait-order.ts';

function intent(apiVersion: string, kind: string, name: string, change: Partial<Intent> = {}, spec: JsonObject = {}): Intent {
  const body: JsonObject = { apiVersion, kind, metadata: { name }, spec };
  const group = groupOf(body);
  const owner = 'shop' as PolicyName;
  return {
    ...{ key: objectKey(group, kind, 'team', name), owner, contributors: [owner], order: 0, retain: false, body, digest: 'd' },
    stage: stageOf(`${group}/${kind}`),
    ...change,
  };
}
const names = (intents: readonly Intent[]): string => intents.map(({ body }) => textAt(body, 'metadata', 'name')).join(' ');

const job = intent('batch/v1', 'Job', 'migrate', { order: -1 });
const deployment = intent('apps/v1', 'Deployment', 'web');
const service = intent('v1', 'Service', 'web', { order: 1 });
const others = intent('apps/v1', 'Deployment', 'theirs', { owner: 'other' as PolicyName, contributors: ['other' as PolicyName] });
const shared = intent('apps/v1', 'Deployment', 'shared', {
  owner: 'other' as PolicyName,
  contributors: ['other' as PolicyName, 'shop' as PolicyName],
});
const configMap = intent('v1', 'ConfigMap', 'settings', { order: 5 });
const definition = intent(
  'apiextensions.k8s.io/v1',
  'CustomResourceDefinition',
  'widgets.example.com',
  {},
  {
    group: 'example.com',
    names: { kind: 'Widget' },
  },
);
const order = waitOrder([job, deployment, service, others, shared, configMap, definition]);

test('what comes later in its policy waits for Jobs and Deployments before it, and for no others', () => {
  expect([job, deployment, service, others].map((one) => names(order.before(one)))).toEqual(['', 'migrate', 'migrate web shared', '']);
});

test('what belongs to an earlier stage waits for none of them, whatever its order says', () => {
  expect(order.before(configMap)).toEqual([]);
});

test('a custom resource is told from others by the group and kind that a definition names', () => {
  const widget = objectKey('example.com', 'Widget', 'team', 'a');
  expect([order.definitionOf(widget), order.definitionOf(objectKey('', 'Widget', 'team', 'a'))]).toEqual([definition, undefined]);
});
