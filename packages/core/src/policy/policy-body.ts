import { canonicalBytes } from '@accord/proto/canonical';
import type { Policy } from './lay-out.ts';

/** The body of a policy's document: canonical JSON without epoch, revision and step, which stand in the statement. */
export function policyBody(policy: Policy): Uint8Array {
  return canonicalBytes(bodyOf(policy));
}

/** Its length in bytes. Canonical JSON only orders the names, so that any JSON of it is as long, and this one costs a tenth. */
export function policyBytes(policy: Policy): number {
  return Buffer.byteLength(JSON.stringify(bodyOf(policy)));
}

function bodyOf({ name, spec }: Policy) {
  return { metadata: { name }, spec };
}
