import { createKeyPair } from '@accord/proto/keys';
import { describe, expect, test } from 'vitest';
import type { ClusterFact } from '../registry/facts.ts';
import type { Registry } from '../registry/registry.ts';
import { decideAskForKey, decideKeyReplaced, reportKeysOf } from './decide-key.ts';
import { decideRevoke } from './decide-revoke.ts';
import { carryOut, facts, given, id, invite, join, key, otherId, otherKey, outcomeOf, type Decide } from './join-example.ts';

const third = createKeyPair('user').publicKey;
const memberOf = (registry: Registry) => registry.clusters.get(id) ?? expect.unreachable('it has joined');
const bodyOf = (registry: Registry): ClusterFact => memberOf(registry).body;
const ask: Decide = (registry) => decideAskForKey(memberOf(registry));
const replace =
  (publicKey: string, nowMs = 5): Decide =>
  (registry) =>
    decideKeyReplaced(registry, memberOf(registry), { publicKey, nowMs });
const revoke: Decide = (registry) => decideRevoke(memberOf(registry), 6);

describe('a member that replaces its key', () => {
  test('is told which key it is about, once', () => {
    const registry = given(invite(), join(), ask);
    expect([bodyOf(registry).keyToReplace, bodyOf(registry).revision]).toEqual([key, 2]);
    expect(outcomeOf(ask, registry)).toBe('nothing');
  });

  test('keeps everything but the key, and the old one is to be refused', () => {
    const before = given(invite(), join());
    const after = given(invite(), join(), ask, replace(otherKey));
    expect(bodyOf(after)).toEqual({
      ...bodyOf(before),
      ...{ publicKey: otherKey, revision: 3, keysToRevoke: [key], replacedKeys: [{ publicKey: key, atMs: 5 }] },
    });
  });

  test('may ask again for what was written', () => {
    expect(outcomeOf(replace(otherKey), given(invite(), join(), ask, replace(otherKey)))).toBe('nothing');
  });

  test('is told anew for the next one', () => {
    const registry = given(invite(), join(), ask, replace(otherKey), ask, replace(third, 9));
    expect(bodyOf(registry)).toMatchObject({
      publicKey: third,
      replacedKeys: [
        { publicKey: otherKey, atMs: 9 },
        { publicKey: key, atMs: 5 },
      ],
    });
  });

  test.each<[who: string, registry: () => Registry, decide: Decide, says: string]>([
    ['nobody asked', () => given(invite(), join()), replace(otherKey), 'forbidden: nobody asked cluster prod-1'],
    ['asked for one, it does a second', () => given(invite(), join(), ask, replace(otherKey)), replace(third), 'forbidden: nobody asked'],
    ['it is revoked', () => given(invite(), join(), ask, revoke), replace(otherKey), 'forbidden: the access of cluster prod-1'],
    ['it is revoked, it is not even told', () => given(invite(), join(), revoke), ask, 'forbidden: the access of cluster prod-1'],
    [
      'it takes the key of another cluster',
      () =>
        given(
          invite(),
          join(),
          invite({ cluster: 'prod-2', tokenHash: 't2' }),
          join({ tokenHash: 't2', publicKey: third, id: otherId, facts }),
          ask,
        ),
      replace(third),
      'conflict: this key belongs to another cluster',
    ],
    [
      'it takes one that it had',
      () => given(invite(), join(), ask, replace(otherKey), ask),
      replace(key),
      'conflict: this key was revoked',
    ],
  ])('is refused where %s', (_who, registry, decide, says) => {
    expect(outcomeOf(decide, registry())).toContain(says);
  });

  test('never takes a key of before, long after the servers refuse it', () => {
    const registry = given(invite(), join(), ask, replace(otherKey), ask);
    const struckOut: Decide = (at) => {
      const { keysToRevoke: _done, ...body } = bodyOf(at);
      return [{ kind: 'cluster', id, type: 'OldKeyRevoked', body, expectSeq: memberOf(at).seq, change: '' }];
    };
    expect(outcomeOf(replace(key), carryOut(registry, struckOut))).toBe('conflict: this key was revoked');
  });
});

test('what an old key signed counts up to when it was replaced and five minutes more, and what the present one signs always', () => {
  const replacedKeys = [{ publicKey: 'U1', atMs: 1_000 }];
  expect(reportKeysOf({ publicKey: 'U2', replacedKeys })).toEqual([
    { publicKey: 'U2', until: Infinity },
    { publicKey: 'U1', until: 301_000 },
  ]);
});
