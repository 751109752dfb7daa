import type { PolicyName } from '@accord/proto/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from './lay-out.ts';
import { policyBody, policyBytes } from './policy-body.ts';

test('property: the length is told without the canonical form', () => {
  const text = fc.string({ unit: 'grapheme' });
  const spec = fc.dictionary(text, fc.jsonValue({ stringUnit: 'grapheme' }));
  fc.assert(
    fc.property(text, spec, (name, value) => {
      const policy = { name: name as PolicyName, spec: value as unknown as Policy['spec'] };
      expect(policyBytes(policy)).toBe(policyBody(policy).byteLength);
    }),
  );
});
