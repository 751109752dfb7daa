import type { ObjectResult } from '@accord/core/apply/report-policy';
import type { Intent } from '@accord/core/desired/intent';
import { stageOf } from '@accord/core/policy/stage-of';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { OwnedObjects } from '../drift/owned-objects.ts';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { KindRef, Kube } from '../kube/kube.ts';
import { Awaited } from './awaited.ts';
import { Waits } from './waits.ts';

const { signal } = new AbortController();
const deploymentKind: KindRef = { group: 'apps', version: 'v1', kind: 'Deployment', resource: 'deployments', namespaced: true };
const owner = 'p' as PolicyName;

function intent(group: string, kind: string, name: string, order: number, more: JsonObject = {}): Intent {
  const namespace = kind === 'CustomResourceDefinition' ? undefined : 'team';
  const metadata = namespace === undefined ? { name } : { name, namespace };
  const body = { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata, ...more };
  const key = objectKey(group, kind, namespace, name);
  return { key, owner, contributors: [owner], stage: stageOf(`${group}/${kind}`), order, retain: false, body, digest: 'd' };
}
const names = { kind: 'Widget', plural: 'widgets' };
const versions = [{ name: 'v1', served: true }];
const crd = intent('apiextensions.k8s.io', 'CustomResourceDefinition', 'widgets.example.com', 0, {
  spec: { group: 'example.com', scope: 'Namespaced', names, versions },
});
const widget = intent('example.com', 'Widget', 'w', 0);
const web = intent('apps', 'Deployment', 'web', 0);
const service = intent('', 'Service', 'web', 1);
const notServed: ObjectResult = { outcome: 'blocked', reason: 'NoSuchKind', because: 'x' };

function world(intents: readonly Intent[], results: readonly [ObjectKey, ObjectResult][] = [], created: readonly ObjectKey[] = []) {
  const cluster = new FakeCluster({ kinds: [deploymentKind] });
  const looks: string[] = [];
  const fake = new FakeKube(cluster);
  const kube = Object.assign(Object.create(fake) as Kube, {
    kindOf: fake.kindOf.bind(fake),
    get: (...[ref, stop]: Parameters<Kube['get']>) => {
      looks.push(ref.name);
      return fake.get(ref, stop);
    },
  });
  const owned = new OwnedObjects(
    new ManualClock(1),
    { onDrift: () => undefined, onEverything: () => undefined, longestHoldMs: () => 1, onSecretsGrant: () => undefined },
    signal,
  );
  const soFar = { results: new Map(results), created: new Set(created), changed: new Set<ObjectKey>() };
  const woken: string[] = [];
  const awaited = new Awaited((policies) => woken.push(...policies));
  return { cluster, looks, owned, woken, awaited, waits: new Waits({ kube, owned, awaited }, intents, soFar) };
}
const reason = (answer: object | undefined): string =>
  answer !== undefined && 'reason' in answer && 'because' in answer ? `${String(answer.reason)}: ${String(answer.because)}` : 'goes on';

describe('an object in a namespace that is being deleted', () => {
  const refused: ObjectResult = { outcome: 'retry', reason: 'NamespaceTerminating', because: 'namespace team is being terminated' };

  test('says what the namespace waits for, which is looked at once in a pass', async () => {
    const { cluster, waits, looks } = world([web, service]);
    const message = 'Some resources are remaining: widgets.example.com has 1 resource instances';
    const conditions = [{ type: 'NamespaceContentRemaining', status: 'True', message }];
    const metadata = { name: 'team', deletionTimestamp: '2026-01-01T00:00:00Z' };
    cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata, status: { conditions } }, 'kubectl');
    const answers = [await waits.judge(web, refused, signal), await waits.judge(service, refused, signal)];
    expect(answers.map(reason)).toEqual(Array(2).fill(`NamespaceTerminating: Namespace team is being deleted: ${message}`));
    expect(looks).toEqual(['team']);
  });

  test('repeats what the server says where the namespace is gone meanwhile, or is there again', async () => {
    const [gone, anew] = [world([web]), world([web])];
    anew.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }, 'kubectl');
    const answers = [await gone.waits.judge(web, refused, signal), await anew.waits.judge(web, refused, signal)];
    expect(answers.map(reason)).toEqual(Array(2).fill('NamespaceTerminating: namespace team is being terminated'));
  });
});

describe('an object with a higher order', () => {
  test('waits for what is not ready before it, which is looked at once in a pass, and is woken by a change of it', async () => {
    const { cluster, waits, looks, awaited, woken } = world([web, service, intent('', 'Service', 'other', 2)]);
    cluster.create(web.body, 'kubectl');
    const answers = [await waits.before(service, signal), await waits.before(intent('', 'Service', 'other', 2), signal)];
    expect(answers.map(reason)).toEqual(Array(2).fill('NotReady: waits for Deployment team/web, which has 0 of 1 replicas updated'));
    expect(looks).toEqual(['web']);
    awaited.seen(web.key);
    expect(woken).toEqual(['p']);
  });

  test('waits for what could not be applied, and is told what that is', async () => {
    const { waits } = world([web, service]);
    expect(reason(await waits.before(service, signal))).toBe('NotReady: waits for Deployment team/web, which is not there');
  });

  test('waits no more once it is ready', async () => {
    const { cluster, waits, awaited, woken } = world([web, service]);
    cluster.create({ ...web.body, status: { replicas: 1, updatedReplicas: 1, availableReplicas: 1 } }, 'kubectl');
    expect(await waits.before(service, signal)).toBeUndefined();
    awaited.seen(web.key);
    expect(woken).toEqual([]);
  });

  test('is healed without a look', async () => {
    const { waits, looks, owned } = world([web, service]);
    const kind: KindRef = { group: '', version: 'v1', kind: 'Service', resource: 'services', namespaced: true };
    const meta = { uid: 'u', resourceVersion: '1', managedFields: [], deletionTimestamp: undefined };
    const marks = { labels: { 'accord.dev/policy': 'p' }, annotations: { 'accord.dev/applied-hash': 'd' } };
    owned.begin(service.key)({ ref: { kind, namespace: 'team', name: 'web' }, meta: { ...meta, ...marks } });
    expect([await waits.before(service, signal), looks]).toEqual([undefined, []]);
  });
});

describe('an object whose kind is not served', () => {
  test('is blocked by name where nobody brings the definition', async () => {
    const { waits } = world([widget]);
    const answer = await waits.judge(widget, { outcome: 'refused', reason: 'NoSuchKind', because: '404 page not found' }, signal);
    expect(answer).toEqual({ outcome: 'blocked', reason: 'NoSuchKind', because: 'this API server does not serve example.com/v1 Widget' });
  });

  test('waits for the definition that comes with it, and says how that one stands', async () => {
    const { cluster, waits } = world([crd, widget]);
    cluster.setEstablishes(false);
    cluster.create(crd.body, 'accord');
    const answer = await waits.judge(widget, notServed, signal);
    expect(reason(answer)).toBe('NotReady: waits for CustomResourceDefinition widgets.example.com, which is not established yet');
  });

  test('is tried again where the definition is established and the server not yet behind it', async () => {
    const { cluster, waits } = world([crd, widget]);
    cluster.create(crd.body, 'accord');
    expect(reason(await waits.judge(widget, notServed, signal))).toBe('NotReady: waits until the API server serves example.com/v1 Widget');
  });

  test('is blocked where the definition that should come with it was refused', async () => {
    const { waits } = world([crd, widget], [[crd.key, { outcome: 'refused', reason: 'Invalid', because: 'no' }]]);
    expect(await waits.judge(widget, notServed, signal)).toMatchObject({ outcome: 'blocked', reason: 'NoSuchKind' });
  });
});

describe('an object that the server finds wrong', () => {
  const refused = { outcome: 'refused', reason: 'Invalid', because: 'field not declared in schema' } as const;

  test('is tried again where its definition was written in the same pass', async () => {
    const { waits } = world([crd, widget], [], [crd.key]);
    expect(await waits.judge(widget, refused, signal)).toEqual({ outcome: 'retry', reason: 'NotReady', because: refused.because });
  });

  test('is wrong where its definition is as it was', async () => {
    expect(await world([crd, widget]).waits.judge(widget, refused, signal)).toBe(refused);
  });
});
