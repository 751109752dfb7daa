import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealingKey } from '@accord/proto/hpke';
import { createKeyPair } from '@accord/proto/keys';
import { openSecret } from '@accord/proto/seal-secret';
import { sealedSecretSchema, type SealedSecret } from '@accord/proto/sealed-secret';
import { attestSealingKey } from '@accord/proto/sealing-attestation';
import { notBeforeOf, sealingStatus } from '@accord/proto/sealing-status';
import { parse } from 'yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runHere, speak, type Script, type Scripted, type Spoken } from '../scripted-hub.ts';

const api = '/apis/accord.dev/v1alpha1';
const value = 'correct horse battery staple';

/** A cluster with its spoke, as the hub shows it. */
function cluster(name: string, { isOld = false } = {}) {
  const [spoke, key, clusterID] = [createKeyPair('user'), createSealingKey(), `id-of-${name}`];
  const attestation = attestSealingKey(spoke, { clusterID, publicKey: key.publicKey, notBefore: notBeforeOf(1) });
  const sealing = sealingStatus([{ ...key, createdAtMs: 1, attestation }], spoke.publicKey);
  const body = { metadata: { name }, spec: { clusterID }, status: isOld ? {} : { sealing } };
  const open = (secret: SealedSecret, namespace: string) => openSecret(secret, namespace, { cluster: name, clusterID, keys: [key] });
  return { key, open, script: { [`GET ${api}/clusters/${name}`]: { body } } satisfies Script };
}

const [prod, dev, old] = [cluster('prod'), cluster('dev'), cluster('old', { isOld: true })];
const hub: Script = { ...prod.script, ...dev.script, ...old.script };
let home = '';
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'accord-seal-'))));
afterEach(() => rmSync(home, { recursive: true }));

const pins = (): string => join(home, 'accord', 'sealing-keys.json');
const seal = (words: readonly string[], script: Script = hub, stdin = value): Promise<Spoken> =>
  speak(['seal', 'db', '-n', 'shop', ...words], script, { stdin, env: { XDG_CONFIG_HOME: home } });
const fromStdin = ['--from-file', 'password=-'];
const toProd = ['-c', 'prod', ...fromStdin];

/** Several command lines against one address. */
async function withHub(script: Script, work: (run: (words: readonly string[]) => Promise<Spoken>) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const scripted = script[`${request.method} ${request.url}`];
    if (typeof scripted === 'function') scripted(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const env = { ACCORD_URL: `http://127.0.0.1:${port}`, ACCORD_TOKEN: 'secret', XDG_CONFIG_HOME: home };
  await work(async (words) => ({ ...(await runHere(['seal', 'db', '-n', 'shop', ...words], env, { stdin: value })), heard: [] }));
  server.closeAllConnections();
  server.close();
}

describe('seal', () => {
  test('prints an entry that the clusters can open, and tells nobody the value', async () => {
    const { code, out, err, heard } = await seal(['-c', 'prod', '-c', 'dev', ...fromStdin]);
    expect([code, heard]).toEqual([0, [`GET ${api}/clusters/prod`, `GET ${api}/clusters/dev`]]);
    const [entry] = (parse(out) as unknown[]).map((one) => sealedSecretSchema.parse(one));
    for (const { open } of [prod, dev]) {
      const opened = await open(entry as SealedSecret, 'shop');
      expect(opened.outcome === 'opened' && Buffer.from(opened.values['password'] ?? []).toString()).toBe(value);
    }
    for (const text of [out, err, readFileSync(pins(), 'utf8')]) expect(text).not.toContain(value);
  });

  test('takes values from files byte for byte', async () => {
    writeFileSync(join(home, 'tls.key'), Buffer.from([0, 255, 10]));
    const { out } = await seal([
      '-c',
      'prod',
      '-o',
      'json',
      '--type',
      'kubernetes.io/tls',
      '--from-file',
      `tls.key=${join(home, 'tls.key')}`,
    ]);
    const entry = sealedSecretSchema.parse(JSON.parse(out));
    expect(entry.type).toBe('kubernetes.io/tls');
    expect(await prod.open(entry, 'shop')).toEqual({ outcome: 'opened', values: { 'tls.key': Uint8Array.from([0, 255, 10]) } });
  });

  test('pins the key that it sees first, in a file that only its owner reads', async () => {
    expect((await seal(toProd)).err).toContain(`Key ${prod.key.id} of prod is seen for the first time and pinned`);
    expect([statSync(pins()).mode & 0o777, readFileSync(pins(), 'utf8').includes(prod.key.id)]).toEqual([0o600, true]);
  });

  test('refuses a key that another spoke attests, until its fingerprint was compared', async () => {
    const stolen = cluster('prod');
    let shown: Script = prod.script;
    const answer = (_request: IncomingMessage, response: ServerResponse): void => {
      const { body } = shown[`GET ${api}/clusters/prod`] as Scripted;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const said: Spoken[] = [];
    // One hub at one address: a pin belongs to it.
    const script: Script = { [`GET ${api}/clusters/prod`]: answer };
    await withHub(script, async (run) => {
      said.push(await run(toProd));
      shown = stolen.script;
      said.push(await run(toProd), await run([...toProd, '--pin', `prod=${stolen.key.id}`]), await run(toProd));
    });
    expect(
      said.map(({ code, err }) => [code, /has changed to [0-9a-f]{32}|is seen for the first time|is pinned\.$/m.exec(err)?.[0]]),
    ).toEqual([
      [0, 'is seen for the first time'],
      [1, `has changed to ${stolen.key.id}`],
      [0, 'is pinned.'],
      [0, undefined],
    ]);
  });

  test.each<readonly [string, readonly string[], string, number]>([
    ['an unknown cluster', ['-c', 'nowhere', ...fromStdin], 'There is no cluster nowhere. See which there are: accord get clusters', 1],
    ['a cluster without a key', ['-c', 'old', ...fromStdin], 'Cluster old has told no key for which secrets can be sealed', 1],
    ['nobody', fromStdin, 'A secret is sealed for somebody. Name the clusters with -c', 1],
    ['a wrong fingerprint', [...toProd, '--pin', `prod=${'0'.repeat(32)}`], 'kubectl get clusters.accord.dev prod', 1],
    ['standard input twice', [...toProd, '--from-file', 'user=-'], 'Standard input is one value', 1],
    ['a key twice', [...toProd, ...fromStdin], 'password is given twice', 1],
    ['a file that is not there', ['-c', 'prod', '--from-file', 'a=/nowhere'], '/nowhere does not exist', 1],
    ['a value in the place of a file', ['-c', 'prod', '--from-file', 'password'], 'Write KEY=FILE', 2],
    ['a key that no Secret has', ['-c', 'prod', '--from-file', 'a b=-'], 'is no key of a Secret', 2],
    ['what is no fingerprint', [...toProd, '--pin', 'prod=abc'], 'Write CLUSTER=FINGERPRINT', 2],
    ['no value', ['-c', 'prod'], "required option '--from-file <key=file>' not specified", 2],
  ])('refuses %s, and prints nothing to paste', async (_claim, words, said, exit) => {
    const { code, out, err } = await seal(words);
    expect([code, out, err.includes(said) ? said : err]).toEqual([exit, '', said]);
  });

  test('refuses a file of pins that it cannot read as one, rather than to forget them', async () => {
    await seal(toProd);
    writeFileSync(pins(), '{"http://hub": 1}');
    expect((await seal(toProd)).err).toContain('does not hold the keys that you have pinned');
    expect(readFileSync(pins(), 'utf8')).toBe('{"http://hub": 1}');
  });
});

describe('seal --policy', () => {
  const before = {
    ...{ name: 'db', type: 'custom', suite: 's', version: 4, recipients: [{ cluster: 'prod', keyID: 'k', enc: '', ct: '' }] },
    entries: { password: {}, user: {} },
  };
  const policy = (spec: object): Script => ({ ...hub, [`GET ${api}/clusterpolicies/pay`]: { body: { spec } } });
  const stored = policy({ namespaces: [{ name: 'shop', sealedSecrets: [before] }] });
  const again = ['--policy', 'pay', '-c', 'dev', '-o', 'json', ...fromStdin];

  test('seals the next version for the clusters of before and the new one', async () => {
    writeFileSync(join(home, 'user'), 'shop');
    const { out } = await seal([...again, '--from-file', `user=${join(home, 'user')}`], stored);
    const { recipients, version, type } = sealedSecretSchema.parse(JSON.parse(out));
    expect([recipients.map((one) => one.cluster), version, type]).toEqual([['prod', 'dev'], 5, 'custom']);
  });

  test('asks for every value, as none can be read back', async () => {
    const { code, err } = await seal(again, stored);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('The Secret also has user, which cannot be read back. Give every value: --from-file user=FILE'),
    ]);
  });

  test('goes back to no version', async () => {
    const { err } = await seal([...again, '--from-file', 'user=/dev/null', '--secret-version', '4'], stored);
    expect(err).toContain('Version 4 is not above 4, which policy pay has');
  });

  test.each([
    ['has no such secret', { namespaces: [{ name: 'other', sealedSecrets: [before] }] }, 'Policy pay has no sealed secret shop/db'],
    [
      'has several',
      {
        namespaces: [{ name: 'shop', sealedSecrets: [before] }],
        overrides: [{ patch: { namespaces: [{ name: 'shop', sealedSecrets: [before] }] } }],
      },
      'has several sealed secrets shop/db',
    ],
  ])('says when the policy %s', async (_claim, spec, said) => expect((await seal(again, policy(spec))).err).toContain(said));
});
