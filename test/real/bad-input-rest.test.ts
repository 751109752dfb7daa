import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultCodes, type FaultCode } from '@accord/core/policy/fault';
import type { HubClient } from '@accord/local/fleet/hub-client';
import type { Credential, CredentialResponse } from '@accord/proto/join-api';
import { joinProofBytes, openCredential } from '@accord/proto/join';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HubProgram } from '../chaos/hub-program.ts';
import { lintRows, rivalSpec, warnedRows } from '../chaos/lint-rows.ts';
import { SeededRandom } from '../chaos/seeded-random.ts';
import { until } from './fleet-fixture.ts';
import { loginOf, RawNatsClient } from './raw-nats-client.ts';

const home = mkdtempSync(join(tmpdir(), 'accord-bad-input-'));
let hub: HubProgram;
let rest: HubClient;
beforeAll(async () => {
  hub = await HubProgram.at(join(home, 'hub'));
  await hub.start();
  rest = hub.client;
  await invite('first');
});
afterAll(async () => {
  await hub?.stop();
  rmSync(home, { recursive: true, force: true });
});

const policies = '/apis/accord.dev/v1alpha1/clusterpolicies';

interface Status {
  readonly message: string;
  readonly reason: string;
  readonly details?: { readonly causes?: readonly { readonly reason: string; readonly field: string; readonly message: string }[] };
}

async function put(name: string, spec: unknown): Promise<{ readonly status: number; readonly body: Status }> {
  const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name }, spec };
  const answer = await rest.send('PUT', `${policies}/${name}`, body);
  return { status: answer.status, body: answer.body as Status };
}

const namesOf = async (): Promise<readonly string[]> =>
  ((await rest.send('GET', policies)).body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);

test('for every code of the lint table there is a row, and what is refused is not only warned of', () => {
  const [refused, warned] = [new Set(lintRows.map(([code]) => code)), new Set(warnedRows.map(([code]) => code))];
  expect(refused.union(warned)).toEqual(new Set<FaultCode>(faultCodes));
  expect([...refused.intersection(warned)]).toEqual([]);
});

describe('a policy that is warned of', () => {
  beforeAll(async () => {
    expect((await joinWith({ token: await invite('warned') })).status).toBe(200);
    expect((await put('rival', parse(rivalSpec))).status).toBe(201);
  });

  test.each(warnedRows)('%s: %s', async (code, _claim, spec, field) => {
    const body = { apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata: { name: 'warned' }, spec: parse(spec) as unknown };
    const { body: told } = await rest.send('POST', '/v1/preview', { object: body });
    const { lint, warnings } = told as { lint: unknown[]; warnings: { code: string; path: string; message: string; help: string }[] };
    expect([lint, warnings.map((warning) => `${warning.code} ${warning.path}`)]).toEqual([
      [],
      expect.arrayContaining([`${code} ${field}`]),
    ]);
    const { message = '', help = '' } = warnings.find((warning) => warning.code === code) ?? {};
    const token = readFileSync(join(home, 'hub', 'admin.token'), 'utf8').trim();
    const answer = await fetch(`${hub.url}${policies}/warned`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    // Written all the same, and told at the keyboard.
    expect([200, 201]).toContain(answer.status);
    expect((answer.headers.get('warning') ?? '').replaceAll('\\"', '"')).toContain(`299 - "${field}: ${message} ${help}"`);
  });
});

describe('a policy that is refused', () => {
  test.each(lintRows)('%s: %s', async (code, _claim, spec, field) => {
    const { status, body } = await put('refused', typeof spec === 'string' ? (parse(spec) as unknown) : spec);
    expect(status).toBe(code === 'UnknownField' ? 400 : 422);
    expect(body.details?.causes?.map(({ reason, field: at }) => `${reason} ${at}`)).toContain(`FieldValue${code} ${field}`);
    const cause = body.details?.causes?.find(({ reason }) => reason === `FieldValue${code}`);
    // What is wrong, and what to do about it.
    expect(cause?.message).toMatch(/^.+[.?] .+[.?]$/s);
    expect(await namesOf()).not.toContain('refused');
  });

  const forms: [claim: string, name: string, spec: unknown, status: number, text: RegExp][] = [
    ['an unknown field tells the nearest name', 'p', { clusterSelecter: {} }, 400, /spec\.clusterSelecter: .*clusterSelector/],
    ['a wrong type tells its path', 'p', { priority: 'high' }, 422, /spec\.priority: /],
    [
      'a selector with an unknown operator',
      'p',
      selecting({ key: 'env', operator: 'Like', values: ['x'] }),
      422,
      /matchExpressions\[0\]\.operator/,
    ],
    ['a selector without values', 'p', selecting({ key: 'env', operator: 'In', values: [] }), 422, /matchExpressions\[0\]\.values/],
    [
      'a selector with values that mean nothing',
      'p',
      selecting({ key: 'env', operator: 'Exists', values: ['x'] }),
      422,
      /matchExpressions\[0\]/,
    ],
    ['a selector by a key that is no label', 'p', { clusterSelector: { matchLabels: { 'a b': 'x' } } }, 422, /matchLabels/],
    ['a name that is no DNS name', 'Not_A_Name', {}, 422, /name/],
  ];
  test.each(forms)('%s', async (_claim, name, spec, status, text) => {
    const answer = await put(name, spec);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(answer.body.message).toMatch(text);
  });
});

function selecting(expression: object): object {
  return { clusterSelector: { matchExpressions: [expression] } };
}

describe('a token', () => {
  const asked = async (token: string) => {
    const response = await fetch(`${hub.url}${policies}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, text: ((await response.json()) as Status).message };
  };

  test('that nobody gave out opens nothing', async () => {
    expect(await asked('wrong')).toEqual({ status: 401, text: expect.stringContaining('this hub does not know the token') as string });
  });

  test('opens nothing after its time', async () => {
    const { body } = await rest.send('POST', '/v1/api-tokens', { name: 'short', role: 'viewer', expiresIn: '1s' });
    const { token } = body as { readonly token: string };
    expect((await asked(token)).status).toBe(200);
    await until('it has expired', async () => (await asked(token)).status === 401);
    expect((await asked(token)).text).toMatch(/^token short expired at 20/);
  });
});

describe('joining', () => {
  test('with a token that nobody gave out is refused', async () => {
    expect(await joinWith({ token: 'x'.repeat(43) })).toMatchObject({
      status: 401,
      detail: 'this join token is unknown, expired or used',
      help: expect.stringContaining('accord cluster add') as string,
    });
  });

  test('with an expired token is refused with the same words', async () => {
    const token = await invite('late', '1s');
    await until('it has expired', async () => {
      const { items } = (await rest.send('GET', '/v1/join-tokens')).body as { items: { cluster: string; state: string }[] };
      return items.some(({ cluster, state }) => cluster === 'late' && state === 'Expired');
    });
    expect(await joinWith({ token })).toMatchObject({ status: 401, detail: 'this join token is unknown, expired or used' });
  });

  test.each([
    ['ahead of', 6],
    ['behind', -6],
  ])('with a clock that is %s the hub is refused, and the token is still good', async (way, minutes) => {
    const token = await invite(`skewed-${Math.abs(minutes)}-${way.slice(0, 2)}`);
    expect(await joinWith({ token, skewMs: minutes * 60_000 })).toMatchObject({
      status: 401,
      detail: expect.stringContaining(`the clock of the cluster is 6 minutes ${way} the hub's`) as string,
      help: expect.stringMatching(/^set the clocks right/i) as string,
    });
    expect(await joinWith({ token })).toMatchObject({ status: 200 });
  });

  test('again with the same key gives the same cluster; with another key it is a conflict, and nothing changes', async () => {
    const token = await invite('twice');
    const key = createKeyPair('user');
    const first = await joinWith({ token, key });
    const before = (await rest.send('GET', '/apis/accord.dev/v1alpha1/clusters')).body as { items: unknown };
    expect(await joinWith({ token })).toMatchObject({ status: 409, detail: 'this join token was used with another key' });
    expect(((await rest.send('GET', '/apis/accord.dev/v1alpha1/clusters')).body as { items: unknown }).items).toEqual(before.items);
    expect((await joinWith({ token, key })).credential?.id).toBe(first.credential?.id);
  });
});

describe('whatever bytes a member sends', () => {
  test('on any subject that it may write, the hub goes on and shows that it sends garbage', async () => {
    const key = createKeyPair('user');
    const { credential } = await joinWith({ token: await invite('noisy'), key });
    if (credential === undefined) throw new Error('it did not join');
    const raw = await RawNatsClient.login(hub.bus, loginOf(credential.jwt, key));
    raw.subscribe(`_INBOX.${credential.id}.>`);
    expect(await raw.settle()).toEqual([]);
    const subjects = ['report.ID.summary', 'report.ID.drift', 'report.ID.inventory', 'outcome.ID', 'beat.ID', 'rpc.ID.renew'];
    const random = new SeededRandom(7);
    const bodies = [
      ...['', 'null', '5', '"x"', '[]', '{}', '{"cluster":7}', '{"tsMs":"now"}', '\u0000'].map((text) => Buffer.from(text)),
      ...Array.from({ length: 200 }, () => randomBytes(random.below(400))),
      randomBytes(16_000),
    ];
    for (const subject of subjects) {
      for (const [at, body] of bodies.entries())
        raw.publish(subject.replace('ID', credential.id), { body, reply: `_INBOX.${credential.id}.${subject.slice(0, 3)}.${at}` });
    }
    expect(await raw.settle()).toEqual([]);
    await until('each renewal is answered', async () => {
      const answers = raw.messages.filter(({ subject }) => subject.startsWith(`_INBOX.${credential.id}.rpc`));
      return answers.length === bodies.length;
    });
    await until(
      'it is shown',
      async () => Number(/accord_messages_refused_total\{cluster="noisy"\} (\d+)/.exec(await metrics())?.[1]) > 100,
    );
    raw.close();
    // A start reads all that again which the streams have kept.
    await hub.kill();
    await hub.start();
    await until('it serves', async () => (await hub.readiness()) === 'ok');
    expect(hub.log).not.toMatch(/"level":(50|60)/);
    expect((await put('afterwards', { clusterSelector: {} })).status).toBe(201);
  });

  const metrics = async (): Promise<string> => String((await rest.send('GET', '/metrics')).body);
});

async function invite(cluster: string, expiresIn = '1h'): Promise<string> {
  const { body } = await rest.send('POST', '/v1/join-tokens', { cluster, labels: {}, mode: 'Enforce', expiresIn });
  hubKey = (body as { readonly hubKey: string }).hubKey;
  return (body as { readonly token: string }).token;
}
let hubKey = '0'.repeat(64);

interface Joined {
  readonly status: number;
  readonly detail?: string;
  readonly help?: string;
  readonly credential?: Credential;
}

async function joinWith({
  token,
  key = createKeyPair('user'),
  skewMs = 0,
}: {
  readonly token: string;
  readonly key?: KeyPair;
  readonly skewMs?: number;
}): Promise<Joined> {
  const facts = { kubernetesVersion: 'v1.36.3', spokeVersion: '0', kubeSystemUID: '', platform: '' };
  const request = { publicKey: key.publicKey, facts, tsMs: Date.now() + skewMs, nonce: randomBytes(16).toString('base64url') };
  const proof = Buffer.from(key.sign(joinProofBytes(token, hubKey, request))).toString('base64');
  const response = await fetch(`${hub.url}/v1/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Join ${token}` },
    body: JSON.stringify({ ...request, proof }),
  });
  const body = (await response.json()) as CredentialResponse & { readonly detail?: string; readonly help?: string };
  if (response.status === 200) return { status: 200, credential: openCredential(body, hubKey, request.nonce) };
  return {
    status: response.status,
    ...(body.detail === undefined ? {} : { detail: body.detail }),
    ...(body.help === undefined ? {} : { help: body.help }),
  };
}
