import type { Intent } from '@accord/core/desired/intent';
import { mergeIntents } from '@accord/core/desired/merge-intents';
import { turnMs } from '@accord/core/drift/daily-round';
import { compilePolicy } from '@accord/core/policy/compile-policy';
import { parsePolicySpec } from '@accord/core/policy/parse-policy';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, renderKey, type ObjectKey, type PolicyName } from '@accord/proto/ids';
import type { Heal } from '@accord/proto/messages';
import { ManualClock, systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { OwnedObjects } from '@accord/spoke/drift/owned-objects';
import { WatchOwned } from '@accord/spoke/drift/watch-owned';
import type { ObjectRef } from '@accord/spoke/kube/kube';
import { objectPath } from '@accord/spoke/kube/object-path';
import { configMapKind, secretKind } from '@accord/spoke/kube/own-kinds';
import { applyIntent, marked } from '@accord/spoke/reconcile/apply-intent';
import { Backstop } from '@accord/spoke/reconcile/backstop';
import { tryIntent, type Tried } from '@accord/spoke/reconcile/try-intent';
import { WriteTimes } from '@accord/spoke/reconcile/write-times';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './fleet-fixture.ts';
import { definition, examplesOf, gadgetKind, manifestsRole } from './kind-examples.ts';
import { startKubeWorld, type RealKubeWorld } from './kube-world.ts';

const policy = 'kinds' as PolicyName;
const stop = new AbortController();
const { signal } = stop;
/** Of the daily round alone: everything else goes by the time of the server. */
const days = new ManualClock();
const tried = new Map<ObjectKey, Tried>();
const heals: Heal[] = [];
/** Applied by the test that is about it. */
const forgedKey = objectKey('', 'ConfigMap', 'kinds-0', 'forged');
let intents: ReadonlyMap<ObjectKey, Intent>;
let world: RealKubeWorld;
let owned: OwnedObjects;
let watches: WatchOwned;
let round: Promise<void>;

beforeAll(async () => {
  world = await startKubeWorld();
  const { kube, installer } = world;
  const groups = {
    ...{ '': ['services'], apps: ['deployments'], 'scheduling.k8s.io': ['priorityclasses'], policy: ['poddisruptionbudgets'] },
    ...{ 'apiextensions.k8s.io': ['customresourcedefinitions'], 'kinds.example.com': ['gadgets', 'widget0s'] },
  };
  const role = manifestsRole('kinds-of-tests', groups);
  await installer.send({ method: 'POST', path: '/apis/rbac.authorization.k8s.io/v1/clusterroles', body: role });
  const listeners = { onEverything: () => undefined, onSecretsGrant: () => undefined, longestHoldMs: () => 0 };
  owned = new OwnedObjects(systemClock, { ...listeners, onDrift: () => undefined }, signal);
  watches = new WatchOwned({ kube, owned, clock: systemClock, log: new ListLog() }, signal);
  const forged = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'forged', namespace: 'kinds-0' }, data: { level: 'info' } };
  intents = intentsOf([definition('kinds.example.com', 'Gadget'), ...examplesOf(0), forged]);
  for (const intent of intents.values())
    if (intent.key !== forgedKey) await until(`${renderKey(intent.key)} is applied`, async () => (await apply(intent)) === 'applied');
  round = new Backstop({
    ...{ owned, clock: days, log: new ListLog(), random: () => 0, isIdle: () => true },
    healOf: (key) => (owned.get(key)?.intact === true ? intents.get(key) : undefined),
    async tryIntent(of, stopped) {
      const answer = await tryIntent({ kube, unseal }, of, stopped);
      tried.set(of.intent.key, answer);
      return answer;
    },
  }).run(signal);
});
afterAll(async () => {
  stop.abort();
  await round;
  await world.close();
});

async function unseal(object: JsonObject): Promise<{ readonly body: JsonObject; readonly values: Record<string, Uint8Array> }> {
  const { sealed, ...body } = object;
  if (sealed === undefined) return { body: object, values: {} };
  return { body: { ...body, data: { password: base64('open') } }, values: { password: Buffer.from('open') } };
}

function intentsOf(manifests: readonly JsonObject[]): ReadonlyMap<ObjectKey, Intent> {
  const parsed = parsePolicySpec({ clusterSelector: {}, objects: manifests.map((manifest, at) => ({ id: `o${at}`, manifest })) });
  if (parsed.outcome === 'invalid') throw new Error(JSON.stringify(parsed.faults));
  const compiled = compilePolicy({ name: policy, spec: parsed.spec }, { name: 'kube', labels: {}, spec: {} } as never);
  if (compiled.outcome === 'failed') throw new Error(JSON.stringify(compiled.faults));
  const merged = mergeIntents(compiled.objects.map((object) => ({ policy, priority: 100, createdAtMs: 0, object })));
  return new Map(merged.intents.map((intent) => [intent.key, intent]));
}

async function apply(intent: Intent): Promise<string> {
  const { kube } = world;
  const allowed = { objectsMax: () => 100, mayWrite: () => true, againstNew: async () => undefined };
  const deps = {
    ...{ kube, owned, clock: systemClock, writes: new WriteTimes(), unseal, ...allowed },
    onKind: (kind: ObjectRef['kind']) => watches.watch(kind, { isLate: true }),
  };
  const answer = await applyIntent(deps, { intent, terms: { adoption: 'IfUnowned', recreate: 'IfImmutable' } }, signal);
  return 'meta' in answer ? 'applied' : JSON.stringify(answer);
}

/** A day goes by: every object has its turn, and what is found is put back as a pass does it. */
async function passDay(): Promise<void> {
  tried.clear();
  let more = 3;
  await until(
    'all have had their turn, and the last what comes of it',
    async () => {
      days.advance(turnMs(owned.size));
      await new Promise((resolve) => setTimeout(resolve, 30));
      for (const intent of intents.values()) {
        if (owned.get(intent.key)?.intact !== false) continue;
        expect(await apply(intent)).toBe('applied');
        heals.push(...owned.takeHeals(new Map([[intent.key, { outcome: 'done' }]]), systemClock.now()));
      }
      more -= tried.size === owned.size ? 1 : 0;
      return more === 0;
    },
    60_000,
  );
}

const etcd = async (what: 'range' | 'put', body: JsonObject): Promise<JsonObject> => {
  const answer = await fetch(`${world.etcdUrl}/v3/kv/${what}`, { method: 'POST', body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as JsonObject;
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const toldHeals = (): readonly unknown[] =>
  heals.splice(0).map(({ object, cause, manager, fields }) => [renderKey(object as ObjectKey), cause, manager, fields]);

test('nothing of what the server and its controllers make of an object looks as if somebody had changed it', async () => {
  // A dry run in the second of the apply could not be told from it.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await passDay();
  const others = [...tried].filter(([, { outcome }]) => outcome !== 'as-applied');
  expect([others, toldHeals(), tried.size]).toEqual([[], [], intents.size - 1]);
});

test('an edit in etcd is ignored by the watch, and put back within a day', async () => {
  const at: ObjectRef = { kind: gadgetKind, namespace: 'kinds-0', name: 'example' };
  const key = objectKey(gadgetKind.group, gadgetKind.kind, 'kinds-0', 'example');
  const stored = base64('/kube/registry/kinds.example.com/gadgets/kinds-0/example');
  const { kvs } = (await etcd('range', { key: stored })) as { readonly kvs: readonly { readonly value: string }[] };
  const object = JSON.parse(Buffer.from(kvs[0]?.value ?? '', 'base64').toString()) as JsonObject;
  const before = owned.get(key);
  expect([object['spec'], before?.intact]).toEqual([{ size: 3, colour: 'red' }, true]);
  await etcd('put', { key: stored, value: base64(JSON.stringify({ ...object, spec: { size: 4 } })) });
  await until('the watch has told of it', async () => owned.get(key)?.resourceVersion !== before?.resourceVersion);
  expect([owned.get(key)?.intact, owned.driftsOpen, (await world.kube.get(at, signal))?.['spec']]).toEqual([true, 0, { size: 4 }]);
  await passDay();
  expect((await world.kube.get(at, signal))?.['spec']).toEqual({ size: 3, colour: 'red' });
  expect(toldHeals()).toEqual([[renderKey(key), 'UnseenWrite', '', ['.spec.colour', '.spec.size']]]);
});

/** Applies the object, and then once more by somebody else who says that he is us, within one second. */
async function forge(intent: Intent, at: ObjectRef, content: JsonObject): Promise<void> {
  await until('both are within one second', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000) + 50));
    expect(await apply(intent)).toBe('applied');
    const before = owned.get(intent.key);
    const { body } = await unseal(intent.body);
    const answer = await world.installer.send({
      ...{ method: 'PATCH', path: `${objectPath(at)}?fieldManager=accord&force=true`, contentType: 'application/apply-patch+yaml' },
      body: marked({ body: { ...body, ...content }, digest: intent.digest }, 'Created'),
    });
    expect(answer.status).toBe(200);
    await until('the watch has told of it', async () => owned.get(intent.key)?.resourceVersion !== before?.resourceVersion);
    return owned.get(intent.key)?.intact === true;
  });
  heals.splice(0);
  // A dry run in the same second could not be told from it either.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
}

test('a write under our name in the second of our own is put back within a day', async () => {
  const at: ObjectRef = { kind: configMapKind, namespace: 'kinds-0', name: 'forged' };
  await forge(intents.get(forgedKey) ?? expect.unreachable('an intent'), at, { data: { level: 'debug' } });
  expect((await world.kube.get(at, signal))?.['data']).toEqual({ level: 'debug' });
  await passDay();
  expect((await world.kube.get(at, signal))?.['data']).toEqual({ level: 'info' });
  expect(toldHeals()).toEqual([[renderKey(forgedKey), 'UnseenWrite', '', ['.data.level']]]);
});

test('so is one to a sealed Secret, which is not read for it', async () => {
  const binding = {
    metadata: { name: 'accord-spoke-secrets', namespace: 'kinds-0' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'accord-spoke-secrets' },
    subjects: [{ kind: 'ServiceAccount', name: 'accord-spoke', namespace: 'accord-system' }],
  };
  const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/kinds-0/rolebindings';
  expect((await world.installer.send({ method: 'POST', path, body: binding })).status).toBe(201);
  const key = objectKey('', 'Secret', 'kinds-0', 'db');
  const at: ObjectRef = { kind: secretKind, namespace: 'kinds-0', name: 'db' };
  const metadata = { name: 'db', namespace: 'kinds-0', labels: { 'accord.dev/policy': policy } };
  const body = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', sealed: { password: 'x' } };
  const intent: Intent = { ...{ key, owner: policy, contributors: [policy], stage: 6, order: 0, retain: false, digest: 'd' }, body };
  intents = new Map([...intents, [key, intent]]);
  watches.watchSecrets('kinds-0', true);
  await until('the spoke may', async () => (await apply(intent)) === 'applied');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await passDay();
  expect([tried.get(key), toldHeals()]).toEqual([{ outcome: 'as-applied' }, []]);
  await forge({ ...intent, digest: 'e' }, at, { data: { password: base64('forged') } });
  intents = new Map([...intents, [key, { ...intent, digest: 'e' }]]);
  await passDay();
  expect((await world.kube.get(at, signal))?.['data']).toEqual({ password: base64('open') });
  expect(toldHeals()).toEqual([[renderKey(key), 'UnseenWrite', '', []]]);
});

test('an aggregationRule that gives a role of ours the very rules that it has shows in nothing but the refusal of its dry run', async () => {
  const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
  const key = objectKey('rbac.authorization.k8s.io', 'ClusterRole', undefined, 'kinds-0');
  const intent = intents.get(key) ?? expect.unreachable('an intent');
  const before = owned.get(key) ?? expect.unreachable('an object');
  const gives = { metadata: { name: 'gives', labels: { 'example.com/gives': 'true' } }, rules: intent.body['rules'] };
  await world.installer.send({ method: 'POST', path, body: gives });
  const aggregating = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'example.com/gives': 'true' } }] } };
  const contentType = 'application/merge-patch+json';
  await world.installer.send({ method: 'PATCH', path: `${path}/kinds-0`, body: aggregating, contentType });
  await until('the watch has told of it', async () => owned.get(key)?.resourceVersion !== before.resourceVersion);
  // The controller finds that there is nothing to write.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(owned.get(key)?.intact).toBe(true);
  const applied = { print: before.print ?? expect.unreachable('a print'), origin: before.origin };
  expect(await tryIntent({ kube: world.kube, unseal }, { intent, applied }, signal)).toEqual({
    outcome: 'changed',
    fields: ['.aggregationRule'],
  });
  expect(await apply(intent)).toContain('somebody has added an aggregationRule, which only an administrator takes away');
});
