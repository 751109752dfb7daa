import type { ClusterName } from '@accord/proto/ids';
import { clusterIdOf, type PolicyName } from '@accord/proto/ids';
import { parseRecord, type PublishedStatus } from '@accord/proto/record';
import { anchorAll, policyDoc, setAnchor, type Anchor } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import { wantedPolicy } from '../follow/example-fleet.ts';
import type { ClusterFact } from '../registry/facts.ts';
import type { Recorded } from '../registry/registry.ts';
import { planFleet, recordPlan, type PublishedFleet, type WantedDocument } from './plan-fleet.ts';
import { goneRecord, recordDocument } from './record-document.ts';

const id = clusterIdOf(new Uint8Array(16));
const status: PublishedStatus = { ready: 'True', reason: 'Connected', message: '', sinceMs: 1, kubernetesVersion: '', platform: '' };
const silent: PublishedStatus = { ...status, ready: 'False', reason: 'Offline' };

function cluster(revision: number, labels: Readonly<Record<string, string>> = {}): Recorded<ClusterFact> {
  const identity = { id, name: 'eu-1' as ClusterName, uid: 'u', publicKey: 'U' };
  const rest = { createdAtMs: 1, meta: { annotations: {} }, spec: { mode: 'Enforce' as const }, tokenFloor: 0, revokedUntil: 0 };
  const body: ClusterFact = { ...identity, ...rest, revision, labels, confirmedEpoch: 1, confirmedRemovals: {} };
  return {
    body,
    seq: revision,
    digest: new Uint8Array(),
    atMs: 1,
    actor: 'ann',
    change: { id: `cluster/eu-1@${revision}`, traceparent: '' },
  };
}

function world() {
  const published: PublishedFleet = new Map();
  const publish = (...wanted: readonly WantedDocument[]): string => {
    const plan = planFleet(published, wanted, { epoch: 1, nowMs: 1, documentsMax: 100 });
    recordPlan(published, plan, () => 1);
    return plan.documents
      .map(({ subject, statement: { revision, step, deleted, movedTo = [] } }) => {
        const place = subject.replace('desired.', '').replace(id, 'eu-1');
        return `${deleted === true ? '-' : ''}${place}@${revision}.${step}${movedTo.length > 0 ? ' moved' : ''}`;
      })
      .join(' ');
  };
  const tell = (revision: number, said: PublishedStatus, labels?: Readonly<Record<string, string>>): string =>
    publish(recordDocument(cluster(revision, labels), said, { published, epoch: 1 }));
  const entries = (anchor: Anchor): number =>
    published
      .get(anchor)
      ?.entries.list()
      .filter(({ deleted }) => !deleted).length ?? 0;
  return { published, publish, tell, entries };
}

describe('the record of a cluster', () => {
  test('goes to the set that it is in, with what is told of it', () => {
    const { body } = recordDocument(cluster(1), status, { published: new Map(), epoch: 1 });
    expect(parseRecord(body)).toMatchObject({ cluster: { id, name: 'eu-1', labels: { 'set.accord.dev/default': '' } }, status });
  });

  test('is ordered by the step between two revisions, and written only when it says something new', () => {
    const { tell } = world();
    const said = [tell(1, status), tell(1, status), tell(1, silent), tell(1, silent), tell(1, status), tell(2, status), tell(2, silent)];
    expect(said).toEqual([
      'r.default.eu-1@1.0',
      '',
      'r.default.eu-1@1.1',
      '',
      'r.default.eu-1@1.2',
      'r.default.eu-1@2.0',
      'r.default.eu-1@2.1',
    ]);
  });

  test('leaves a set that the cluster leaves, and says nothing there of where it went', () => {
    const { tell } = world();
    tell(1, status);
    expect(tell(2, status, { 'set.accord.dev/shops': '' })).toBe('r.shops.eu-1@2.0 -r.default.eu-1@2.0');
    expect(tell(3, status)).toBe('r.default.eu-1@3.0 -r.shops.eu-1@3.0');
  });

  test('stands in several sets with one word', () => {
    const { tell } = world();
    const both = { 'set.accord.dev/shops': '', 'set.accord.dev/default': '' };
    expect(tell(1, status, both)).toBe('r.default.eu-1@1.0 r.shops.eu-1@1.0');
    expect(tell(1, silent, both)).toBe('r.default.eu-1@1.1 r.shops.eu-1@1.1');
  });

  test('ends with the cluster, once', () => {
    const { tell, publish, published, entries } = world();
    tell(1, status);
    tell(1, silent);
    const gone = goneRecord(id, { published, epoch: 1 }, 5);
    expect(publish(...(gone === undefined ? [] : [gone]))).toBe('-r.default.eu-1@1.1');
    expect(entries(setAnchor('default'))).toBe(0);
    expect(goneRecord(id, { published, epoch: 1 }, 6)).toBeUndefined();
  });

  test('and a policy of the same name leave each other alone', () => {
    const { tell, publish, entries } = world();
    tell(1, status);
    expect(publish(wantedPolicy(id, 1, [anchorAll]))).toBe('all.eu-1@1.0');
    expect(tell(1, status)).toBe('');
    expect(publish({ ...wantedPolicy(id, 2, []), doc: policyDoc(id as string as PolicyName) })).toBe('-all.eu-1@2.0');
    expect([entries(setAnchor('default')), entries(anchorAll)]).toEqual([1, 0]);
  });
});
