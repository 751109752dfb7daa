import type { ClusterFact } from '@accord/core/registry/facts';
import { emptyRegistry } from '@accord/core/registry/registry';
import type { Connection } from '@accord/core/view/presence';
import { emptyReported } from '@accord/core/view/reported';
import type { ClusterStatus } from '@accord/proto/kube-api';
import { expect, test } from 'vitest';
import { clusterObject } from './cluster-object.ts';

const body = {
  id: 'a'.repeat(26),
  uid: 'u',
  name: 'eu-1',
  labels: {},
  meta: { annotations: {} },
  spec: {},
  createdAtMs: 0,
} as unknown as ClusterFact;

function readyOf(connection: Connection): string {
  const { status } = clusterObject(
    body,
    [],
    {
      ...{ registry: emptyRegistry(), reported: emptyReported(), connectionOf: () => connection, syncOf: () => 'current' },
      ...{ lastSeenMs: () => undefined, nowMs: 0, alarmsOf: () => [] },
    },
    undefined,
  );
  const { connection: shown, conditions } = status as ClusterStatus;
  return conditions.map((ready) => `${shown}: ${ready.type}=${ready.status} ${ready.reason}, ${ready.message.split(/[.:,]/)[0]}`).join();
}

test.each<[string, Connection, string]>([
  ['is there', { state: 'live' }, 'live: Ready=True Connected, eu-1 is connected and has what was published for it'],
  ['is not heard', { state: 'offline', sinceMs: 0 }, 'offline: Ready=False Offline, The spoke of eu-1 is not heard'],
  ['is connected and hangs', { state: 'offline', sinceMs: 0, isSilent: true }, 'offline: Ready=False NotAnswering, eu-1 is connected'],
  ['was not heard yet', { state: 'unknown' }, 'unknown: Ready=Unknown NotHeardYet, The hub has not heard of eu-1 yet'],
])('a cluster that %s says so', (_claim, connection, ready) => expect(readyOf(connection)).toBe(ready));
