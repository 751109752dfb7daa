import { canonicalBytes } from '@accord/proto/canonical';
import type { Policy } from './lay-out.ts';

/** The body of a policy's document: canonical JSON without epoch, revision and step, which stand in the statement. */
export function policyBody({ name, spec }: Policy): Uint8Array {
  return canonicalBytes({ metadata: { name }, spec });
}
