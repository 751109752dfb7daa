import { join } from 'node:path';
import { connectNatsBus, type NatsBus } from '@accord/bus/nats/nats-bus';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { indexSubject, labelAnchor } from '@accord/proto/subjects';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killNatsOf } from '../chaos/hub-program.ts';
import { busOfHub } from '../bus-of-hub.ts';
import { FleetFixture, until } from './fleet-fixture.ts';

// The rows of docs/reference/removal.md that no other real suite shows. Lost streams and epochs are in test/chaos/lost-streams.test.ts,
// plain deletion and relabelling in fleet-ring.test.ts, a spoke that was down in fleet-kill.test.ts, adoption in fleet-modes.test.ts.
const eu = 'prod-eu-1';
const us = 'prod-us-1';
let it: FleetFixture;
beforeAll(async () => {
  it = await FleetFixture.start([
    { name: eu, labels: { env: 'prod', region: 'eu' } },
    { name: us, labels: { env: 'prod', region: 'us' } },
  ]);
});
afterAll(() => it.stop());

const prod = { clusterSelector: { matchLabels: { env: 'prod' } } };
const configMap = (namespace: string, name = 'settings') => `/api/v1/namespaces/${namespace}/configmaps/${name}`;
const binding = (policy: string) => `/apis/rbac.authorization.k8s.io/v1/namespaces/${policy}/rolebindings/accord:${policy}:view`;
const mirror = (policy: string) => `/apis/accord.dev/v1alpha1/clusterpolicies/${policy}`;
const maps = (...names: string[]) => names.map((name) => ({ name, data: { a: '1' } }));
const policy = (name: string, names: readonly string[], more: object = {}) => ({
  ...prod,
  namespaces: [{ name, configMaps: maps(...names) }],
  ...more,
});

interface Live {
  readonly metadata: {
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
}
const read = async (cluster: string, path: string) => (await it.kube(cluster, 'GET', path)).body as Live;
const uidOf = async (cluster: string, path: string): Promise<string> => (await read(cluster, path)).metadata.uid;
const ownerOf = async (cluster: string, path: string) => (await read(cluster, path)).metadata.labels?.['accord.dev/policy'];
const isThere = async (cluster: string, path: string): Promise<boolean> => (await it.status(cluster, path)) === 200;
const untilGone = (cluster: string, path: string) =>
  until(`${path} leaves ${cluster}`, async () => (await it.status(cluster, path)) === 404);
const untilState: FleetFixture['untilState'] = (...said) => it.untilState(...said);
const untilLeft = (name: string) => until(`no cluster has ${name}`, async () => (await it.rows(name)).length === 0);

async function settle(name: string, spec: object, clusters: readonly string[] = [eu, us]): Promise<number> {
  const revision = await it.put(name, spec);
  await it.untilApplied(name, revision, clusters);
  return revision;
}

async function changeCluster(name: string, change: object): Promise<void> {
  const path = `/apis/accord.dev/v1alpha1/clusters/${name}`;
  const { spec, ...object } = (await it.hub('GET', path)).body as { readonly spec: object };
  expect((await it.hub('PUT', path, { ...object, spec: { ...spec, ...change } })).status).toBe(200);
}

/** As the administrator of a cluster leaves it behind: an object that carries our marks. */
async function leaveBehind(cluster: string, owner: string, namespace: string, name: string): Promise<void> {
  const metadata = { name, labels: { 'accord.dev/policy': owner }, annotations: { 'accord.dev/origin': 'Created' } };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'left' } };
  expect((await it.kube(cluster, 'POST', `/api/v1/namespaces/${namespace}/configmaps`, object)).status).toBe(201);
}

/** As somebody who has the files of the hub. */
function busOfTheHub(): Promise<NatsBus> {
  const keys = openKeyRing(join(it.fleet.paths.hub, 'keys'), { mayCreate: false });
  const credential = new HubCredentials({ keys, role: 'hub', clock: systemClock, log: new ListLog() }).current;
  return connectNatsBus({
    place: () => busOfHub(it.fleet.paths.hub),
    role: 'hub',
    inboxPrefix: '_INBOX',
    credential,
    onError: () => undefined,
  });
}

describe('the brake', () => {
  test('holds what a new revision or a tombstone does not account for, and one confirmation lifts it on every cluster', async () => {
    await settle(
      'many',
      policy(
        'many',
        Array.from({ length: 12 }, (_, at) => `c${at}`),
      ),
    );
    await it.put('many', policy('many', ['c0']));
    for (const cluster of [eu, us]) await untilState('many', cluster, 'Stalled', 'would remove 11 objects');
    await it.delete('many');
    for (const cluster of [eu, us]) await untilState('many', cluster, 'Stalled', 'accord confirm-removal many');
    for (const cluster of [eu, us]) expect(await isThere(cluster, configMap('many', 'c11'))).toBe(true);
    const revision = (await it.row('many', eu))?.revision;
    expect((await it.hub('POST', '/v1/policies/many/confirm-removal', { revision, count: 12 })).status).toBe(202);
    await untilLeft('many');
    for (const cluster of [eu, us]) expect(await isThere(cluster, configMap('many', 'c11'))).toBe(false);
  });
});

describe('what a new revision no longer names', () => {
  test('leaves only after everything of that revision is in', async () => {
    await settle('replaced', policy('replaced', ['old']));
    await it.kubectl(us, 'create', 'namespace', 'closed');
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'closed' } };
    await it.kubectl(eu, 'create', 'namespace', 'closed');
    await it.kubectl(eu, 'label', 'namespace', 'closed', 'accord.dev/allow=true');
    await it.put('replaced', policy('replaced', ['new'], { objects: [{ id: 'a', manifest }] }));
    await untilGone(eu, configMap('replaced', 'old'));
    await untilState('replaced', us, 'Failed', 'kubectl label namespace closed accord.dev/allow=true');
    expect([await isThere(us, configMap('replaced', 'new')), await isThere(us, configMap('replaced', 'old'))]).toEqual([true, true]);
    await settle('replaced', policy('replaced', ['new']));
    for (const cluster of [eu, us]) expect(await isThere(cluster, configMap('replaced', 'old'))).toBe(false);
  });
});

describe('a selector that changes', () => {
  test('moves the policy without touching what it has where it stays, and takes it away elsewhere', async () => {
    await settle('moving', policy('moving', ['settings']));
    const before = await uidOf(eu, configMap('moving'));
    await settle('moving', policy('moving', ['settings'], { clusterSelector: { matchLabels: { region: 'eu' } } }), [eu]);
    await untilGone(us, configMap('moving'));
    expect(await uidOf(eu, configMap('moving'))).toBe(before);
  });

  test('and a name that is used again goes on counting', async () => {
    await it.delete('moving');
    await untilLeft('moving');
    expect(await settle('moving', policy('moving', ['settings']))).toBe(4);
  });
});

describe('when a policy goes', () => {
  test('what is to be kept is given back with all its values, and everything else leaves', async () => {
    const kept = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kept', namespace: 'going' }, data: { a: '1' } };
    const namespaces = [
      {
        name: 'going',
        podSecurity: { enforce: 'baseline' },
        bindings: [{ clusterRole: 'view', groups: ['g'] }],
        configMaps: maps('settings', 'wanted'),
      },
    ];
    await settle('going', { ...prod, namespaces, objects: [{ id: 'kept', deletion: 'Retain', manifest: kept }] });
    // Its owner wants to keep it; a grant cannot be kept that way.
    await it.kubectl(eu, 'annotate', '-n', 'going', 'configmap', 'wanted', 'accord.dev/deletion=retain');
    await it.kubectl(eu, 'annotate', '-n', 'going', 'rolebinding', 'accord:going:view', 'accord.dev/deletion=retain');
    await it.delete('going');
    await untilLeft('going');
    expect([
      await isThere(eu, configMap('going')),
      await isThere(eu, binding('going')),
      await isThere(us, configMap('going', 'wanted')),
    ]).toEqual([false, false, false]);
    for (const path of [configMap('going', 'kept'), configMap('going', 'wanted'), '/api/v1/namespaces/going']) {
      const { metadata } = await read(eu, path);
      expect([path, metadata.labels?.['accord.dev/policy'], metadata.annotations?.['accord.dev/adoptable']]).toEqual([
        path,
        undefined,
        'true',
      ]);
    }
    expect((await read(eu, configMap('going', 'kept'))).data).toEqual({ a: '1' });
    expect((await read(eu, '/api/v1/namespaces/going')).metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('baseline');
  });

  test('that says prune: None, everything is given back, and taken again without a question', async () => {
    await settle('lent', policy('lent', ['settings'], { prune: 'None' }));
    const before = await uidOf(eu, configMap('lent'));
    await it.delete('lent');
    await untilLeft('lent');
    expect([await uidOf(eu, configMap('lent')), await ownerOf(eu, configMap('lent'))]).toEqual([before, undefined]);
    await settle('lent', policy('lent', ['settings']));
    expect([await uidOf(eu, configMap('lent')), await ownerOf(eu, configMap('lent'))]).toEqual([before, 'lent']);
  });

  test('what another one wants as well is handed over in place, and leaves with the last of them', async () => {
    await settle('first', policy('both', ['settings']));
    await settle('second', policy('both', ['settings']));
    const before = await uidOf(eu, configMap('both'));
    await it.delete('first');
    await untilLeft('first');
    await until('the other one owns it', async () => (await ownerOf(eu, configMap('both'))) === 'second');
    expect(await uidOf(eu, configMap('both'))).toBe(before);
    await it.delete('second');
    await untilLeft('second');
    expect(await isThere(eu, configMap('both'))).toBe(false);
  });

  test('its namespace stays for as long as something in it does', async () => {
    await settle('occupied', policy('occupied', ['settings']));
    const end = new Date(Date.now() + 3_600_000).toISOString();
    await it.kubectl(eu, 'annotate', '-n', 'occupied', 'configmap', 'settings', `accord.dev/hold-until=${end}`);
    await untilState('occupied', eu, 'Applied');
    await it.delete('occupied');
    await untilState('occupied', eu, 'Stopped', 'somebody there');
    expect([await isThere(eu, configMap('occupied')), await ownerOf(eu, '/api/v1/namespaces/occupied')]).toEqual([true, 'occupied']);
    await it.kubectl(eu, 'annotate', '-n', 'occupied', 'configmap', 'settings', 'accord.dev/hold-until-');
    await untilLeft('occupied');
    expect([await isThere(eu, configMap('occupied')), await ownerOf(eu, '/api/v1/namespaces/occupied')]).toEqual([false, undefined]);
  });
});

describe('nothing is removed', () => {
  const everything = async (namespace: string): Promise<readonly string[]> => {
    const { body } = await it.kube(eu, 'GET', `/api/v1/namespaces/${namespace}/configmaps?labelSelector=accord.dev/policy`);
    return (body as { items: { metadata: { name: string; uid: string } }[] }).items.map(
      ({ metadata }) => `${metadata.name} ${metadata.uid}`,
    );
  };

  test('by any change of mode and by any stop, whatever the revision says meanwhile', async () => {
    await settle('calm', policy('calm', ['a', 'b']));
    const before = await everything('calm');
    const changes: [state: string, change: () => Promise<unknown>][] = [
      ['Stopped', () => it.put('calm', policy('calm', ['a'], { suspended: true }))],
      ['Drifted', () => it.put('calm', policy('calm', ['a'], { mode: 'Inform' }))],
      ['Stopped', () => changeCluster(eu, { paused: true })],
      ['Drifted', () => changeCluster(eu, { paused: false, mode: 'Inform' })],
      ['Drifted', () => it.put('calm', policy('calm', ['a']))],
      ['Stopped', () => it.delete('calm')],
    ];
    for (const [state, change] of changes) {
      await change();
      await untilState('calm', eu, state);
      expect(await everything('calm')).toEqual(before);
    }
    await changeCluster(eu, { mode: 'Enforce' });
    await untilLeft('calm');
    expect(await everything('calm')).toEqual([]);
  });

  test('when somebody deletes a mirror: it is written again', async () => {
    await settle('shown', policy('shown', ['settings']));
    const [before, objects] = [await uidOf(eu, mirror('shown')), await everything('shown')];
    await it.kubectl(eu, '--as=breaker', '--as-group=system:masters', '--as-group=accord-breakglass', 'delete', 'clusterpolicy', 'shown');
    await until(
      'it is there again',
      async () => (await it.status(eu, mirror('shown'))) === 200 && (await uidOf(eu, mirror('shown'))) !== before,
    );
    expect(await everything('shown')).toEqual(objects);
  });

  test('while the bus is away, not even what no document names; afterwards it is', async () => {
    await settle('steady', policy('steady', ['settings']));
    await it.fleet.stopSpoke(eu);
    await it.fleet.killHub();
    await killNatsOf(it.fleet.paths.hub);
    await leaveBehind(eu, 'steady', 'steady', 'leftover');
    await it.fleet.startSpoke(eu);
    await it.kube(eu, 'DELETE', configMap('steady'));
    await until('it enforces', () => isThere(eu, configMap('steady')));
    expect(await isThere(eu, configMap('steady', 'leftover'))).toBe(true);
    await it.fleet.startHub();
    await until('what is left over leaves', async () => !(await isThere(eu, configMap('steady', 'leftover'))), 60_000);
    expect(await isThere(eu, configMap('steady'))).toBe(true);
  });

  test('because of an index that nobody signed, nor when the hub writes the next one', async () => {
    await settle('signed', policy('signed', ['settings']));
    const before = await everything('signed');
    const bus = await busOfTheHub();
    const unsigned = { subject: indexSubject(labelAnchor('env', 'prod')), body: new TextEncoder().encode('nobody signed this') };
    await bus.append([unsigned], 'unsigned');
    await bus.close();
    await it.fleet.killSpoke(eu);
    await leaveBehind(eu, 'signed', 'signed', 'leftover');
    await it.fleet.startSpoke(eu);
    await it.kube(eu, 'DELETE', configMap('steady'));
    await until('it enforces', () => isThere(eu, configMap('steady')));
    expect(await isThere(eu, configMap('signed', 'leftover'))).toBe(true);
    await it.put('next', policy('next', ['settings']));
    for (const cluster of [eu, us]) await until(`the next one is on ${cluster}`, () => isThere(cluster, configMap('next')), 60_000);
    await untilGone(eu, configMap('signed', 'leftover'));
    expect(await everything('signed')).toEqual(before);
    expect(await isThere(us, configMap('signed'))).toBe(true);
  });

  test('when the definition of the mirrors is deleted', async () => {
    const objects = await everything('steady');
    await it.kubectl(eu, 'delete', 'crd', 'clusterpolicies.accord.dev');
    await until('the mirrors are gone', async () => (await it.status(eu, mirror('steady'))) === 404);
    await it.fleet.killSpoke(eu);
    await it.kubectl(eu, 'apply', '--server-side', '-f', 'deploy/spoke/crds.yaml');
    await it.fleet.startSpoke(eu);
    await until('the mirror is written again', () => isThere(eu, mirror('steady')), 60_000);
    expect(await everything('steady')).toEqual(objects);
  });
});
