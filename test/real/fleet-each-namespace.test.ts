import type { Row } from '@accord/proto/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';

const cluster = 'prod-1';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([{ name: cluster, labels: { env: 'prod' } }]);
});
afterAll(() => it.stop());

type Labels = Readonly<Record<string, string | null>>;
const open = { team: 'shop', 'accord.dev/allow': 'true' };
const namespacePath = (name: string) => `/api/v1/namespaces/${name}`;
const denyIn = (namespace: string) => `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/deny`;
const names = (stem: string, count: number) => Array.from({ length: count }, (_, at) => `${stem}-${at + 1}`);

async function succeed(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<void> {
  const answer = await it.kube(cluster, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
}
const create = (name: string, labels: Labels) =>
  succeed('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const label = (name: string, labels: Labels) => succeed('PATCH', namespacePath(name), { metadata: { labels } });
const labelAll = async (all: readonly string[], labels: Labels) => {
  for (const name of all) await label(name, labels);
};
const isThere = async (namespace: string) => (await it.status(cluster, denyIn(namespace))) === 200;
const untilThere = (...namespaces: readonly string[]) =>
  until(`there is one in ${namespaces.join(', ')}`, async () => (await Promise.all(namespaces.map(isThere))).every(Boolean));
const untilGone = (...namespaces: readonly string[]) =>
  until(`there is none in ${namespaces.join(', ')}`, async () => !(await Promise.all(namespaces.map(isThere))).some(Boolean));
const rowOf = async (): Promise<Row | undefined> => (await it.rows('deny'))[0];
const untilRow = (what: string, fits: (row: Row) => boolean) =>
  until(what, async () => {
    const row = await rowOf();
    return row !== undefined && row.sync === 'current' && row.reportedRevision === row.revision && fits(row);
  });
const untilApplied = (objects: number) =>
  untilRow(`${objects} are applied`, ({ state, applied, desired }) => state === 'Applied' && applied === objects && desired === objects);
const untilBraked = (objects: number) =>
  untilRow(`the brake holds ${objects}`, ({ state, reason, held }) => `${state} ${reason} ${held}` === `Stalled RemovalBrake ${objects}`);

const spec = (more: object = {}) => ({
  clusterSelector: { matchLabels: { env: 'prod' } },
  namespaceSelector: { selector: { matchLabels: { team: 'shop' } }, exclude: ['*-sandbox'] },
  objects: [
    {
      id: 'deny',
      eachNamespace: true,
      manifest: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'deny', annotations: { cluster: '${cluster.name}' } },
        spec: { podSelector: {}, policyTypes: ['Ingress'] },
      },
    },
  ],
  ...more,
});

/** Requests for single NetworkPolicies, by the metrics of the API server. What a namespace takes along goes by the collection. */
async function countOf(verb: 'APPLY' | 'DELETE'): Promise<number> {
  const text = String((await it.kube(cluster, 'GET', '/metrics')).body);
  return text
    .split('\n')
    .filter((line) => line.startsWith('apiserver_request_total{') && line.includes('resource="networkpolicies"'))
    .filter((line) => line.includes(`verb="${verb}"`) && line.includes('scope="resource"'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

async function untilSpokeHasLived(ms: number): Promise<void> {
  const path = '/apis/coordination.k8s.io/v1/namespaces/accord-system/leases';
  const renewedMs = async () => {
    const { items } = (await it.kube(cluster, 'GET', path)).body as {
      readonly items: readonly { readonly spec: { readonly renewTime: string } }[];
    };
    return Math.max(...items.map(({ spec: { renewTime } }) => Date.parse(renewTime)));
  };
  const sinceMs = await renewedMs();
  await until('the spoke has renewed its lease', async () => (await renewedMs()) >= sinceMs + ms);
}

describe('an entry for each namespace', () => {
  test('is made in those that match and are open, and the row says how many are not', async () => {
    for (const name of names('shop', 3)) await create(name, open);
    await create('pay', { ...open, team: 'pay' });
    await create('shop-sandbox', open);
    await create('shop-closed', { team: 'shop' });
    await label('kube-public', open);
    await it.put('deny', spec());
    await untilApplied(3);
    const there = await Promise.all([...names('shop', 3), 'pay', 'shop-sandbox', 'shop-closed', 'kube-public'].map(isThere));
    expect(there).toEqual([true, true, true, false, false, false, false]);
    expect((await rowOf())?.sentence).toContain('1 selected namespace is left out');
    const { body } = await it.kube(cluster, 'GET', denyIn('shop-1'));
    expect((body as { readonly metadata: { readonly annotations: object } }).metadata.annotations).toMatchObject({ cluster });
  });

  test('comes back from the mirror as it was written', async () => {
    const { body } = await it.kube(cluster, 'GET', '/apis/accord.dev/v1alpha1/clusterpolicies/deny');
    const mirrored = (body as { readonly spec: ReturnType<typeof spec> }).spec;
    expect(mirrored.namespaceSelector).toEqual(spec().namespaceSelector);
    expect(mirrored.objects).toMatchObject(spec().objects);
  });

  test('follows a namespace that comes, one that gets the label, and one that its owner opens', async () => {
    await create('shop-4', open);
    await untilThere('shop-4');
    await label('pay', { team: 'shop' });
    await untilThere('pay');
    await label('shop-closed', { 'accord.dev/allow': 'true' });
    await untilThere('shop-closed');
    await untilApplied(6);
    expect((await rowOf())?.sentence).not.toContain('left out');
  });

  test('leaves a namespace that stops to match, and no other', async () => {
    await label('pay', { team: 'pay' });
    await untilGone('pay');
    await untilApplied(5);
  });

  test('is healed where somebody deletes it', async () => {
    await succeed('DELETE', denyIn('shop-1'));
    await untilThere('shop-1');
    await untilRow('the heal is counted', ({ heals }) => heals === 1);
  });
});

describe('a namespace that is deleted while entries are in it', () => {
  const keeper = '/api/v1/namespaces/shop-2/configmaps/keeper';

  test('takes them along: no removal, no heal, no attempt to put them back', async () => {
    const metadata = { name: 'keeper', finalizers: ['example.com/keeper'] };
    await succeed('POST', '/api/v1/namespaces/shop-2/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    const before = [await countOf('APPLY'), await countOf('DELETE')];
    await succeed('DELETE', namespacePath('shop-2'));
    await untilGone('shop-2');
    await untilApplied(4);
    await it.put('deny', spec({ description: 'looked at again' }));
    await untilApplied(4);
    await untilSpokeHasLived(5_000);
    expect(await it.status(cluster, namespacePath('shop-2'))).toBe(200);
    expect([await countOf('APPLY'), await countOf('DELETE')]).toEqual(before);
  });

  test('gets them again when it is made anew, which is no heal', async () => {
    await succeed('PATCH', keeper, { metadata: { finalizers: null } });
    await until('it is gone', async () => (await it.status(cluster, namespacePath('shop-2'))) === 404);
    await create('shop-2', open);
    await untilThere('shop-2');
    await untilApplied(5);
    expect((await rowOf())?.heals).toBe(1);
  });
});

describe('many namespaces that stop to match', () => {
  const many = names('many', 15);
  const confirm = async (count: number) => {
    const { revision } = (await rowOf()) ?? {};
    const answer = await it.hub('POST', '/v1/policies/deny/confirm-removal', { revision, count });
    if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  };

  test('meet the brake together, and go when a person has confirmed it', async () => {
    for (const name of many) await create(name, open);
    await untilApplied(20);
    await labelAll(many, { team: null });
    await untilBraked(15);
    expect((await Promise.all(many.map(isThere))).every(Boolean)).toBe(true);
    await confirm(15);
    await untilGone(...many);
    await untilApplied(5);
  });

  test('wait for a person again, also those that a restarted spoke finds', async () => {
    await labelAll(many, open);
    await untilApplied(20);
    await it.fleet.killSpoke(cluster);
    await labelAll(many, { team: null });
    await it.fleet.startSpoke(cluster);
    await untilBraked(15);
    expect((await Promise.all(many.map(isThere))).every(Boolean)).toBe(true);
    await confirm(15);
    await untilGone(...many);
    await untilApplied(5);
  });

  test('and nothing is removed by a restart of the spoke alone', async () => {
    const before = await countOf('DELETE');
    await it.fleet.killSpoke(cluster);
    await it.fleet.startSpoke(cluster);
    await it.put('deny', spec({ description: 'after a restart' }));
    await untilApplied(5);
    await untilSpokeHasLived(3_000);
    expect(await countOf('DELETE')).toBe(before);
  });

  test('and whoever deletes the policy means all of them', async () => {
    await labelAll(many, open);
    await untilApplied(20);
    await it.delete('deny');
    await untilGone(...many, 'shop-1');
    await until('it has left', async () => (await it.rows('deny')).length === 0);
  });
});

describe('a namespace that the policy makes itself', () => {
  const own = (namespaces: readonly object[]) => spec({ namespaces, namespaceSelector: { selector: { matchLabels: { team: 'own' } } } });

  test('has its entries, and loses them before it is given back', async () => {
    await it.put(
      'deny',
      own([
        { name: 'own-1', labels: { team: 'own' } },
        { name: 'own-2', labels: { team: 'own' } },
      ]),
    );
    await untilThere('own-1', 'own-2');
    await untilApplied(4);
    await it.put('deny', own([{ name: 'own-1', labels: { team: 'own' } }]));
    await untilGone('own-2');
    await untilApplied(2);
    await untilRow('what it gave back is no longer open', ({ sentence }) => sentence.includes('1 selected namespace is left out'));
    expect(await it.status(cluster, namespacePath('own-2'))).toBe(200);
  });
});
