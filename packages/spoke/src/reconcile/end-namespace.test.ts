import type { Trouble } from '@accord/core/apply/report-policy';
import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { objectKey, type PolicyName } from '@accord/proto/ids';
import { deletionAnnotation, fieldManager, originAnnotation, ownerLabel } from '@accord/proto/labels';
import { ManualClock } from '@accord/runtime/clock';
import { describe, expect, test } from 'vitest';
import { ownedOf, type Owned } from '../drift/owned-of.ts';
import { FakeCluster } from '../kube/fake-cluster.ts';
import { FakeKube } from '../kube/fake-kube.ts';
import type { Kube } from '../kube/kube.ts';
import { configMapKind, namespaceKind } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';
import { endNamespace } from './end-namespace.ts';

const { signal } = new AbortController();
const key = objectKey('', 'Namespace', undefined, 'team');
const bindingKey = objectKey('rbac.authorization.k8s.io', 'RoleBinding', 'team', 'accord-spoke-secrets');

/** A namespace that a policy made and wants deleted, on a cluster that the test may change. */
function world(word = 'DeleteIfEmpty') {
  const cluster = new FakeCluster();
  const kube = new FakeKube(cluster);
  const annotations = { [originAnnotation]: 'Created', [deletionAnnotation]: word };
  const metadata = { name: 'team', labels: { [ownerLabel]: 'p' }, annotations };
  cluster.applyAs({ apiVersion: 'v1', kind: 'Namespace', metadata }, fieldManager);
  const ref = { kind: namespaceKind, namespace: undefined, name: 'team' };
  const owned: Owned = ownedOf(key, ref, parseMeta(cluster.peek(key)).meta, undefined);
  const counted = { removed: 0 };
  const doubt: { against?: Trouble } = {};
  const againstNew = async (): Promise<Trouble | undefined> => doubt.against;
  const end = async (over: Partial<Kube> = {}, mayWrite = () => true): Promise<string> => {
    const mixed = { ...bound(kube), ...over } as Kube;
    const onRemoved = (): void => void (counted.removed += 1);
    const deps = { kube: mixed, owned: { begin: () => () => undefined }, mayWrite, onRemoved, clock: new ManualClock(1), againstNew };
    const answer = await endNamespace(deps, owned, signal);
    const because = 'because' in answer ? `: ${answer.because}` : '';
    return `${answer.outcome}${'reason' in answer ? ` ${answer.reason}` : ''}${because}`;
  };
  const there = (): boolean => cluster.peek(key) !== undefined;
  return { cluster, kube, end, there, counted, doubt };
}

/** What ending a namespace asks of the API server. */
const bound = (kube: FakeKube): Partial<Kube> => ({
  apply: kube.apply.bind(kube),
  remove: kube.remove.bind(kube),
  release: kube.release.bind(kube),
  get: kube.get.bind(kube),
  kindsInNamespaces: kube.kindsInNamespaces.bind(kube),
  peek: kube.peek.bind(kube),
});
const theirs: JsonObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'team' } };
const labelOf = (cluster: FakeCluster) => parseMeta(cluster.peek(key)).meta.labels[ownerLabel];

test('an empty one is deleted, counts as a deletion, and takes the right to its Secrets along', async () => {
  const { cluster, end, there, counted } = world();
  expect([await end(), there(), cluster.peek(bindingKey), counted.removed]).toEqual(['absent', false, undefined, 1]);
});

test('one that takes its time counts as gone when it is gone, and as one deletion', async () => {
  const { cluster, kube, end, counted } = world();
  const remove: Kube['remove'] = async (ref, condition, stop, options = {}) => {
    if (ref.kind !== namespaceKind || options.dryRun === true) return kube.remove(ref, condition, stop, options);
    cluster.edit(key, 'kube-apiserver', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    return { outcome: 'removed' };
  };
  const going = 'retry NamespaceTerminating: is being deleted';
  expect([await end({ remove }), await end({ remove }), counted.removed, cluster.peek(bindingKey)]).toEqual([going, going, 1, undefined]);
});

test('what comes while the Secrets are looked at is seen', async () => {
  const { cluster, kube, end, there } = world();
  const apply: Kube['apply'] = (...asked) => {
    cluster.create(theirs, 'kubectl');
    return kube.apply(...asked);
  };
  expect(await end({ apply })).toBe('kept: is given back and not deleted, as ConfigMap theirs is in it');
  expect([there(), labelOf(cluster), cluster.peek(bindingKey)]).toEqual([true, undefined, undefined]);
});

test('whoever changes the Namespace meanwhile keeps it for another look', async () => {
  const { cluster, kube, end, there } = world();
  const apply: Kube['apply'] = (...asked) => {
    cluster.edit(key, 'kubectl', { metadata: { labels: { team: 'a' } } });
    return kube.apply(...asked);
  };
  expect([(await end({ apply })).slice(0, 14), there(), labelOf(cluster)]).toEqual(['retry Conflict', true, 'p']);
});

test.each([
  ['retain', { [deletionAnnotation]: 'retain' }],
  ['no mark at all', { [deletionAnnotation]: null }],
  ['that it was there before', { [originAnnotation]: 'Adopted' }],
])('what the live object says counts, and not what was seen before: %s', async (_claim, annotations) => {
  const { cluster, end, there } = world();
  cluster.edit(key, 'kubectl', { metadata: { annotations } });
  expect([await end(), there(), labelOf(cluster)]).toEqual(['released', true, undefined]);
});

test('one that another policy has taken over stays its', async () => {
  const { cluster, end, there } = world();
  cluster.edit(key, 'accord', { metadata: { labels: { [ownerLabel]: 'q' as PolicyName } } });
  expect([await end(), there(), labelOf(cluster)]).toEqual(['retry Conflict: another policy has taken it over', true, 'q']);
});

test('a spoke that may delete no namespace looks into none', async () => {
  const { kube, end } = world();
  kube.refuse(key, { outcome: 'refused', reason: 'Forbidden', because: 'cannot delete resource "namespaces" in API group ""' });
  kube.forbidListing(configMapKind);
  expect([await end(), kube.writes]).toEqual(['refused Forbidden: cannot delete resource "namespaces" in API group ""', []]);
});

test('a kind that cannot be listed, or kinds that are not known, keep it as it is', async () => {
  const { kube, cluster, end } = world();
  const away = (): never => {
    throw new CodedError('unavailable', 'the kinds of example.com/v1 are not known now');
  };
  expect(await end({ kindsInNamespaces: away })).toBe('retry Unreachable: the kinds of example.com/v1 are not known now');
  expect(await end({ peek: away })).toMatch(/^retry Unreachable/);
  kube.forbidListing(configMapKind);
  expect(await end()).toBe('refused Forbidden: it is not known to be empty: the spoke cannot list resource "configmaps" in API group ""');
  expect([labelOf(cluster), kube.writes]).toEqual(['p', []]);
});

test('a spoke that leads no more writes nothing', async () => {
  const { kube, end } = world();
  expect([(await end({}, () => false)).slice(0, 15), kube.writes]).toEqual(['retry LeaseLost', []]);
});

test('where nothing new may be written it gives itself no right to the Secrets, and deletes nothing', async () => {
  const { kube, end, there, doubt } = world();
  doubt.against = { outcome: 'blocked', reason: 'GuardRailMissing', because: 'not in force' };
  expect([await end(), there(), kube.writes]).toEqual(['blocked GuardRailMissing: not in force', true, []]);
});

describe('one that goes with everything in it', () => {
  const whole = () => world('DeleteIfCreated');

  test('is deleted with what others have in it, and is not looked into', async () => {
    const { cluster, kube, end, there, counted } = whole();
    cluster.create(theirs, 'kubectl');
    kube.forbidListing(configMapKind);
    expect([await end(), there(), cluster.peek(bindingKey), counted.removed]).toEqual(['absent', false, undefined, 1]);
  });

  test('counts as gone when it is gone, and tells what remains', async () => {
    const { cluster, end, counted } = whole();
    const remove: Kube['remove'] = async () => {
      cluster.edit(key, 'kube-apiserver', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
      return { outcome: 'removed' };
    };
    const going = 'retry NamespaceTerminating: is being deleted';
    expect([await end({ remove }), await end({ remove }), counted.removed]).toEqual([going, going, 1]);
  });

  test('stays where the spoke may not delete it, and is told', async () => {
    const { kube, end, there } = whole();
    kube.refuse(key, { outcome: 'refused', reason: 'Forbidden', because: 'cannot delete resource "namespaces" in API group ""' });
    expect([await end(), there()]).toEqual(['refused Forbidden: cannot delete resource "namespaces" in API group ""', true]);
  });

  test.each([
    ['somebody wants it kept', { [deletionAnnotation]: 'retain' }],
    ['it was there before', { [originAnnotation]: 'Adopted' }],
  ])('is given back where %s', async (_claim, annotations) => {
    const { cluster, end, there } = whole();
    cluster.edit(key, 'kubectl', { metadata: { annotations } });
    expect([await end(), there(), labelOf(cluster)]).toEqual(['released', true, undefined]);
  });

  test('is looked into where it has to be empty since', async () => {
    const { cluster, end, there } = whole();
    cluster.edit(key, 'kubectl', { metadata: { annotations: { [deletionAnnotation]: 'DeleteIfEmpty' } } });
    cluster.create(theirs, 'kubectl');
    expect([await end(), there()]).toEqual(['kept: is given back and not deleted, as ConfigMap theirs is in it', true]);
  });

  test('is no word of somebody else, nor of a policy that nobody was asked about', async () => {
    const byHand = world();
    byHand.cluster.edit(key, 'kubectl', { metadata: { annotations: { [deletionAnnotation]: 'DeleteIfCreated' } } });
    byHand.cluster.create(theirs, 'kubectl');
    expect([await byHand.end(), byHand.there()]).toEqual(['released', true]);
    const since = world();
    const annotations = { [originAnnotation]: 'Created', [deletionAnnotation]: 'DeleteIfCreated' };
    const metadata = { name: 'team', labels: { [ownerLabel]: 'p' }, annotations };
    since.cluster.applyAs({ apiVersion: 'v1', kind: 'Namespace', metadata }, fieldManager);
    since.cluster.create(theirs, 'kubectl');
    expect([await since.end(), since.there()]).toEqual(['kept: is given back and not deleted, as ConfigMap theirs is in it', true]);
  });

  test('is not touched by a spoke that leads no more', async () => {
    const { kube, end } = whole();
    expect([(await end({}, () => false)).slice(0, 15), kube.writes]).toEqual(['retry LeaseLost', []]);
  });
});
