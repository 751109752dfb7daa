import { parsePolicySpec } from '@accord/core/policy/parse-policy';
import { canonicalJson, type JsonObject } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import { policyRef } from '@accord/spoke/mirror/mirror-store';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arbitrarySpec } from './arbitrary-spec.ts';
import { startKubeWorld, type RealKubeWorld } from './kube-world.ts';

let world: RealKubeWorld;
beforeAll(async () => {
  world = await startKubeWorld();
});
afterAll(() => world.close());

const never = new AbortController().signal;
test('property: every spec that the hub takes comes back from its mirror byte by byte', { timeout: 120_000 }, async () => {
  let revision = 0;
  const mirror = policyRef('mirrored' as PolicyName);
  await fc.assert(
    fc.asyncProperty(arbitrarySpec, async (written) => {
      const parsed = parsePolicySpec(written);
      fc.pre(parsed.outcome === 'parsed');
      if (parsed.outcome !== 'parsed') return;
      revision += 1;
      const body = {
        apiVersion: 'accord.dev/v1alpha1',
        kind: 'ClusterPolicy',
        metadata: { name: mirror.name },
        spec: { ...(parsed.spec as JsonObject), epoch: 1, revision },
      };
      const answer = await world.kube.apply(mirror, body, {}, never);
      expect('meta' in answer ? answer.outcome : answer).toBe(revision === 1 ? 'created' : 'changed');
      const back = await world.kube.get(mirror, never);
      expect(canonicalJson(back?.['spec'] ?? null)).toBe(canonicalJson(body.spec));
    }),
    { numRuns: 150 },
  );
});
