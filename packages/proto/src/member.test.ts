import { describe, expect, test } from 'vitest';
import type { ClusterId, ClusterName } from './ids.ts';
import { encodeMember, leaveModes, parseMember, type Member } from './member.ts';

const member: Member = {
  cluster: {
    id: 'a'.repeat(26) as ClusterId,
    name: 'prod-1' as ClusterName,
    labels: { env: 'prod' },
    spec: { mode: 'Enforce', region: 'eu' },
  },
  revision: 3,
  anchors: ['all'],
  confirmedEpoch: 1,
  confirmedRemovals: { p: 4 },
};
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('the record of a cluster', () => {
  test('what the hub writes is read', () => expect(parseMember(encodeMember(member))).toEqual(member));
  test('what operators hold is in it', () => {
    const holds = [
      { untilMs: 1, reason: 'INC-1', by: 'ann' },
      { policy: 'p', object: 'ConfigMap/n/m', untilMs: 2, reason: 'x', by: 'bob' },
    ];
    expect(parseMember(encodeMember({ ...member, holds }))).toEqual({ ...member, holds });
  });
  test('how the cluster is to leave is in it, and a way that is not known is no order', () => {
    for (const leave of leaveModes) expect(parseMember(encodeMember({ ...member, leave }))).toEqual({ ...member, leave });
    for (const leave of ['Hibernate', '', 1, null]) expect(parseMember(bytes({ ...member, leave })).leave).toBeUndefined();
  });
  test('what a newer hub says beside it is ignored', () => {
    const hold = { untilMs: 1, reason: 'INC-1', by: 'ann' };
    const newer = { ...member, waves: [], holds: [{ ...hold, ticket: 7 }] };
    expect(parseMember(bytes(newer))).toEqual({ ...member, holds: [hold] });
  });
  test.each<[claim: string, body: Uint8Array]>([
    ['no JSON', new TextEncoder().encode('{')],
    ['no record', bytes(null)],
    ['without labels', bytes({ ...member, cluster: { ...member.cluster, labels: undefined } })],
    ['with a hold that never ends', bytes({ ...member, holds: [{ reason: 'x', by: 'ann' }] })],
    ['with a label that is no text', bytes({ ...member, cluster: { ...member.cluster, labels: { env: 1 } } })],
  ])('%s is garbage', (_claim, body) => expect(() => parseMember(body)).toThrowError(expect.objectContaining({ code: 'garbage' })));
});
