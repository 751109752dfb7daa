import { expect, test } from 'vitest';
import { speak } from '../scripted-hub.ts';

const api = '/apis/accord.dev/v1alpha1';
const cluster = {
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'eu-1', generation: 1, labels: { env: 'prod' } },
  spec: { region: 'eu' },
  status: { ready: 'True', connection: 'live', sync: { state: 'current' }, policies: { total: 2, applied: 1 } },
};

test.each([
  [['cluster', 'pause', 'eu-1'], 'clusters/eu-1', '{"spec":{"paused":true}}', 'cluster/eu-1 paused (x@3)'],
  [['cluster', 'resume', 'eu-1'], 'clusters/eu-1', '{"spec":{"paused":null}}', 'cluster/eu-1 resumed (x@3)'],
  [['cluster', 'inform', 'eu-1'], 'clusters/eu-1', '{"spec":{"mode":"Inform"}}', 'cluster/eu-1 only compared (x@3)'],
  [['cluster', 'enforce', 'eu-1'], 'clusters/eu-1', '{"spec":{"mode":"Enforce"}}', 'cluster/eu-1 enforced (x@3)'],
  [['suspend', 'pay'], 'clusterpolicies/pay', '{"spec":{"suspended":true}}', 'clusterpolicy/pay suspended (x@3)'],
  [['resume', 'pay'], 'clusterpolicies/pay', '{"spec":{"suspended":null}}', 'clusterpolicy/pay resumed (x@3)'],
])('%j changes that one field', async (words, path, body, said) => {
  const { out, heard } = await speak(words, { [`PATCH ${api}/${path}`]: { body: cluster, headers: { 'accord-change': 'x@3' } } });
  expect([out, heard]).toEqual([`${said}\n`, [`PATCH ${api}/${path} ${body}`]]);
});
