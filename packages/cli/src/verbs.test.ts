import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Row } from '@accord/proto/api';
import { speak, type Script } from './scripted-hub.ts';

const api = '/apis/accord.dev/v1alpha1';
const policy = {
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'ClusterPolicy',
  metadata: { name: 'pay', generation: 2, resourceVersion: '7' },
  spec: { priority: 5, description: 'x\u001b[2J', clusterSelector: { matchLabels: { env: 'prod' } } },
  status: { counts: { Applied: 1 }, clusters: { selected: 1, applied: 1 }, conditions: [{ type: 'Ready', status: 'True' }] },
};
const cluster = {
  apiVersion: 'accord.dev/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'eu-1', generation: 1, labels: { env: 'prod' } },
  spec: { mode: 'Enforce', region: 'eu' },
  status: { ready: 'True', connection: 'live', sync: { state: 'current' }, policies: { total: 2, applied: 1 } },
};
const list = (...items: readonly unknown[]): { readonly body: unknown } => ({ body: { metadata: { resourceVersion: '9' }, items } });
const rows = (...items: readonly Partial<Row>[]): { readonly body: unknown } => ({
  body: { items: items.map((item) => ({ ...whole, ...item })), counts: {}, total: items.length },
});
const whole = {
  policy: 'pay',
  cluster: 'eu-1',
  clusterId: 'i',
  state: 'Applied',
  reason: '',
  message: '',
  sentence: 'pay@2 is applied on eu-1.',
  selected: true,
  revision: 2,
  reportedRevision: 2,
  desired: 1,
  applied: 1,
  held: 0,
  heals: 0,
  problems: [],
  retained: [],
  connection: 'live',
  sync: 'current',
};
const both: Script = { [`GET ${api}/clusterpolicies/pay`]: { body: policy }, [`GET ${api}/clusters/eu-1`]: { body: cluster } };

const fleet = {
  clusters: { total: 1, live: 1, offline: 0, unknown: 0, behind: 0, stuck: 0 },
  policies: 1,
  epoch: 4,
  rows: {},
  heals: [],
  problems: [],
};

describe('get', () => {
  test('two kinds are two tables', async () => {
    const script: Script = { [`GET ${api}/clusters?limit=500`]: list(cluster), [`GET ${api}/clusterpolicies?limit=500`]: list(policy) };
    expect((await speak(['get', 'clusters,policies'], script)).out.split('\n')).toEqual([
      'NAME   READY   CONNECTION   SYNC      POLICIES   MODE      VERSION   REGION   AGE',
      'eu-1   True    live         current   1/2        Enforce   -         eu       <unknown>',
      '',
      'NAME   READY   REVISION   CLUSTERS   STATES      AGE',
      'pay    True    2          1/1        1 Applied   <unknown>',
      '',
    ]);
  });

  test('a list comes page by page, with the selector on each', async () => {
    const script: Script = {
      [`GET ${api}/clusters?labelSelector=env%3Dprod&limit=500`]: { body: { metadata: { continue: 'c1' }, items: [cluster] } },
      [`GET ${api}/clusters?labelSelector=env%3Dprod&limit=500&continue=c1`]: list({ ...cluster, metadata: { name: 'us-1' } }),
    };
    expect((await speak(['get', 'clusters', '-l', 'env=prod', '-o', 'name'], script)).out).toBe('cluster/eu-1\ncluster/us-1\n');
  });

  test('what a terminal would obey is shown in tables, and kept in JSON and YAML', async () => {
    const wide = await speak(['get', 'policies', '-o', 'wide'], { [`GET ${api}/clusterpolicies?limit=500`]: list(policy) });
    expect(wide.out).toContain('x\\u001b[2J');
    const json = await speak(['get', 'policy/pay', '-o', 'json'], both);
    expect(json.out).not.toContain('\u001b');
    expect(JSON.parse(json.out)).toEqual(policy);
    expect((await speak(['get', 'policy', 'pay', '-o', 'yaml'], both)).out).toContain('description: "x\\e[2J"');
  });

  test('nothing there is said so on standard error', async () => {
    const { code, out, err } = await speak(['get', 'policies'], { [`GET ${api}/clusterpolicies?limit=500`]: list() });
    expect({ code, out, err }).toEqual({
      code: 0,
      out: '',
      err: 'No resources found. Write a policy with accord apply -f FILE; bring in a cluster with accord cluster add NAME.\n',
    });
  });

  test('a watch lists, then prints what changes, and lists again when its version is too old', async () => {
    const stop = new AbortController();
    let lists = 0;
    const script: Script = {
      [`GET ${api}/clusterpolicies?limit=500`]: (_request, response) => {
        lists += 1;
        if (lists === 2) stop.abort();
        response.writeHead(200).end(JSON.stringify({ metadata: { resourceVersion: '9' }, items: [policy] }));
      },
      [`GET ${api}/clusterpolicies?resourceVersion=9&allowWatchBookmarks=true&watch=true`]: (_request, response) => {
        const changed = { ...policy, metadata: { ...policy.metadata, name: 'new', resourceVersion: '10' } };
        const events = [
          { type: 'ADDED', object: changed },
          { type: 'BOOKMARK', object: { metadata: { resourceVersion: '11' } } },
          { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } },
        ];
        response.writeHead(200).end(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      },
    };
    const { code, out } = await speak(['get', 'policies', '-w', '-o', 'name'], script, { signal: stop.signal });
    expect({ code, out }).toEqual({ code: 130, out: 'clusterpolicy/pay\nclusterpolicy/new\n' });
  });
});

describe('cluster', () => {
  test('label sends a merge patch: set, and null to remove', async () => {
    const { out, heard } = await speak(['cluster', 'label', 'eu-1', 'env=dev', 'tier-'], {
      [`PATCH ${api}/clusters/eu-1`]: { body: cluster, headers: { 'accord-change': 'cluster/eu-1@2' } },
    });
    expect(out).toBe('cluster/eu-1 labeled (cluster/eu-1@2)\n');
    expect(heard).toEqual([`PATCH ${api}/clusters/eu-1 {"metadata":{"labels":{"env":"dev","tier":null}}}`]);
  });

  test('add --print gives manifests alone on standard output, in the order in which they work', async () => {
    const made = { token: 'tok', cluster: 'us-2', expiresAt: '2026-01-01T00:00:00Z', hubKey: 'abc' };
    const { out, heard } = await speak(
      ['cluster', 'add', 'us-2', '-l', 'env=prod,region=us', '--hub-url', 'https://hub.example', '--print'],
      { 'POST /v1/join-tokens': { status: 201, body: made } },
    );
    expect(heard).toEqual([
      'POST /v1/join-tokens {"cluster":"us-2","labels":{"env":"prod","region":"us"},"mode":"Inform","expiresIn":"1h"}',
    ]);
    const objects = parseAllDocuments(out).map((document) => document.toJS() as { readonly kind: string });
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'accord-spoke-join', namespace: 'accord-system', annotations: { 'accord.dev/cluster': 'us-2' } },
      type: 'Opaque',
      stringData: { ACCORD_HUB_URL: 'https://hub.example', ACCORD_HUB_KEY: 'abc', 'join-token': 'tok' },
    };
    expect(objects.at(-2)).toEqual(secret);
    expect([...new Set(objects.map(({ kind }) => kind))]).toEqual([
      'CustomResourceDefinition',
      'Namespace',
      'ServiceAccount',
      'ClusterRole',
      'Role',
      'RoleBinding',
      'ClusterRoleBinding',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'Secret',
      'Deployment',
    ]);
  });
});

describe('confirm-removal', () => {
  const held: Script = {
    'GET /v1/policies/pay/clusters': rows(
      { state: 'Stalled', held: 12 },
      { cluster: 'us-1', state: 'Stalled', held: 14 },
      { cluster: 'x', state: 'Stalled', reason: 'EpochChanged', held: 99 },
    ),
    'POST /v1/policies/pay/confirm-removal': {},
  };

  test('confirms the largest count of one cluster, for this revision', async () => {
    const { code, out, err, heard } = await speak(['confirm-removal', 'pay', '--yes'], held);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: 'removal of pay@2 confirmed, up to 14 objects on each cluster\n',
      err: 'eu-1: 12 objects would be removed\nus-1: 14 objects would be removed\n',
    });
    expect(heard.at(-1)).toBe('POST /v1/policies/pay/confirm-removal {"revision":2,"count":14}');
  });

  test('where nobody can answer it does nothing without --yes', async () => {
    const { code, err, heard } = await speak(['confirm-removal', 'pay'], held);
    expect({ code, asked: err.split('\n')[2], posts: heard.filter((line) => line.startsWith('POST')) }).toEqual({
      code: 1,
      asked: 'error: Remove them, up to 14 objects of pay@2 on each cluster? Nobody is there to answer. Say it with: --yes',
      posts: [],
    });
  });
});

describe('confirm-epoch', () => {
  test('confirms the epoch that the hub is in', async () => {
    const script: Script = {
      'GET /v1/fleet': { body: fleet },
      'POST /v1/fleet/confirm-epoch': { status: 202, body: { change: 'fleet@4' } },
    };
    const { out, heard } = await speak(['confirm-epoch', '--yes'], script);
    expect({ out, sent: heard.at(-1) }).toEqual({ out: 'epoch 4 confirmed\n', sent: 'POST /v1/fleet/confirm-epoch {"epoch":4}' });
  });
});

describe('doctor', () => {
  const well: Script = { 'GET /healthz': {}, 'GET /readyz': {}, 'GET /v1/fleet': { body: fleet }, [`GET ${api}/clusters`]: list(cluster) };

  test('nothing wrong is 0', async () => {
    const { code, out } = await speak(['doctor'], well);
    expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: 'Nothing is wrong.' });
  });

  test('a hub that is not ready is told with its reason, and is 1', async () => {
    const { code, out } = await speak(['doctor'], {
      ...well,
      'GET /readyz': { status: 503, body: { ready: false, because: 'nats-server does not answer' } },
    });
    expect(code).toBe(1);
    expect(out).toContain('WRONG  bus      The hub is not ready: nats-server does not answer. Wait a moment; ');
  });

  test('behind a token that is refused nothing is guessed', async () => {
    const { code, out } = await speak(['doctor'], {
      ...well,
      'GET /v1/fleet': {
        status: 401,
        body: { type: '', title: '', status: 401, code: 'unauthenticated', detail: 'This token is unknown' },
      },
    });
    expect(code).toBe(1);
    expect(out).toContain('WRONG  token    This token is unknown. Set ACCORD_TOKEN');
    expect(out).not.toContain('eu-1');
  });
});
