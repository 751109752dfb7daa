import { canonicalBytes, sha256 } from '@accord/proto/canonical';
import type { Policy } from './lay-out.ts';

/** The body of a policy's document: canonical JSON without epoch, revision and step, which stand in the statement. */
export function policyBody({ name, spec }: Policy): Uint8Array {
  return canonicalBytes({ metadata: { name }, spec });
}

/** Equal digest: nothing to do, whatever the revision. */
export function policyDigest(policy: Policy): Uint8Array {
  return sha256(policyBody(policy));
}
