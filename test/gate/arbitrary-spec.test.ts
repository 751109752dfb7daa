import { parsePolicySpec } from '@accord/core/policy/parse-policy';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitrarySpec, placesIn, placesOfSchema } from '../real/arbitrary-spec.ts';

// The mirror is tested with what this makes, in test/real/mirrored-specs.test.ts: what it never makes is not tested.
const specs = fc.sample(arbitrarySpec, { numRuns: 500, seed: 1 });

test('every place of the kind ClusterPolicy is made', () => {
  const made = new Set(specs.flatMap((spec) => [...placesIn(spec)]));
  expect(placesOfSchema().filter((place) => !made.has(place))).toEqual([]);
});

test('everything that is made is a spec that the hub takes', () => {
  const faults = specs.flatMap((spec) => {
    const parsed = parsePolicySpec(spec);
    return parsed.outcome === 'invalid' ? [parsed.faults.map(({ path, message }) => `${path}: ${message}`).join()] : [];
  });
  expect(faults).toEqual([]);
});
