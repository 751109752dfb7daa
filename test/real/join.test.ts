import { randomBytes, randomUUID } from 'node:crypto';
import { decideJoin } from '@accord/core/cluster/decide-join';
import type { Registry } from '@accord/core/registry/registry';
import { clusterIdOf, type ClusterId } from '@accord/proto/ids';
import { tokenHash } from '@accord/proto/join';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canLogIn, until } from './fleet-fixture.ts';
import { JoinStage, type Invited } from './join-stage.ts';

let stage: JoinStage;
beforeAll(async () => {
  stage = await JoinStage.start();
});
afterAll(() => stage?.stop());

const crash = async (): Promise<void> => {
  await stage.hub.kill();
  await stage.startHub();
};

describe('many at once', () => {
  test('50 clusters join within the same moment, each once and as itself', async () => {
    const names = Array.from({ length: 50 }, (_, n) => `many-${String(n).padStart(2, '0')}`);
    const invited = await Promise.all(names.map((name) => stage.invite(name)));
    const keys = names.map(() => createKeyPair('user'));
    // Each asks twice at the same time, as after a time-out.
    const answers = await Promise.all(
      invited.flatMap((one, n) => [0, 1].map(() => stage.joined(one, { key: keys[n] ?? createKeyPair('user') }))),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(50);
    expect((await stage.clusters()).filter((name) => name.startsWith('many-'))).toEqual(names);
  });

  test('of 20 keys with one token one joins, and the others are told so', async () => {
    const invited = await stage.invite('one-of-20');
    const answers = await Promise.all(Array.from({ length: 20 }, () => stage.join(invited)));
    const told = answers.map(({ status, body }) => `${status} ${String(body.detail ?? '')}`).toSorted();
    expect(told).toEqual(['200 ', ...Array.from({ length: 19 }, () => '409 this join token was used with another key')]);
  });

  test('of 20 clusters that want one name by a rule one gets it', async () => {
    const { body } = await stage.admin('POST', '/v1/join-rules', { name: 'raced', namePattern: 'raced-*', maxJoins: 20 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => stage.join(body as Invited, { change: { name: 'raced-1' } })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  });

  test('a rule lets in as many as it says, each under its own name and with its labels', async () => {
    const rule = { name: 'edge', namePattern: 'edge-*', maxJoins: 3, labels: { tier: 'edge' }, mode: 'Inform' };
    const { body } = await stage.admin('POST', '/v1/join-rules', rule);
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => stage.join(body as Invited, { change: { name: `edge-${n}` } })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 403, 403]);
    const edges = (await stage.clusters()).filter((name) => name.startsWith('edge-'));
    expect(edges).toHaveLength(3);
    const { body: edge } = await stage.admin('GET', `/apis/accord.dev/v1alpha1/clusters/${edges[0]}`);
    expect(edge).toMatchObject({ metadata: { labels: { tier: 'edge' } }, spec: { mode: 'Inform' } });
  });
});

describe('a hub that dies', () => {
  const freshId = (): ClusterId => clusterIdOf(randomBytes(16));
  /** What a join by this key would write now. */
  const asJoin =
    ({ token }: Invited, key: KeyPair, { name, id = freshId() }: { readonly name?: string; readonly id?: ClusterId }) =>
    (registry: Registry) =>
      decideJoin(registry, {
        ...{ tokenHash: tokenHash(token), publicKey: key.publicKey, name, uid: randomUUID(), nowMs: Date.now() },
        ...{
          facts: { kubernetesVersion: '', spokeVersion: '', kubeSystemUID: '', platform: '' },
          id,
        },
      }).drafts;
  const dieAfter = async (
    facts: number,
    invited: Invited,
    key: KeyPair,
    as: { readonly name?: string; readonly id?: ClusterId } = {},
  ): Promise<void> => {
    await stage.hub.kill();
    await stage.leaveBehind(asJoin(invited, key, as), facts);
    await stage.startHub();
  };

  test('between the use of the token and the join: the same request finishes it, under the id that it had', async () => {
    const invited = await stage.invite('cut');
    const [key, id] = [createKeyPair('user'), freshId()];
    await dieAfter(1, invited, key, { id });
    expect(await stage.clusters()).not.toContain('cut');
    expect((await stage.admin('POST', '/v1/join-tokens', { cluster: 'cut' })).status).toBe(409);
    expect((await stage.join(invited)).status).toBe(409);
    expect((await stage.joined(invited, { key })).id).toBe(id);
    expect(await stage.clusters()).toContain('cut');
  });

  test('after the join, before its answer: the same request gets it', async () => {
    const invited = await stage.invite('unanswered');
    const key = createKeyPair('user');
    const first = await stage.joined(invited, { key });
    await crash();
    expect((await stage.joined(invited, { key })).id).toBe(first.id);
  });

  test.each([1, 2])('after fact %i of a join by a rule: the same request finishes it', async (facts) => {
    const name = `torn-${facts}`;
    const { body } = await stage.admin('POST', '/v1/join-rules', { name, namePattern: 'torn-*', maxJoins: 1 });
    const key = createKeyPair('user');
    await dieAfter(facts, body as Invited, key, { name });
    await stage.joined(body as Invited, { key, change: { name } });
    expect(await stage.clusters()).toContain(name);
    expect((await stage.join(body as Invited, { change: { name: 'torn-9' } })).status).toBe(403);
  });

  test('before the old key of a cluster that joined again was revoked: the next one revokes it', async () => {
    const oldKey = createKeyPair('user');
    const old = await stage.joined(await stage.invite('torn-replaced'), { key: oldKey });
    const login = { seed: oldKey.seed, ...old };
    expect(await canLogIn(login)).toBe(true);
    const newKey = createKeyPair('user');
    const invited = await stage.invite('torn-replaced', { replace: true });
    await dieAfter(2, invited, newKey);
    await until('the old key is refused', async () => !(await canLogIn(login)));
    const next = await stage.joined(invited, { key: newKey });
    expect(next.id).toBe(old.id);
    expect(await canLogIn({ seed: newKey.seed, ...next })).toBe(true);
  });
});

describe('joining again', () => {
  test('gives a member a new key; the old one opens nothing, neither the bus nor a renewal', async () => {
    const oldKey = createKeyPair('user');
    const first = await stage.invite('again', { labels: { env: 'prod' } });
    const old = await stage.joined(first, { key: oldKey });
    const { body: before } = await stage.admin('GET', '/apis/accord.dev/v1alpha1/clusters/again');
    const invited = await stage.invite('again', { replace: true });
    const newKey = createKeyPair('user');
    const next = await stage.joined(invited, { key: newKey });
    const { body: after } = await stage.admin('GET', '/apis/accord.dev/v1alpha1/clusters/again');
    const essence = ({ metadata, spec }: { metadata: Record<string, unknown>; spec: unknown }): unknown => [
      ...[metadata['uid'], metadata['labels'], metadata['generation'], metadata['creationTimestamp']],
      spec,
    ];
    expect([next.id, essence(after as never)]).toEqual([old.id, essence(before as never)]);
    await until('the old key is refused', async () => !(await canLogIn({ seed: oldKey.seed, ...old })));
    expect(await canLogIn({ seed: newKey.seed, ...next })).toBe(true);
    expect(await stage.join(first, { key: oldKey })).toMatchObject({
      status: 403,
      body: {
        detail: 'cluster again is no longer let in with this key',
        help: expect.stringContaining('accord cluster add again --replace'),
      },
    });
  });

  test('keeps its labels: an invitation that brings others is refused', async () => {
    await stage.joined(await stage.invite('kept'));
    const { status, body } = await stage.admin('POST', '/v1/join-tokens', { cluster: 'kept', replace: true, labels: { env: 'dev' } });
    expect([status, (body as { detail: string }).detail]).toEqual([
      422,
      'cluster kept keeps its labels, mode and spec when it joins again',
    ]);
  });
});

describe('one cluster, one name', () => {
  test('a cluster that is a member is not let in under a second name, and is told what to run', async () => {
    const facts = { kubeSystemUID: randomUUID() };
    await stage.joined(await stage.invite('first-name'), { facts });
    expect(await stage.join(await stage.invite('second-name'), { facts })).toMatchObject({
      status: 409,
      body: {
        detail: 'this cluster is a member already, under the name first-name',
        help: expect.stringContaining('accord cluster add first-name --replace'),
      },
    });
    await stage.joined(await stage.invite('first-name', { replace: true }), { facts });
  });

  test('a second cluster does not get a name that is taken, and is told what to run', async () => {
    await stage.joined(await stage.invite('taken'));
    const { status, body } = await stage.admin('POST', '/v1/join-tokens', { cluster: 'taken' });
    expect([status, (body as { help: string }).help]).toEqual([409, expect.stringContaining('accord cluster add taken --replace')]);
  });
});

describe('bad input', () => {
  const rows: [
    claim: string,
    ask: (invited: Invited) => Promise<{ status: number; body: { detail: string } }>,
    status: number,
    detail: RegExp,
  ][] = [
    ['a truncated token', (it) => stage.join({ ...it, token: it.token.slice(0, 20) }), 401, /unknown, expired or used/],
    ['no token', (it) => stage.post('', stage.request(it)), 401, /no join token came/],
    ['a proof for another token', (it) => stage.post(it.token, stage.request({ ...it, token: 'x' })), 401, /proof does not match/],
    [
      'a proof for another hub',
      (it) => stage.post(it.token, stage.request({ ...it, hubKey: '0'.repeat(64) })),
      401,
      /proof does not match/,
    ],
    [
      'facts that were changed after they were signed',
      (it) => {
        const request = stage.request(it);
        return stage.post(it.token, { ...request, facts: { ...request.facts, platform: 'other' } });
      },
      401,
      /proof does not match/,
    ],
    [
      'a name that was put in after it was signed',
      (it) => stage.post(it.token, { ...stage.request(it), name: 'other' }),
      401,
      /proof does not match/,
    ],
    ['a clock that is ahead', (it) => stage.join(it, { skewMs: 360_000 }), 401, /6 minutes ahead of the hub's/],
    ['a clock that is behind', (it) => stage.join(it, { skewMs: -360_000 }), 401, /6 minutes behind the hub's/],
    [
      'control characters in facts',
      (it) => stage.join(it, { facts: { platform: '\u001b[2J' } }),
      422,
      /facts\.platform: at most 128 printable/,
    ],
    ['megabytes of facts', (it) => stage.join(it, { facts: { platform: 'x'.repeat(2_000_000) } }), 413, /larger than/],
    [
      'facts that are too long',
      (it) => stage.join(it, { facts: { spokeVersion: 'x'.repeat(129) } }),
      422,
      /facts\.spokeVersion: at most 128/,
    ],
    [
      'a key of another kind',
      (it) => stage.join(it, { change: { publicKey: createKeyPair('account').publicKey } }),
      422,
      /no public user key/,
    ],
    ['a name that the token does not have', (it) => stage.join(it, { change: { name: 'else' } }), 422, /the spoke calls itself else/],
    ['no JSON', (it) => stage.post(it.token, '{'), 400, /no JSON/],
  ];
  test.each(rows)('%s is refused, and the token is still good', async (claim, ask, status, detail) => {
    const invited = await stage.invite(`bad-${rows.findIndex(([name]) => name === claim)}`);
    const answer = await ask(invited);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(detail)]);
    await stage.joined(invited);
  });

  test.each([
    ['reserved labels', { labels: { 'accord.dev/name': 'x' } }, /set by the hub/],
    ['65 labels', { labels: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`l${n}`, ''])) }, /65 labels, at most 64/],
    ['a label that is too long', { labels: { env: 'x'.repeat(64) } }, /must be empty or 1 to 63/],
    ['a name that is no DNS label', { cluster: 'Not_A_Name' }, /no DNS label/],
    ['a life of more than a day', { expiresIn: '25h' }, /at most 24h/],
  ])('an invitation with %s is refused', async (_claim, change, detail) => {
    const { status, body } = await stage.admin('POST', '/v1/join-tokens', { cluster: 'never', ...change });
    expect([status, (body as { detail: string }).detail]).toEqual([422, expect.stringMatching(detail)]);
  });

  test('who fails ten times in a minute is told to wait, and others are not', async () => {
    const invited = await stage.invite('patient');
    const from = stage.address();
    const wrong = { ...invited, token: 'x'.repeat(43) };
    const answers: number[] = [];
    for (let n = 0; n < 12; n += 1) answers.push((await stage.join(wrong, { from })).status);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    // Others may be behind the same address.
    expect((await stage.join(invited, { from })).status).toBe(200);
  });

  test('a flood of bad joins from everywhere keeps nobody else from being answered', async () => {
    const invited = await stage.invite('in-the-flood');
    const wrong = { ...invited, token: 'y'.repeat(43) };
    let isOver = false;
    let floods = 0;
    const flood = async (): Promise<void> => {
      while (!isOver) {
        const { status } = await stage.join(wrong);
        expect([401, 429]).toContain(status);
        floods += 1;
      }
    };
    const flooding = Array.from({ length: 16 }, flood);
    await until('the flood is there', async () => floods > 200);
    // Whoever is let in meanwhile, reads and writes.
    await stage.joined(invited);
    expect((await stage.admin('GET', '/v1/fleet')).status).toBe(200);
    expect((await stage.admin('POST', '/v1/join-tokens', { cluster: 'after-the-flood' })).status).toBe(201);
    isOver = true;
    await Promise.all(flooding);
  });
});
