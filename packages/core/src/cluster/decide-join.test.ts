import { describe, expect, test } from 'vitest';
import type { ClusterFact } from '../registry/facts.ts';
import type { Registry } from '../registry/registry.ts';
import { decideOldKeysRevoked } from './decide-cluster.ts';
import { carryOut, facts, given, hourMs, id, invite, join, key, otherId, otherKey, outcomeOf, rule, type Decide } from './join-example.ts';

const refusal = 'unauthenticated: this join token is unknown, expired or used';
const joined = `ClusterJoined cluster/${id}`;
const again = (change = {}): Decide => join({ tokenHash: 't2', publicKey: otherKey, id: otherId, nowMs: 5, ...change });
const replace = invite({ tokenHash: 't2', labels: {}, nowMs: 3, isReplaced: true });
/** As another part of the hub would write it. */
const edit =
  (change: Partial<ClusterFact>): Decide =>
  (registry) => {
    const { body, seq } = registry.clusters.get(id) ?? expect.unreachable('it has not joined');
    return [{ kind: 'cluster', id, type: 'ClusterChanged', body: { ...body, ...change }, expectSeq: seq, change: 'x' }];
  };
const revoke = edit({ revokedAtMs: 4 });
const bodyOf = (registry: Registry): ClusterFact => registry.clusters.get(id)?.body ?? expect.unreachable('it has not joined');
type Row = [claim: string, given: Registry, when: Decide, then: string];

describe('joining again', () => {
  const rows: Row[] = [
    [
      'only by an invitation that says so',
      given(invite(), join()),
      invite({ tokenHash: 't2' }),
      'exists: cluster prod-1 has joined already',
    ],
    ['replaces nobody', given(), replace, 'not-found: there is no cluster prod-1 that could be replaced'],
    ['keeps the id', given(invite(), join(), replace), again(), `JoinTokenUsed token/t2, ClusterRejoined cluster/${id}`],
    ['the same key again gives the same answer', given(invite(), join(), replace, again()), again(), 'nothing'],
    ['is finished by the same key', carryOut(given(invite(), join(), replace), again(), 1), again(), `ClusterRejoined cluster/${id}`],
    [
      'and by no other',
      carryOut(given(invite(), join(), replace), again(), 1),
      again({ publicKey: key }),
      'conflict: this join token was used with another key',
    ],
    [
      'shuts out the key before',
      given(invite(), join(), replace, again()),
      join(),
      'forbidden: cluster prod-1 is no longer let in with this key',
    ],
    [
      'with the key that it had, when only the answer was lost',
      given(invite(), join(), replace),
      again({ publicKey: key }),
      `JoinTokenUsed token/t2, ClusterRejoined cluster/${id}`,
    ],
    [
      'lets a revoked cluster in',
      given(invite(), join(), revoke, replace),
      again(),
      `JoinTokenUsed token/t2, ClusterRejoined cluster/${id}`,
    ],
    ['and finishes that as well', carryOut(given(invite(), join(), revoke, replace), again(), 1), again(), `ClusterRejoined cluster/${id}`],
    [
      'but not with the key that was revoked',
      given(invite(), join(), revoke, replace),
      again({ publicKey: key }),
      'conflict: this key was revoked',
    ],
    [
      'a revoked cluster does not join by its first token',
      given(invite(), join(), revoke),
      join(),
      'forbidden: the access of cluster prod-1 was revoked at 1970-01-01T00:00:00.004Z',
    ],
    [
      'a cluster that was revoked since is not let in by repeating it',
      given(invite(), join(), replace, again(), revoke),
      again(),
      'forbidden: the access of cluster prod-1 was revoked at 1970-01-01T00:00:00.004Z',
    ],
  ];
  test.each(rows)('%s', (_claim, registry, when, then) => expect(outcomeOf(when, registry)).toBe(then));

  test('an earlier replacement cannot take the cluster back after a later one', () => {
    const third = 'UAthird';
    const registry = given(invite(), join(), replace, again(), invite({ tokenHash: 't3', nowMs: 6, isReplaced: true }));
    carryOut(registry, join({ tokenHash: 't3', publicKey: third, nowMs: 7 }));
    expect(outcomeOf(again({ nowMs: 8 }), registry)).toBe('forbidden: cluster prod-1 is no longer let in with this key');
    expect([bodyOf(registry).publicKey, bodyOf(registry).keysToRevoke]).toEqual([third, [key, otherKey]]);
  });

  test('changes the key and nothing that people wrote, and says which key is to be revoked', () => {
    const before = given(invite(), join(), edit({ tokenFloor: 9, labels: { env: 'dev' }, revokedAtMs: 4 }));
    const { revokedAtMs: _ended, ...rest } = bodyOf(before);
    expect(bodyOf(carryOut(carryOut(before, replace), again()))).toEqual({
      ...rest,
      ...{ publicKey: otherKey, tokenFloor: 0, keysToRevoke: [key] },
    });
  });

  test('ends with the old key revoked, which is written once', () => {
    const registry = given(invite(), join(), replace, again());
    const told: Decide = (all) => decideOldKeysRevoked(all.clusters.get(id) ?? expect.unreachable(''), [key]);
    expect(outcomeOf(told, registry)).toBe(`OldKeyRevoked cluster/${id}`);
    expect(bodyOf(carryOut(registry, told)).keysToRevoke).toBeUndefined();
    expect(outcomeOf(told, registry)).toBe('nothing');
  });
});

describe('a key that was taken away', () => {
  const struckOut: Decide = (all) => decideOldKeysRevoked(all.clusters.get(id) ?? expect.unreachable(''), [key]);
  const stolen = (token: string): Decide => join({ tokenHash: token, publicKey: key, id: otherId, nowMs: 9 });
  const long = given(invite(), join(), revoke, replace, again(), struckOut);
  const leaves = edit({ left: { atMs: 6 } });
  const rows: Row[] = [
    [
      'is not taken for its own cluster, long after the servers refuse it',
      carryOut(long, invite({ tokenHash: 't3', nowMs: 8, isReplaced: true })),
      stolen('t3'),
      'conflict: this key was revoked',
    ],
    [
      'nor under another name',
      given(invite(), join(), revoke, replace, again(), struckOut, invite({ cluster: 'prod-2', tokenHash: 't4' })),
      stolen('t4'),
      'conflict: this key was that of another cluster',
    ],
    [
      'nor by a rule',
      given(invite(), join(), revoke, replace, again(), struckOut, rule()),
      join({ tokenHash: 'r1', name: 'edge-1', publicKey: key, id: otherId }),
      'conflict: this key was that of another cluster',
    ],
    [
      'nor is that of a cluster that has left',
      given(invite(), join(), leaves, invite({ cluster: 'prod-2', tokenHash: 't4' })),
      stolen('t4'),
      'conflict: this key was that of a cluster that has left',
    ],
    [
      'nor one that such a cluster had before',
      given(invite(), join(), replace, again(), leaves, invite({ cluster: 'prod-2', tokenHash: 't4' })),
      stolen('t4'),
      'conflict: this key was that of another cluster',
    ],
  ];
  test.each(rows)('%s', (_claim, registry, when, then) => expect(outcomeOf(when, registry)).toBe(then));
});

describe('one cluster, one name', () => {
  const uid = { facts: { ...facts, kubeSystemUID: 'u' } };
  const second = invite({ cluster: 'prod-2', tokenHash: 't2' });
  const rows: Row[] = [
    [
      'a cluster under two names',
      given(invite(), join(uid), second),
      again(uid),
      'exists: this cluster is a member already, under the name prod-1',
    ],
    [
      'also as a replacement',
      given(
        invite(),
        join(uid),
        second,
        join({ tokenHash: 't2', publicKey: otherKey, id: otherId }),
        invite({ cluster: 'prod-2', tokenHash: 't3', isReplaced: true }),
      ),
      join({ tokenHash: 't3', publicKey: 'UA3', ...uid }),
      'exists: this cluster is a member already, under the name prod-1',
    ],
    [
      'one that cannot read who it is',
      given(invite(), join(), second),
      again(),
      `JoinTokenUsed token/t2, ClusterJoined cluster/${otherId}`,
    ],
    [
      'a name that the token does not have',
      given(invite()),
      join({ name: 'prod-9' }),
      'invalid: this token is for cluster prod-1, and the spoke calls itself prod-9',
    ],
    ['the name that it has', given(invite()), join({ name: 'prod-1' }), `JoinTokenUsed token/t1, ${joined}`],
    [
      'a name while its join is cut in the middle',
      carryOut(given(invite()), join(), 1),
      invite({ tokenHash: 't2', nowMs: 2 }),
      'exists: cluster prod-1 is invited already, until 1970-01-01T01:00:00.000Z',
    ],
    [
      'and after that cannot be finished any more',
      carryOut(given(invite()), join(), 1),
      invite({ tokenHash: 't2', nowMs: hourMs }),
      'NameReserved name/prod-1, JoinTokenCreated token/t2',
    ],
  ];
  test.each(rows)('%s', (_claim, registry, when, then) => expect(outcomeOf(when, registry)).toBe(then));
});

describe('a join rule', () => {
  const by = (name: string | undefined, change = {}): Decide => join({ tokenHash: 'r1', name, ...change });
  const other = by('edge-2', { publicKey: otherKey, id: otherId });
  const rows: Row[] = [
    ['is made', given(), rule(), 'JoinRuleCreated token/r1'],
    ['is made once', given(rule()), rule({ tokenHash: 'r2' }), 'exists: there is a join rule edge already'],
    ['has a pattern that fits names', given(), rule({ namePattern: 'Edge_*' }), 'invalid: namePattern: "Edge_*" fits no name'],
    ['does not let in whatever comes', given(), rule({ namePattern: '*' }), 'invalid: namePattern: "*" fits no name'],
    ['has a number', given(), rule({ joinsMax: 501 }), 'invalid: maxJoins: a number from 1 to 500'],
    ['lets in who matches', given(rule()), by('edge-1'), `NameReserved name/edge-1, JoinTokenUsed token/r1, ${joined}`],
    [
      'and another one',
      given(rule(), by('edge-1')),
      other,
      `NameReserved name/edge-2, JoinTokenUsed token/r1, ClusterJoined cluster/${otherId}`,
    ],
    [
      'and no more than it may',
      given(rule(), by('edge-1'), other),
      by('edge-3', { publicKey: 'UA3' }),
      'forbidden: join rule edge has let in the 2 clusters that it may',
    ],
    ['the same key again gives the same answer', given(rule(), by('edge-1'), other), by('edge-1', { id: otherId }), 'nothing'],
    ['under the same name', given(rule(), by('edge-1')), by('edge-2'), 'conflict: this key has joined as edge-1, and not as edge-2'],
    ['needs a name', given(rule()), by(undefined), 'invalid: this token lets in several clusters, and the spoke does not say which it is'],
    [
      'that is a DNS label',
      given(rule({ namePattern: '*e*' })),
      by('e_1'),
      'invalid: ACCORD_CLUSTER_NAME: "e_1" is no DNS label: lower-case letters, digits and "-", at most 63',
    ],
    ['that matches', given(rule()), by('prod-1'), 'forbidden: this token lets in clusters named edge-*, and not prod-1'],
    [
      'that is free',
      given(rule(), by('edge-1')),
      by('edge-1', { publicKey: otherKey, id: otherId }),
      'exists: there is a cluster edge-1 already',
    ],
    [
      'that nobody was invited under',
      given(rule(), invite({ cluster: 'edge-1' })),
      by('edge-1'),
      'exists: cluster edge-1 is invited already, until 1970-01-01T01:00:00.000Z',
    ],
    ['ends', given(rule()), by('edge-1', { nowMs: hourMs }), refusal],
    [
      'cut after the name: the same request takes it',
      carryOut(given(rule()), by('edge-1'), 1),
      by('edge-1'),
      `JoinTokenUsed token/r1, ${joined}`,
    ],
    [
      'cut after the name: so may another',
      carryOut(given(rule()), by('edge-1'), 1),
      invite({ cluster: 'edge-1' }),
      'NameReserved name/edge-1, JoinTokenCreated token/t1',
    ],
    ['cut after its place: finished under the same id', carryOut(given(rule()), by('edge-1'), 2), by('edge-1', { id: otherId }), joined],
    [
      'cut after its place: the name is taken',
      carryOut(given(rule()), by('edge-1'), 2),
      invite({ cluster: 'edge-1' }),
      'exists: cluster edge-1 is invited already, until 1970-01-01T01:00:00.000Z',
    ],
  ];
  test.each(rows)('%s', (_claim, registry, when, then) => expect(outcomeOf(when, registry)).toBe(then));

  test('gives each its labels', () => {
    expect(bodyOf(given(rule(), by('edge-1')))).toMatchObject({ name: 'edge-1', labels: { tier: 'edge' }, spec: { mode: 'Inform' } });
  });
});
