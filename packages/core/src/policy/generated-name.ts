import { hex, sha256 } from '@accord/proto/canonical';
import type { PolicyName } from '@accord/proto/ids';
import { nameMax } from '@accord/proto/policy';

const hashDigits = 10;

/** Name of the binding of a role. It holds the policy's name, so that the bindings of several policies add up. */
export function bindingName(policy: PolicyName, role: string): string {
  return shortName(`accord:${policy}:${role}`);
}

/** Name of a policy's quota and limit range in a namespace. A DNS subdomain, and never too long. */
export function quotaName(policy: PolicyName): string {
  return `accord-${policy}`;
}

/** Keeps to 253 characters, which other tools rely on: the first 242, `~`, and 10 digits of the SHA-256 of the whole. */
export function shortName(name: string): string {
  if (name.length <= nameMax) return name;
  return `${name.slice(0, nameMax - 1 - hashDigits)}~${hex(sha256(name)).slice(0, hashDigits)}`;
}
