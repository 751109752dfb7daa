import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';
import { rowOf } from '../status/example-incident.ts';

const api = '/apis/accord.dev/v1alpha1';
const policy = { metadata: { name: 'pay', generation: 2 }, spec: { clusterSelector: { matchLabels: { env: 'prod' } } } };
const cluster = (env: string): object => ({ metadata: { name: 'eu-1', generation: 1, labels: { env } }, spec: { mode: 'Enforce' } });
const both = (env = 'prod'): Script => ({
  [`GET ${api}/clusterpolicies/pay`]: { body: policy },
  [`GET ${api}/clusters/eu-1`]: { body: cluster(env) },
});
const lists: Script = {
  [`GET ${api}/clusterpolicies?limit=500`]: { body: { items: [policy, { metadata: { name: 'shop\u001b[2J' } }] } },
  [`GET ${api}/clusters?limit=500`]: { body: { items: [cluster('prod')] } },
};
const rows = (...items: readonly object[]): Script => ({
  'GET /v1/policies/pay/clusters?q=eu-1': { body: { items, counts: {}, total: items.length } },
});
const applied = rowOf('pay', 2, 'eu-1', { state: 'Applied', sentence: 'pay@2 is applied on eu-1.' });
const notSelected = {
  ...{ lint: [], warnings: [], selected: [], notSelected: [{ cluster: 'eu-1', because: 'env is dev, wanted prod' }], objects: {} },
  ...{ change: { add: 0, change: 0, remove: 0 }, access: { gained: [], lost: [] } },
};

describe('why', () => {
  test.each([
    ['pay', 'eu-1'],
    ['eu-1', 'pay'],
  ])('%s %s: either order gives the reason and the state', async (first, second) => {
    const { out } = await speak(['why', first, second], { ...both(), ...rows(applied) });
    expect(out).toBe('pay selects env=prod, and eu-1 is selected because it has env=prod.\npay@2 is applied on eu-1.\n');
  });

  test('every object that is held up is named, with no control character of a cluster', async () => {
    const problem = { object: '/ConfigMap/pay/a', state: 'Failed', reason: 'Invalid', message: 'no \u001b[2J' };
    const row = rowOf('pay', 2, 'eu-1', { problems: [problem, { ...problem, object: '/ConfigMap/pay/b' }] });
    const { out } = await speak(['why', 'pay', 'eu-1'], { ...both(), ...rows(row) });
    expect(out.split('\n').slice(2)).toEqual(['  Failed ConfigMap pay/a: no \\u001b[2J', '  Failed ConfigMap pay/b: no \\u001b[2J', '']);
  });

  test('a cluster that is not selected gets the reason of the hub, and what would change it', async () => {
    const { out, heard } = await speak(['why', 'pay', 'eu-1'], { ...both('dev'), ...rows(), 'POST /v1/preview': { body: notSelected } });
    expect(out).toBe(
      'pay selects env=prod, and eu-1 is not selected: env is dev, wanted prod. To change that: accord cluster label eu-1 env=prod, or accord edit policy pay\n',
    );
    expect(heard.at(-1)).toContain('"clusters":["eu-1"]');
  });

  test('what still leaves a cluster is told before why it does', async () => {
    const leaving = rowOf('pay', 2, 'eu-1', { state: 'Removing', selected: false, sentence: 'pay is leaving eu-1.' });
    const { out } = await speak(['why', 'pay', 'eu-1'], { ...both('dev'), ...rows(leaving), 'POST /v1/preview': { body: notSelected } });
    expect(out.split('\n').map((line) => line.slice(0, 20))).toEqual(['pay is leaving eu-1.', 'pay selects env=prod', '']);
  });

  test('-o json gives the same for a program', async () => {
    const { out } = await speak(['why', 'pay', 'eu-1', '-o', 'json'], { ...both(), ...rows(applied) });
    expect(JSON.parse(out)).toMatchObject({ policy: 'pay', cluster: 'eu-1', selected: true, row: { state: 'Applied' } });
  });

  test.each([
    ['nope', 'eu-1', 'There is no policy called nope. See what there is: accord get clusters,policies'],
    ['eu-1', 'nope', 'There is no policy called nope. See what there is: accord get clusters,policies'],
    ['pay', 'nope', 'There is no cluster called nope. See what there is: accord get clusters,policies'],
    ['pay', 'eu1', 'There is no cluster called eu1. Did you mean: accord why pay eu-1'],
    ['eu1', 'pay', 'There is no cluster called eu1. Did you mean: accord why pay eu-1'],
    ['pai', 'eu2', 'There are no policy and cluster called pai and eu2. Did you mean: accord why pay eu-1'],
    ['shop', 'eu-1', 'There is no policy called shop. See what there is: accord get clusters,policies'],
    ['left', 'right', 'There are no policy and cluster called left and right. See what there is: accord get clusters,policies'],
  ])('%s %s: %s', async (first, second, said) => {
    const { code, err } = await speak(['why', first, second], { ...both(), ...lists });
    expect({ code, err }).toEqual({ code: 1, err: `error: ${said}\n` });
  });
});
