import type { ClusterId, ClusterName } from '@accord/proto/ids';
import { describe, expect, test } from 'vitest';
import type { ClusterFact } from '../registry/facts.ts';
import type { Recorded } from '../registry/registry.ts';
import { decideRevoke, iatAheadSecondsMax, requireNotRevoked, revokedUntil } from './decide-revoke.ts';

const nowMs = 1_795_440_000_500;
const body: ClusterFact = {
  ...{ id: 'a'.repeat(26) as ClusterId, name: 'eu-1' as ClusterName, uid: 'u', revision: 3, createdAtMs: 1, publicKey: 'U1' },
  ...{ meta: { annotations: {} }, labels: { env: 'prod' }, spec: { mode: 'Enforce' as const }, confirmedEpoch: 1, confirmedRemovals: {} },
  ...{ tokenFloor: 0, revokedUntil: 0 },
};
const recorded = (fact: ClusterFact): Recorded<ClusterFact> => ({
  ...{ body: fact, seq: 7, digest: new Uint8Array(), atMs: 1, actor: 'ann', change: { id: 'x', traceparent: '' } },
});

describe('decideRevoke', () => {
  test('says since when, and leaves everything else of the record as it is', () => {
    expect(decideRevoke(recorded(body), nowMs)).toEqual([
      {
        ...{ kind: 'cluster', id: body.id, type: 'ClusterRevoked', expectSeq: 7, change: 'cluster/eu-1@revoked' },
        body: { ...body, revokedAtMs: nowMs },
      },
    ]);
  });

  test('is done once: the second time there is nothing to write', () => {
    expect(decideRevoke(recorded({ ...body, revokedAtMs: 5 }), nowMs)).toEqual([]);
  });
});

describe('revokedUntil', () => {
  test('is undefined while the cluster has its access', () => expect(revokedUntil(body)).toBeUndefined());

  test.each([
    ['the clock', 0, 1_795_440_000],
    ['labels that were changed many times in one second', 1_795_441_000, 1_795_441_000],
  ])('covers every token that can have been made, counted from %s', (_what, tokenFloor, from) => {
    const until = revokedUntil({ revokedAtMs: nowMs, tokenFloor }) ?? 0;
    expect(until).toBeGreaterThan(from + iatAheadSecondsMax + 1);
    // An entry is kept for 25 hours after its second, and must not be kept for ever.
    expect(until).toBeLessThan(from + 3_600);
  });
});

test('whoever is revoked is told when that was and how it joins again', () => {
  expect(() => requireNotRevoked(body)).not.toThrow();
  expect(() => requireNotRevoked({ ...body, revokedAtMs: nowMs })).toThrow(
    expect.objectContaining({
      code: 'forbidden',
      message: 'the access of cluster eu-1 was revoked at 2026-11-23T13:20:00.500Z',
      help: expect.stringContaining('accord cluster add eu-1 --replace') as string,
    }),
  );
});
