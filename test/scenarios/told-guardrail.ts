import { describeGuardrail } from '@accord/proto/describe-guardrail';
import { shownGuardrail } from '@accord/core/guard/told-guardrail';
import { clusterByName } from '@accord/core/registry/registry';
import type { RowSources } from '@accord/core/status/policy-rows';

/** What the hub knows of the Guardrail of a cluster, one line for each thing that is not as it is without one. */
export function toldGuardrail({ registry, reported }: Pick<RowSources, 'registry' | 'reported'>, name: string): readonly string[] {
  const id = clusterByName(registry, name)?.body.id;
  const told = id === undefined ? undefined : reported.clusters.get(id)?.facts?.guardrail;
  if (!told) return ['nothing is told'];
  return describeGuardrail(shownGuardrail(told))
    .filter(([, text]) => !/^(all that|those of the system|no limit|always$|none$)/.test(text))
    .map(([what, text]) => `${what}: ${text}`);
}
