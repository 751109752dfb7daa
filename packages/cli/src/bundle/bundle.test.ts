import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyPair } from '@accord/proto/keys';
import { afterAll, describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';
import { anonymized, namesIn } from './anonymize.ts';

const dir = mkdtempSync(join(tmpdir(), 'accord-bundle-'));
afterAll(() => rmSync(dir, { recursive: true }));

const { seed } = createKeyPair('user');
const apiToken = 'acc_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
const jwt = 'eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiJVQUJDIn0.c2lnbmF0dXJl';
const own = 'Abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

/** A hub that says credentials where people could have written them. */
const script: Script = {
  'GET /healthz': { body: 'ok' },
  'GET /readyz': { body: 'ok' },
  'GET /v1/fleet': {
    body: {
      clusters: { total: 1, live: 0, offline: 1, unknown: 0, behind: 0, stuck: 0 },
      ...{ policies: 1, epoch: 1, rows: { Failed: 1 }, alarms: [] },
      heals: [],
      problems: [],
    },
  },
  'GET /apis/accord.dev/v1alpha1/clusters': {
    body: { items: [{ metadata: { name: 'prod-frankfurt', labels: { team: 'payments' }, annotations: { note: seed } } }] },
  },
  'GET /v1/changes?limit=50': {
    body: { items: [{ change: 'team-payments@4', policy: 'team-payments', actor: 'token/ci-robot', reason: `see ${apiToken}` }] },
  },
  'GET /v1/drift?since=24h&limit=100': {
    body: { items: [{ cluster: 'prod-frankfurt', object: '/ConfigMap/pay-ns/pay-settings', kind: 'healed' }] },
  },
  'GET /v1/audit?limit=200': {
    body: {
      items: [
        { actor: 'nobody at 10.20.30.40', object: 'policy.team-payments', detail: `401: Bearer ${jwt}; team-payments on prod-frankfurt` },
      ],
    },
  },
  'GET /openapi.json': { body: { info: { version: '9.9.9' }, paths: { '/v1/secret': {} } } },
  'GET /metrics': {
    headers: { 'content-type': 'text/plain' },
    body: 'accord_ready 1\naccord_messages_refused_total{cluster="prod-frankfurt"} 2\n',
  },
};

async function bundle(name: string, ...words: readonly string[]) {
  const file = join(dir, name);
  const said = await speak(['doctor', '--bundle', file, ...words], script, { env: { ACCORD_TOKEN: own } });
  const text = readFileSync(file, 'utf8');
  return { file, said, text, json: JSON.parse(text) as Readonly<Record<string, any>> }; // oxlint-disable-line typescript/no-explicit-any
}

describe('accord doctor --bundle', () => {
  test('writes what helps, for its owner alone', async () => {
    const { file, said, json } = await bundle('plain.json');
    expect(said.err).toContain('Read it before you give it away.');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(json)).toEqual(
      'format at program findings hub fleet clusters changes drift audit openapi metrics missing'.split(' '),
    );
    expect(json['metrics']).toContain('accord_ready 1');
    expect(json['openapi']).toEqual({ version: '9.9.9' });
    expect(json['clusters'][0].metadata.name).toBe('prod-frankfurt');
  });

  test.each([[], ['--anonymize']])('has no credential in it, wherever one stood %s', async (...words) => {
    const { text } = await bundle(`secrets${words.length}.json`, ...words);
    for (const secret of [seed, apiToken, jwt, own]) expect(text).not.toContain(secret);
    expect(text).toContain('[redacted]');
  });

  test('with --anonymize has no name in it, and the same hash wherever one stood', async () => {
    const { text, json } = await bundle('anonymous.json', '--anonymize');
    for (const name of ['prod-frankfurt', 'payments', 'ci-robot', 'pay-ns', 'pay-settings', '10.20.30.40', '127.0.0.1'])
      expect(text).not.toContain(name);
    const cluster = String(json['clusters'][0].metadata.name);
    expect(cluster).toMatch(/^x-[0-9a-f]{10}$/);
    expect(json['drift'].items[0].cluster).toBe(cluster);
    expect(json['metrics']).toContain(`accord_messages_refused_total{cluster="${cluster}"} 2`);
    expect(json['audit'].items[0].detail).toMatch(new RegExp(`on ${cluster}$`));
    expect(json['drift'].items[0].object).toMatch(/^\/ConfigMap\/x-\w+\/x-\w+$/);
  });

  test('says what the hub refuses, and writes the rest', async () => {
    const { 'GET /v1/audit?limit=200': _audit, ...rest } = script;
    const file = join(dir, 'partly.json');
    await speak(['doctor', '--bundle', file], rest);
    const json = JSON.parse(readFileSync(file, 'utf8')) as { readonly missing: object; readonly fleet: object };
    expect([Object.keys(json.missing), json.fleet !== undefined]).toEqual([['audit'], true]);
  });

  test('writes over nothing', async () => {
    const { file, text } = await bundle('twice.json');
    const again = await speak(['doctor', '--bundle', file], script);
    expect([again.code, readFileSync(file, 'utf8') === text]).toEqual([1, true]);
    expect(again.err).toContain('is there already');
  });
});

test('another bundle has other hashes, so that nobody can put two together or guess a name', () => {
  const names = namesIn({ cluster: 'eu-1' });
  expect(anonymized('eu-1 eu-10', names, 'a')).not.toBe(anonymized('eu-1 eu-10', names, 'b'));
  expect(anonymized('eu-1 eu-10', names, 'a')).toMatch(/^x-\w+ eu-10$/);
});

test.each([
  ['from 192.0.2.7, key U1', /^from x-\w+, key U1$/],
  ['from 2001:db8::7 (as cluster x)', /^from x-\w+ \(as cluster x\)$/],
  ['from ::1', /^from x-\w+$/],
  ['from fd00:7:0:0:0:0:0:1, until 12:34:56', /^from x-\w+, until 12:34:56$/],
  ['a :: b at 2026-01-01T12:34:56.000Z', /^a :: b at 2026-01-01T12:34:56\.000Z$/],
])('an address in a sentence is hashed, and nothing else: %s', (text, expected) => {
  expect(anonymized(text, new Set(), 'a')).toMatch(expected);
});
