import { tokenHash } from '@accord/proto/join';
import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import { runHere, speak, type Script } from '../scripted-hub.ts';

const made = { token: 'tok', cluster: 'eu-1', expiresAt: '2026-01-01T00:00:00Z', hubKey: 'abc' };
const invites: Script = { 'POST /v1/join-tokens': { status: 201, body: made } };
const sent = (heard: readonly string[]): unknown => JSON.parse((heard[0] ?? '').replace(/^\S+ \S+ /, ''));

describe('cluster add', () => {
  test('invites in mode Inform, and prints manifests where nobody reads standard output', async () => {
    const { code, out, heard } = await speak(['cluster', 'add', 'eu-1', '-l', 'env=prod'], invites);
    expect(sent(heard)).toEqual({ cluster: 'eu-1', labels: { env: 'prod' }, mode: 'Inform', expiresIn: '1h' });
    expect([code, parseAllDocuments(out).length > 20]).toEqual([0, true]);
  });

  test('asks for what the flags say', async () => {
    const flags = ['--start', 'Enforce', '--require-approval', '--expires-in', '4h'];
    const { heard } = await speak(['cluster', 'add', 'eu-1', ...flags], invites);
    expect(sent(heard)).toEqual({ cluster: 'eu-1', labels: {}, mode: 'Enforce', expiresIn: '4h', approval: true });
  });

  test('a replacement brings neither labels nor a mode', async () => {
    const { heard } = await speak(['cluster', 'add', 'eu-1', '--replace'], invites);
    expect(sent(heard)).toEqual({ cluster: 'eu-1', replace: true, expiresIn: '1h' });
    for (const flags of [
      ['-l', 'env=prod'],
      ['--start', 'Inform'],
    ])
      expect(await runHere(['cluster', 'add', 'eu-1', '--replace', ...flags], {})).toMatchObject({
        code: 2,
        err: expect.stringContaining('keeps its labels and its mode') as string,
      });
  });

  test('gives a program the token', async () => {
    const { out } = await speak(['cluster', 'add', 'eu-1', '--hub-url', 'https://hub.example', '-o', 'json'], invites);
    expect(JSON.parse(out)).toEqual({ ...made, hubUrl: 'https://hub.example' });
  });

  const secretOf = (out: string): Readonly<Record<string, string>> =>
    parseAllDocuments(out)
      .map((document) => document.toJS() as { kind: string; metadata: { name: string }; stringData: Record<string, string> })
      .find(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'accord-spoke-join')?.stringData ?? {};

  test('hands on the authority of the hub, for spokes to trust', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const { out } = await speak(['cluster', 'add', 'eu-1'], {
      'POST /v1/join-tokens': { status: 201, body: { ...made, caBundle: Buffer.from(pem).toString('base64') } },
    });
    expect(secretOf(out)).toMatchObject({ ACCORD_HUB_CA: pem, ACCORD_HUB_KEY: 'abc' });
    expect(Object.keys(secretOf((await speak(['cluster', 'add', 'eu-1'], invites)).out))).toEqual([
      'ACCORD_HUB_URL',
      'ACCORD_HUB_KEY',
      'join-token',
    ]);
  });

  test.each([
    [['cluster', 'add', 'eu-1'], 'POST /v1/join-tokens'],
    [['cluster', 'rule', 'add', 'edge', '--name-pattern', 'e-*', '--max-joins', '2'], 'POST /v1/join-rules'],
  ])('%j sends no cluster a token over a network in clear text, unless somebody allows it', async (words, route) => {
    const at = [...words, '--hub-url', 'http://hub.example.net:7420'];
    const script = { [route]: { status: 201, body: made } };
    const refused = await speak(at, script);
    expect([refused.code, refused.heard, refused.err]).toEqual([
      1,
      [],
      expect.stringContaining('--hub-url https://hub.example.net:7420, with a hub that was started with --allow-host hub.example.net'),
    ]);
    const allowed = await speak([...at, '--insecure-hub-url'], script);
    expect([allowed.code, secretOf(allowed.out)['ACCORD_HUB_INSECURE']]).toEqual([0, 'true']);
  });

  test('prints the image that is asked for, else that of the hub, and warns where it is in no registry', async () => {
    const ofHub = { ...made, spokeImage: 'registry.example.net/spoke:1', spokeImagePullSecrets: ['pull'] };
    const script = { 'POST /v1/join-tokens': { status: 201, body: ofHub } };
    const imagesIn = (out: string): readonly string[] =>
      [...out.matchAll(/^ +(?:image|- name): (\S*(?:spoke[:@]\S+|pull\S*))$/gm)].map(([, word]) => word ?? '');
    const asked = await speak(
      ['cluster', 'add', 'eu-1', '--image', 'mine.example.net/spoke:2', '--image-pull-secret', 'pull-mine'],
      script,
    );
    const usual = await speak(['cluster', 'add', 'eu-1'], script);
    const shipped = await speak(['cluster', 'add', 'eu-1'], invites);
    expect([imagesIn(asked.out), imagesIn(usual.out)]).toEqual(
      [['pull-mine', 'mine.example.net/spoke:2'].toSorted(), ['pull', 'registry.example.net/spoke:1'].toSorted()].map(
        (words) => expect.arrayContaining(words) as string[],
      ),
    );
    expect([asked, usual, shipped].map(({ err }) => err.includes('names no registry'))).toEqual([false, false, true]);
    expect(shipped.err).toContain('give --image REGISTRY/accord-spoke:TAG');
  });

  test('says loudly what tier RBACAdmin is', async () => {
    const { err } = await speak(['cluster', 'add', 'eu-1', '--tier', 'RBACAdmin'], invites);
    expect(err).toContain('WARNING: tier RBACAdmin equals cluster-admin.');
  });

  test.each([
    [['cluster', 'add'], 'Name the cluster, or a file of several'],
    [['cluster', 'add', '-f', 'x.yaml'], '--out DIRECTORY'],
    [['cluster', 'add', 'eu-1', '-f', 'x.yaml', '--out', 'o'], 'eu-1 goes there'],
    [['cluster', 'add', '-f', 'x.yaml', '--out', 'o', '--replace'], 'replace goes there'],
    [['cluster', 'add', 'eu-1', '--tier', 'Root'], "error: option '--tier <tier>' argument 'Root' is invalid"],
  ])('%j is a mistake, and nothing is sent', async (words, said) => {
    expect(await runHere(words, {})).toMatchObject({ code: 2, out: '', err: expect.stringContaining(said) as string });
  });

  test('--wait ends when it has joined, and says what policies would do', async () => {
    const token = { hash: tokenHash('tok'), cluster: 'eu-1', labels: {}, state: 'Used' };
    const times = { createdAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T01:00:00.000Z', createdBy: 'admin' };
    const row = {
      ...{
        policy: 'pay',
        cluster: 'eu-1',
        clusterId: 'x',
        state: 'Drifted',
        reason: 'ClusterInform',
        message: '',
        sentence: 's',
        selected: true,
      },
      ...{ revision: 1, reportedRevision: 1, desired: 3, applied: 1, held: 0, heals: 0, retained: [], connection: 'live', sync: 'current' },
      problems: [
        { object: '/ConfigMap/team/a', state: 'Drifted', reason: 'NotOurs', message: '' },
        { object: '/Namespace//team', state: 'Applied', reason: 'NotOurs', message: '' },
        { object: '/ConfigMap/team/b', state: 'Drifted', reason: 'Missing', message: '' },
      ],
    };
    const api = '/apis/accord.dev/v1alpha1';
    const preview = {
      ...{
        lint: [],
        warnings: [],
        selected: ['eu-1'],
        notSelected: [],
        change: { add: 0, change: 0, remove: 0 },
        access: { gained: [], lost: [] },
      },
      objects: { 'eu-1': ['Namespace team', 'ConfigMap team/a', 'RoleBinding team/accord:pay:view'] },
    };
    const { code, err } = await speak(['cluster', 'add', 'eu-1', '--wait'], {
      ...invites,
      'GET /v1/join-tokens': { body: { items: [{ ...token, ...times }] } },
      [`GET ${api}/clusters/eu-1`]: {
        body: { metadata: { name: 'eu-1' }, spec: { mode: 'Inform' }, status: { connection: 'live', sync: { state: 'current' } } },
      },
      'GET /v1/clusters/eu-1/policies': { body: { items: [row], counts: {}, total: 1 } },
      [`GET ${api}/clusterpolicies/pay`]: { body: { metadata: { name: 'pay' }, spec: {} } },
      'POST /v1/preview': { body: preview },
    });
    expect(code).toBe(0);
    expect(err).toContain(
      [
        'eu-1 has joined.',
        '1 policy selects it, and nothing is written before: accord cluster enforce eu-1',
        '- pay: 3 objects, 1 binding; 2 objects not as wanted',
        '  would need adoption: ConfigMap team/a, Namespace team. Their owner agrees with:',
        '    kubectl annotate configmap a -n team accord.dev/adoptable=true',
        '    kubectl annotate namespace team accord.dev/adoptable=true',
      ].join('\n'),
    );
  });
});

describe('who waits to be let in', () => {
  const times = { createdAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T01:00:00.000Z', createdBy: 'admin', labels: {} };
  const asked = { fingerprint: 'f00', kubernetesVersion: 'v1.36.3', platform: 'linux/amd64', at: '2026-01-01T00:00:00.000Z' };
  const items = [
    { hash: 'h1', cluster: 'eu-1', state: 'Pending', asked, ...times },
    { hash: 'h2', cluster: 'edge', state: 'Open', rule: { namePattern: 'edge-*', maxJoins: 5, joined: ['edge-1'] }, ...times },
  ];

  test('stands in the list of tokens, with what to run; a rule says how many have joined', async () => {
    const { out } = await speak(['cluster', 'tokens'], { 'GET /v1/join-tokens': { body: { items } } });
    expect(out).toContain('accord cluster approve eu-1 --fingerprint f00');
    expect(out).toMatch(/^rule edge \(edge-\*\) +Open 1\/5 /m);
  });

  test.each(['approve', 'reject'])('%s sends the fingerprint that was compared', async (verb) => {
    const { heard } = await speak(['cluster', verb, 'eu-1', '--fingerprint', 'f00'], {
      [`POST /v1/clusters/eu-1/${verb}`]: { body: { change: '' } },
    });
    expect(heard).toEqual([`POST /v1/clusters/eu-1/${verb} {"fingerprint":"f00"}`]);
  });

  test('a rule is made with its pattern, and its manifests ask for the name of each cluster', async () => {
    const { out, heard } = await speak(
      ['cluster', 'rule', 'add', 'edge', '--name-pattern', 'edge-*', '--max-joins', '5', '-l', 'tier=edge'],
      {
        'POST /v1/join-rules': { status: 201, body: { ...made, cluster: 'edge' } },
      },
    );
    expect(sent(heard)).toEqual({
      name: 'edge',
      namePattern: 'edge-*',
      maxJoins: 5,
      labels: { tier: 'edge' },
      mode: 'Inform',
      expiresIn: '1h',
    });
    const filled = out.replace(/THIS_CLUSTER/, 'edge-17');
    expect(filled).toContain('ACCORD_CLUSTER_NAME: edge-17');
  });
});
