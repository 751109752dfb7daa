import { isCoded } from '@accord/proto/coded-error';
import { clusterIdOf } from '@accord/proto/ids';
import { intentSubject } from '@accord/proto/subjects';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../registry/draft.ts';
import type { ClusterFact } from '../registry/facts.ts';
import { emptyRegistry, foldFact, type Recorded, type Registry } from '../registry/registry.ts';
import { decideChangeCluster, decideCredentialReplaced, type ClusterWrite } from './decide-cluster.ts';
import { decideInvite, joinTokenMsMax, type Invitation } from './decide-invite.ts';
import { decideJoin, type Joining } from './decide-join.ts';

const hourMs = 3_600_000;
const facts = { kubernetesVersion: 'v1.36.3', spokeVersion: '0', kubeSystemUID: '', platform: '' };
const id = clusterIdOf(new Uint8Array(16));
const otherId = clusterIdOf(new Uint8Array(16).fill(7));
type Decide = (registry: Registry) => readonly Draft[];

const invite =
  (change: Partial<Invitation> = {}): Decide =>
  (registry) =>
    decideInvite(registry, {
      cluster: 'prod-1',
      labels: { env: 'prod' },
      spec: { mode: 'Enforce' },
      tokenHash: 't1',
      nowMs: 0,
      expiresInMs: hourMs,
      ...change,
    });
const join =
  (change: Partial<Joining> = {}): Decide =>
  (registry) =>
    decideJoin(registry, { tokenHash: 't1', publicKey: 'UA1', facts, id, uid: 'u', nowMs: 1, ...change }).drafts;
const cluster = (registry: Registry): Recorded<ClusterFact> => registry.clusters.get(id) ?? expect.unreachable('the cluster is not there');
const change =
  (write: Partial<ClusterWrite>): Decide =>
  (registry) =>
    decideChangeCluster(cluster(registry), { labels: { env: 'prod' }, annotations: {}, spec: { mode: 'Enforce' }, nextIat: 50, ...write });
const replaced =
  (until: number): Decide =>
  (registry) =>
    decideCredentialReplaced(cluster(registry), until);

/** Writes what is decided; `first` stops after so many facts, like a hub that died. */
function carryOut(registry: Registry, decide: Decide, first = 9): Registry {
  for (const { kind, id: of, body, change: name } of decide(registry).slice(0, first)) {
    foldFact(registry, intentSubject(kind, of), {
      body,
      seq: registry.seq + 1,
      digest: new Uint8Array(),
      atMs: 1,
      actor: 'ann',
      change: { id: name, traceparent: '' },
    });
  }
  return registry;
}
const given = (...decisions: Decide[]): Registry => decisions.reduce((registry, decide) => carryOut(registry, decide), emptyRegistry());

function outcomeOf(decide: Decide, registry: Registry): string {
  try {
    return (
      decide(registry)
        .map(({ type, kind, id: of, expectSeq }) => `${type} ${kind}/${of} after ${expectSeq}`)
        .join(', ') || 'nothing'
    );
  } catch (error) {
    return isCoded(error) ? `${error.code}: ${error.message}` : expect.unreachable(String(error));
  }
}

describe('cluster decisions', () => {
  const refusal = 'unauthenticated: this join token is unknown, expired or used';
  const joined = `ClusterJoined cluster/${id} after 0`;
  const rows: [claim: string, given: Registry, when: Decide, then: string][] = [
    [
      'an invitation takes the name and makes a token',
      given(),
      invite(),
      'NameReserved name/prod-1 after 0, JoinTokenCreated token/t1 after 0',
    ],
    [
      'an open invitation holds the name',
      given(invite()),
      invite({ tokenHash: 't2', nowMs: 1 }),
      'exists: cluster prod-1 is invited already, until 1970-01-01T01:00:00.000Z',
    ],
    [
      'an expired invitation gives it back',
      given(invite()),
      invite({ tokenHash: 't2', nowMs: hourMs }),
      'NameReserved name/prod-1 after 1, JoinTokenCreated token/t2 after 0',
    ],
    [
      'a name whose token was never stored is free',
      carryOut(given(), invite(), 1),
      invite({ tokenHash: 't2' }),
      'NameReserved name/prod-1 after 1, JoinTokenCreated token/t2 after 0',
    ],
    [
      'a cluster that has joined keeps its name',
      given(invite(), join()),
      invite({ tokenHash: 't2' }),
      'exists: cluster prod-1 has joined already',
    ],
    [
      'a name is a DNS label',
      given(),
      invite({ cluster: 'Prod_1' }),
      'invalid: cluster: "Prod_1" is no DNS label: lower-case letters, digits and "-", at most 63',
    ],
    [
      'a token lives for a day at most',
      given(),
      invite({ expiresInMs: joinTokenMsMax + 1 }),
      'invalid: expiresIn: more than nothing and at most 24h',
    ],
    ['a token lives for a moment at least', given(), invite({ expiresInMs: 0 }), 'invalid: expiresIn: more than nothing and at most 24h'],
    [
      'the labels of the hub are refused',
      given(),
      invite({ labels: { 'accord.dev/name': 'x' } }),
      'invalid: metadata.labels[accord.dev/name]: labels under accord.dev are set by the hub',
    ],
    [
      'the name of a set is a DNS label',
      given(),
      invite({ labels: { 'set.accord.dev/X': '' } }),
      'invalid: metadata.labels[set.accord.dev/X]: the name of a set is a DNS label: lower-case letters, digits and "-", at most 63',
    ],
    [
      'a cluster is in 16 sets at most',
      given(),
      invite({ labels: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`set.accord.dev/s${at}`, ''])) }),
      'invalid: metadata.labels: 17 cluster sets, at most 16',
    ],

    ['the first join uses the token and makes the cluster', given(invite()), join(), `JoinTokenUsed token/t1 after 2, ${joined}`],
    ['the same key again gives the same answer', given(invite(), join()), join({ id: otherId }), 'nothing'],
    [
      'a join that died in the middle is finished under the id that it had',
      carryOut(given(invite()), join(), 1),
      join({ id: otherId }),
      joined,
    ],
    [
      'another key with a used token is an alarm',
      given(invite(), join()),
      join({ publicKey: 'UA2' }),
      'conflict: this join token was used with another key',
    ],
    [
      'a key joins once',
      given(invite(), join(), invite({ cluster: 'prod-2', tokenHash: 't2' })),
      join({ tokenHash: 't2', id: otherId }),
      'conflict: this key belongs to another cluster',
    ],
    ['an unknown token', given(), join(), refusal],
    ['an expired token answers alike', given(invite()), join({ nowMs: hourMs }), refusal],

    ['writing what is there changes nothing', given(invite(), join()), change({}), 'nothing'],
    ['a relabel is a change', given(invite(), join()), change({ labels: {} }), `ClusterChanged cluster/${id} after 4`],
    [
      'a label that Kubernetes would refuse',
      given(invite(), join()),
      change({ labels: { env: '-' } }),
      'invalid: metadata.labels[env]: must be empty or 1 to 63 letters, digits, "-", "_" or ".", with a letter or digit at both ends',
    ],
    [
      'more labels than a cluster may have',
      given(invite(), join()),
      change({ labels: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`l${n}`, ''])) }),
      'invalid: metadata.labels: 65 labels, at most 64',
    ],
    [
      'a credential that is replaced kills the older ones',
      given(invite(), join()),
      replaced(49),
      `CredentialReplaced cluster/${id} after 4`,
    ],
    ['killing them again changes nothing', given(invite(), join(), replaced(49)), replaced(49), 'nothing'],
  ];
  test.each(rows)('%s', (_claim, registry, when, then) => expect(outcomeOf(when, registry)).toBe(then));

  test('a cluster starts with the labels of its invitation, not with what it asks for', () => {
    const { body } = cluster(given(invite(), join()));
    expect(body).toMatchObject({
      name: 'prod-1',
      labels: { env: 'prod' },
      publicKey: 'UA1',
      revision: 1,
      confirmedEpoch: 1,
      revokedUntil: 0,
    });
  });

  test('only what a policy can see makes a revision; only labels need another credential', () => {
    const of = (write: Partial<ClusterWrite>): readonly unknown[] => {
      const [draft] = change(write)(given(invite(), join())) as readonly Draft<'cluster'>[];
      return [draft?.body.revision, draft?.body.tokenFloor, draft?.change];
    };
    expect(of({ annotations: { note: 'x' } })).toEqual([1, 0, 'cluster/prod-1@1']);
    expect(of({ spec: { mode: 'Enforce', region: 'eu' } })).toEqual([2, 0, 'cluster/prod-1@2']);
    expect(of({ labels: { env: 'dev' } })).toEqual([2, 50, 'cluster/prod-1@2']);
  });

  test('each relabel raises the floor of tokens, whatever the clock says', () => {
    const registry = given(invite(), join(), change({ labels: {}, nextIat: 90 }));
    const [draft] = change({ labels: { env: 'dev' }, nextIat: 60 })(registry) as readonly Draft<'cluster'>[];
    expect(draft?.body.tokenFloor).toBe(91);
  });
});

describe('a cluster id', () => {
  test('is what the first join was given', () => {
    const first = decideJoin(given(invite()), { tokenHash: 't1', publicKey: 'UA1', facts, id, uid: 'u', nowMs: 1 });
    const again = decideJoin(given(invite(), join()), { tokenHash: 't1', publicKey: 'UA1', facts, id: otherId, uid: 'v', nowMs: 2 });
    expect([first.id, again.id]).toEqual([id, id]);
  });
});
