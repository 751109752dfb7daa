import { expect, test } from 'vitest';
import { programVersion } from '@accord/proto/version';
import { speak, type Script } from './scripted-hub.ts';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const token = (cluster: string, state: string, more: object = {}) => ({
  ...{ hash: cluster, cluster, labels: {}, state, createdAt: minutesAgo(70), expiresAt: minutesAgo(10), createdBy: 'admin' },
  ...more,
});
const refused = (from: string, detail: string, minutes: number) => ({
  ...{ at: minutesAgo(minutes), actor: `nobody at ${from}`, action: 'POST', object: '/v1/join', change: '', reason: '', source: '' },
  ...{ result: 'refused', detail },
});
const audit = 'GET /v1/audit?result=refused&since=1h&limit=1000';
const hub: Script = {
  'GET /healthz': {},
  'GET /readyz': {},
  'GET /v1/fleet': {
    body: {
      clusters: { total: 0, live: 0, offline: 0, unknown: 0, behind: 0, stuck: 0 },
      policies: 0,
      epoch: 1,
      rows: {},
      heals: [],
      problems: [],
    },
  },
  'GET /apis/accord.dev/v1alpha1/clusters': {
    body: {
      metadata: {},
      items: [
        {
          metadata: { name: 'eu-1' },
          spec: {},
          status: {
            ...{ connection: 'live', sync: { state: 'current' }, spoke: { version: programVersion, permissions: 'Standard' } },
          },
        },
      ],
    },
  },
};

test('doctor tells who waits, whose invitation ended unused, and who was turned away, once for each reason', async () => {
  const asked = { fingerprint: 'f00', kubernetesVersion: 'v1', platform: 'p', at: minutesAgo(3) };
  const { out, code } = await speak(['doctor'], {
    ...hub,
    'GET /v1/join-tokens': {
      body: {
        items: [
          token('waits', 'Pending', { asked }),
          token('late', 'Expired'),
          token('twice', 'Expired'),
          token('twice', 'Used'),
          token('long-ago', 'Expired', { expiresAt: minutesAgo(200) }),
        ],
      },
    },
    [audit]: {
      body: {
        items: [
          refused('10.0.0.1', '401: this join token is unknown, expired or used', 1),
          refused('10.0.0.2', '401: this join token is unknown, expired or used', 2),
          refused('10.0.0.3', '409: this join token was used with another key', 5),
          refused('10.0.0.4', '401: too long ago', 90),
        ],
      },
    },
  });
  const told = out.split('\n').filter((line) => line.startsWith('warn'));
  expect(told.map((line) => line.replace(/^warn +/, '').replace(/ +/g, ' '))).toEqual([
    'waits waits to be let in for 3m; compare its fingerprint, then: accord cluster approve waits --fingerprint f00',
    'late was invited and did not join in time; invite it again: accord cluster add late -l KEY=VALUE',
    'joining 2 joins were refused in the last hour, from 10.0.0.1, 10.0.0.2: 401: this join token is unknown, expired or used; see docs/runbooks/spoke-cannot-join.md',
    'joining a join was refused in the last hour, from 10.0.0.3: 409: this join token was used with another key; see docs/runbooks/spoke-cannot-join.md',
  ]);
  expect(code).toBe(0);
});

test('doctor tells which members get no other credential, over the bus or over HTTPS, and why', async () => {
  const overBus = (cluster: string, detail: string, minutes: number, count = 1) => ({
    ...refused('', detail, minutes),
    ...{ actor: `cluster:${cluster}`, action: 'RenewCredential', object: `cluster.id-of-${cluster}`, count },
  });
  const overHttps = (detail: string, minutes: number) => ({ ...refused('10.0.0.1', detail, minutes), object: '/v1/renew' });
  const { out } = await speak(['doctor'], {
    ...hub,
    'GET /v1/join-tokens': { body: { items: [] } },
    [audit]: {
      body: {
        items: [
          overHttps('401: the proof does not match (as cluster eu-2)', 1),
          overBus('eu-1', 'unauthenticated: the clock of the cluster is 7 minutes ahead', 2),
          overBus('eu-1', 'busy: this key flooded the bus', 3, 4),
          overHttps('401: this cluster or this key is not a member', 4),
          overBus('eu-3', 'forbidden: too long ago', 90),
        ],
      },
    },
  });
  const told = out.split('\n').filter((line) => line.startsWith('warn'));
  expect(told.map((line) => line.replace(/^warn +/, '').replace(/ +/g, ' '))).toEqual([
    'eu-2 a renewal of its credential was refused in the last hour: 401: the proof does not match (as cluster eu-2); see docs/runbooks/spoke-cannot-join.md',
    'eu-1 5 renewals of its credential were refused in the last hour: unauthenticated: the clock of the cluster is 7 minutes ahead; see docs/runbooks/spoke-cannot-join.md',
  ]);
});
