import type { Fault } from './fault.ts';

/** Why the owner of a cluster refuses a risk that the author of a policy acknowledged. */
export function renderRisk({ code, path, message }: Fault): string {
  return `allowRisks does not name ${code}, which the policy takes at ${path}: ${message}`;
}
