import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExampleCollector } from '@accord/hub/tracing/example-collector';
import { KubeClient } from '@accord/local/control-plane/kube-client';
import type { Row } from '@accord/proto/api';
import type { SealedSecret } from '@accord/proto/sealed-secret';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FleetFixture, until } from './fleet-fixture.ts';
import { streamText } from './stream-texts.ts';

const root = new URL('../..', import.meta.url).pathname;
const config = mkdtempSync(join(tmpdir(), 'accord-pins-'));
/** Whatever else the suite does, this is in no place but in the clusters it is for. */
const canary = randomBytes(24).toString('hex');

let it: FleetFixture;
let collector: ExampleCollector;
beforeAll(async () => {
  collector = await ExampleCollector.start();
  it = await FleetFixture.start(
    [
      { name: 'dev-1', labels: { env: 'dev' } },
      { name: 'prod-1', labels: { env: 'prod' } },
      { name: 'prod-2', labels: { env: 'prod' } },
    ],
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  );
  await until('every cluster has told its key', async () => {
    const keys = await Promise.all(['dev-1', 'prod-1', 'prod-2'].map(activeKeyOf));
    return keys.every((key) => key !== '');
  });
});
afterAll(async () => {
  await it.stop();
  await collector.stop();
  rmSync(config, { recursive: true });
});

async function activeKeyOf(cluster: string): Promise<string> {
  const { body } = await it.hub('GET', `/apis/accord.dev/v1alpha1/clusters/${cluster}`);
  return (body as { readonly status: { readonly sealing?: { readonly activeKeyID: string } } }).status.sealing?.activeKeyID ?? '';
}

/** As a person at a shell; the value comes over standard input. */
async function accord(
  words: readonly string[],
  stdin = '',
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const env = { ...process.env, ACCORD_HOME: it.home, XDG_CONFIG_HOME: config, ACCORD_URL: '', ACCORD_TOKEN: '' };
  const child = spawn(join(root, 'accord'), words, { env });
  const [out, err] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray());
  child.stdin.end(stdin);
  const [code] = (await once(child, 'exit')) as [number];
  return { code, out: ((await out) ?? []).join(''), err: ((await err) ?? []).join('') };
}

async function seal(words: readonly string[], value: string): Promise<SealedSecret> {
  const { code, out, err } = await accord(['seal', ...words, '-o', 'json', '--from-file', 'password=-'], value);
  expect([code, err]).toEqual([0, expect.any(String)]);
  return JSON.parse(out) as SealedSecret;
}

const policyOf = (namespace: string, ...sealedSecrets: readonly SealedSecret[]) => ({
  clusterSelector: {},
  namespaces: [{ name: namespace, sealedSecrets }],
});
const secretPath = (namespace: string, name = 'db') => `/api/v1/namespaces/${namespace}/secrets/${name}`;
const bindingPath = (namespace: string) => `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings/accord-spoke-secrets`;

async function valueOf(cluster: string, namespace: string, name = 'db'): Promise<string | undefined> {
  const { status, body } = await it.kube(cluster, 'GET', secretPath(namespace, name));
  const { password } = (body as { readonly data?: { readonly password?: string } }).data ?? {};
  return status === 200 && password !== undefined ? Buffer.from(password, 'base64').toString() : undefined;
}
const rowOn = async (policy: string, cluster: string): Promise<Row | undefined> =>
  (await it.rows(policy)).find((row) => row.cluster === cluster);
const untilState = (policy: string, cluster: string, state: string, reason: string) =>
  until(`${policy} is ${state} on ${cluster}`, async () => {
    const row = await rowOn(policy, cluster);
    return row?.state === state && row.reason === reason && row.reportedRevision === row.revision;
  });

describe('a sealed secret', () => {
  test('comes to the cluster it is sealed for, and no other can read it', async () => {
    const entry = await seal(['db', '-n', 'shop', '-c', 'prod-1'], canary);
    await it.put('shop', policyOf('shop', entry));
    await until('prod-1 has the value', async () => (await valueOf('prod-1', 'shop')) === canary);
    await untilState('shop', 'prod-1', 'Applied', 'Applied');
    for (const cluster of ['prod-2', 'dev-1']) await untilState('shop', cluster, 'Blocked', 'NoRecipient');
    for (const cluster of ['prod-2', 'dev-1']) expect(await valueOf(cluster, 'shop')).toBeUndefined();
    const { sentence } = (await rowOn('shop', 'prod-2')) ?? {};
    expect(sentence).toContain('Secret shop/db: its values are not sealed for this cluster');
    expect(sentence).toContain('accord seal db -n shop --policy shop -c prod-2 --from-file KEY=FILE');
  });

  test('is given back its value when somebody edits it, and comes back when it is deleted', async () => {
    await it.kube('prod-1', 'PATCH', secretPath('shop'), { data: { password: Buffer.from('edited').toString('base64') } });
    await until('the edit is healed', async () => (await valueOf('prod-1', 'shop')) === canary);
    await it.kube('prod-1', 'DELETE', secretPath('shop'));
    await until('it is back', async () => (await valueOf('prod-1', 'shop')) === canary);
    await until('the heals are told', async () => ((await rowOn('shop', 'prod-1'))?.heals ?? 0) >= 2);
  });

  test('is brought to another cluster by the command that its row names', async () => {
    const { spec } = (await it.hub('GET', '/apis/accord.dev/v1alpha1/clusterpolicies/shop')).body as {
      readonly spec: { readonly namespaces: readonly { readonly sealedSecrets: readonly SealedSecret[] }[] };
    };
    const entry = await seal(['db', '-n', 'shop', '--policy', 'shop', '-c', 'prod-2'], canary);
    expect([entry.version, entry.recipients.map(({ cluster }) => cluster)]).toEqual([2, ['prod-1', 'prod-2']]);
    await it.put('shop', policyOf('shop', entry));
    await until('prod-2 has the value', async () => (await valueOf('prod-2', 'shop')) === canary);
    // What was sealed before does not come back.
    const [before] = spec.namespaces[0]?.sealedSecrets ?? [];
    await expect(it.put('shop', policyOf('shop', before as SealedSecret))).rejects.toThrow(/Version 1 of Secret shop\/db is older than 2/);
  });

  test('that is moved to another name does not open, and the row says so', async () => {
    const entry = await seal(['db', '-n', 'moved', '-c', 'prod-1'], canary);
    await it.put('moved', policyOf('moved', { ...entry, name: 'stolen' }));
    await untilState('moved', 'prod-1', 'Failed', 'SealBroken');
    const { sentence } = (await rowOn('moved', 'prod-1')) ?? {};
    expect(sentence).toContain('Secret moved/stolen: its values do not open: they were sealed for another cluster, namespace, name');
    expect(await valueOf('prod-1', 'moved', 'stolen')).toBeUndefined();
  });

  test('whose value the API server refuses is told without the value', async () => {
    const type = 'kubernetes.io/dockerconfigjson';
    const words = ['pull', '-n', 'pull', '-c', 'prod-1', '--type', type, '-o', 'json', '--from-file', '.dockerconfigjson=-'];
    const { out } = await accord(['seal', ...words], `{"auths":${canary}`);
    await it.put('pull', policyOf('pull', JSON.parse(out) as SealedSecret));
    await untilState('pull', 'prod-1', 'Failed', 'Invalid');
  });
});

describe('the spoke', () => {
  test('reads Secrets in the namespaces of sealed secrets and nowhere else', async () => {
    const { url, paths } = it.fleet.controlPlanes.cluster('prod-1');
    const spoke = new KubeClient({ url, caFile: paths.caFile, token: readFileSync(paths.spokeToken, 'utf8').trim() });
    const asSpoke = async (path: string): Promise<number> => (await spoke.send({ method: 'GET', path })).status;
    expect(await asSpoke('/api/v1/namespaces/shop/secrets')).toBe(200);
    for (const path of ['/api/v1/secrets', '/api/v1/namespaces/default/secrets', '/api/v1/namespaces/accord-system/secrets'])
      expect([path, await asSpoke(path)]).toEqual([path, 403]);
    spoke.close();
  });

  test('heals a Secret that was edited while it was down', async () => {
    await it.fleet.stopSpoke('prod-1');
    await it.kube('prod-1', 'PATCH', secretPath('shop'), { data: { password: Buffer.from('meanwhile').toString('base64') } });
    await it.fleet.startSpoke('prod-1');
    await until('the edit is healed', async () => (await valueOf('prod-1', 'shop')) === canary);
    expect(await activeKeyOf('prod-1')).not.toBe('');
  });

  test('takes the Secret and its own grant away with the policy', async () => {
    const entry = await seal(['db', '-n', 'leaving', '-c', 'prod-1'], canary);
    await it.put('leaving', policyOf('leaving', entry));
    await until('it is there', async () => (await valueOf('prod-1', 'leaving')) === canary);
    expect(await it.status('prod-1', bindingPath('leaving'))).toBe(200);
    await it.delete('leaving');
    await until('both are gone', async () => {
      const statuses = [await it.status('prod-1', secretPath('leaving')), await it.status('prod-1', bindingPath('leaving'))];
      return statuses.every((status) => status === 404);
    });
  });
});

describe('accord seal', () => {
  test.each([
    ['an unknown cluster', ['-c', 'nowhere'], 'There is no cluster nowhere'],
    ['nobody', [], 'A secret is sealed for somebody'],
    ['a fingerprint that is not the one at the hub', ['-c', 'prod-1', '--pin', `prod-1=${'0'.repeat(32)}`], 'The hub shows key'],
  ])('refuses %s', async (_claim, words, said) => {
    const { code, out, err } = await accord(['seal', 'db', '-n', 'shop', ...words, '--from-file', 'password=-'], canary);
    expect([code, out, err.includes(said)]).toEqual([1, '', true]);
  });

  test('pins what the cluster itself shows', async () => {
    const shown = await it.kubectl('prod-1', 'get', 'clusters.accord.dev', 'prod-1', '-o', 'jsonpath={.status.sealing.activeKeyID}');
    expect(shown).toBe(await activeKeyOf('prod-1'));
    expect(readFileSync(join(config, 'accord', 'sealing-keys.json'), 'utf8')).toContain(shown);
  });

  test('takes no key that another spoke has signed', async () => {
    const file = join(config, 'accord', 'sealing-keys.json');
    const text = readFileSync(file, 'utf8');
    const pins = JSON.parse(text) as Record<string, Record<string, { keyID: string; spoke: string }>>;
    for (const pin of Object.values(pins).flatMap((ofHub) => Object.values(ofHub))) {
      pin.spoke = 'UANOTHER';
      pin.keyID = '0'.repeat(32);
    }
    writeFileSync(file, JSON.stringify(pins));
    const { code, err } = await accord(['seal', 'db', '-n', 'shop', '-c', 'prod-1', '--from-file', 'password=-'], canary);
    writeFileSync(file, text);
    expect([code, err]).toEqual([1, expect.stringContaining('--pin prod-1=')]);
  });
});

describe('the value', () => {
  test('is in no stream, log, trace, row, answer or file but those of the clusters', async () => {
    await it.fleet.stopSpoke('prod-1');
    await it.fleet.startSpoke('prod-1');
    const forms = [canary, Buffer.from(canary).toString('base64').slice(0, -4), Buffer.from(canary).toString('base64url').slice(0, -4)];
    const holds = (text: string): boolean => forms.some((form) => text.includes(form));
    const asked = ['dev-1', 'prod-1', 'prod-2'];
    const paths = [
      ...asked.map((cluster) => `/apis/accord.dev/v1alpha1/clusters/${cluster}`),
      ...['shop', 'moved', 'pull'].flatMap((policy) => [
        `/apis/accord.dev/v1alpha1/clusterpolicies/${policy}`,
        `/v1/policies/${policy}/clusters`,
      ]),
      ...['/v1/fleet', '/v1/audit', '/v1/changes', '/metrics'],
    ];
    for (const path of paths) expect([path, holds(JSON.stringify((await it.hub('GET', path)).body))]).toEqual([path, false]);
    const texts = await Promise.all(streams.map((stream) => streamText(it.fleet.paths.hub, stream)));
    expect(streams.filter((_stream, at) => holds(texts[at] ?? ''))).toEqual([]);
    // What is looked through is what there is: the ciphertext is in the streams that carry policies, and the row in those that tell of it.
    const seen = ['hpke-x25519-hkdf-sha256-aes256gcm', 'hpke-x25519-hkdf-sha256-aes256gcm', 'NoRecipient', 'SealBroken'];
    expect(streams.filter((_stream, at) => !texts[at]?.includes(seen[at] ?? '-'))).toEqual([]);
    // Also of traces: the write of the Secret is in them, and how it was refused.
    const traces = (): string => JSON.stringify(collector.requests);
    for (const word of ['{"stringValue":"Secret"}', '{"stringValue":"Invalid"}'])
      await until(`the collector has ${word}`, async () => traces().includes(word));
    await it.fleet.stop();
    expect(holds(traces())).toBe(false);
    const files = filesBelow(it.home);
    const found = files.filter((file) => holds(readFileSync(file, 'latin1')));
    // A cluster keeps its Secrets in its own etcd; nothing else may have it, the streams of the bus and all logs included.
    expect(found.filter((file) => !/\/etcd(-data)?\//.test(file))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
    expect(files.some((file) => file.includes('jetstream'))).toBe(true);
    expect(files.some((file) => file.endsWith('.log'))).toBe(true);
  });
});

const streams = ['INTENT', 'FLEET', 'REPORTS', 'OUTCOMES', 'HISTORY'] as const;

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
