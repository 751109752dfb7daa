import { describe, expect, test } from 'vitest';
import type { Registry } from '../registry/registry.ts';
import { fingerprintOf } from './decide-approval.ts';
import { given, hourMs, id, invite, join, judge, key, otherId, otherKey, outcomeOf, type Decide } from './join-example.ts';
import { tokenState } from './token-state.ts';

const approval = invite({ isApproved: true });
const asked = given(approval, join());
const stranger = join({ publicKey: otherKey, id: otherId });

describe('approval', () => {
  const rows: [claim: string, given: Registry, when: Decide, then: string][] = [
    ['the first to ask is written down', given(approval), join(), 'JoinRequested token/t1'],
    ['asking again writes nothing', asked, join({ nowMs: 9 }), 'nothing'],
    ['another key is told that it was not first', asked, stranger, 'conflict: another key has asked with this join token before'],
    ['an admin lets it in', asked, judge('Approved'), 'JoinApproved token/t1'],
    [
      'by the fingerprint that he read in the cluster',
      asked,
      judge('Approved', { fingerprint: fingerprintOf(key).toUpperCase() }),
      'JoinApproved token/t1',
    ],
    [
      'and not the key of somebody else',
      asked,
      judge('Approved', { fingerprint: fingerprintOf(otherKey) }),
      `conflict: the key that asks to join as prod-1 has another fingerprint: ${fingerprintOf(key)}`,
    ],
    ['then it joins', given(approval, join(), judge('Approved')), join(), `JoinTokenUsed token/t1, ClusterJoined cluster/${id}`],
    [
      'and no other key does',
      given(approval, join(), judge('Approved')),
      stranger,
      'conflict: another key has asked with this join token before',
    ],
    [
      'he who is rejected is told',
      given(approval, join(), judge('Rejected')),
      join(),
      'forbidden: an administrator of the hub has rejected this cluster',
    ],
    ['saying it twice writes nothing', given(approval, join(), judge('Approved')), judge('Approved'), 'nothing'],
    [
      'a rejection is not taken back',
      given(approval, join(), judge('Rejected')),
      judge('Approved'),
      'conflict: cluster prod-1 was rejected before',
    ],
    ['nobody has asked yet', given(approval), judge('Approved'), 'conflict: cluster prod-1 has not asked yet'],
    ['nobody is to be approved', given(invite()), judge('Approved'), 'not-found: no cluster prod-1 waits to be approved'],
    [
      'a rejected name can be invited again',
      given(approval, join(), judge('Rejected')),
      invite({ tokenHash: 't2' }),
      'NameReserved name/prod-1, JoinTokenCreated token/t2',
    ],
    [
      'a pending one cannot',
      asked,
      invite({ tokenHash: 't2' }),
      'exists: cluster prod-1 is invited already, until 1970-01-01T01:00:00.000Z',
    ],
  ];
  test.each(rows)('%s', (_claim, registry, when, then) => expect(outcomeOf(when, registry)).toBe(then));

  test('an approval in the last second leaves time to take it', () => {
    const registry = given(approval, join(), judge('Approved', { nowMs: hourMs - 1 }));
    expect(outcomeOf(join({ nowMs: hourMs + 60_000 }), registry)).toBe(`JoinTokenUsed token/t1, ClusterJoined cluster/${id}`);
  });

  test('the state of an invitation says what can still become of it', () => {
    const stateOf = (registry: Registry, nowMs = 1): string => tokenState(registry.tokens.get('t1')?.body ?? expect.unreachable(''), nowMs);
    expect([
      stateOf(given(approval)),
      stateOf(asked),
      stateOf(asked, hourMs),
      stateOf(given(approval, join(), judge('Approved'))),
      stateOf(given(approval, join(), judge('Rejected')), hourMs),
      stateOf(given(approval, join(), judge('Approved'), join())),
    ]).toEqual(['Open', 'Pending', 'Expired', 'Approved', 'Rejected', 'Used']);
  });
});
