import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import type { JsonObject } from '@accord/proto/canonical';
import { renderKey, type ObjectKey } from '@accord/proto/ids';
import type { SeenDrift } from '@accord/proto/messages';
import type { ScenarioFleet } from './scenario-fleet.ts';

/** Who wrote what was put right, and what differs where it is only compared, as the hub was told. */
export function evidenceIn({ hub: { projection } }: ScenarioFleet): readonly string[] {
  const { registry, reported } = projection;
  const heals = reported.heals.map(
    (heal) => `${registry.clusters.get(heal.cluster)?.body.name} healed ${renderKey(heal.object as ObjectKey)}: ${heal.cause}${tell(heal)}`,
  );
  const seen = [...registry.policies.values()].flatMap((policy) =>
    rowsOfPolicy(projection, policy).flatMap(({ cluster, problems }) =>
      problems.flatMap(({ object, reason, drift }) =>
        drift === null ? [] : [`${cluster} sees ${renderKey(object as ObjectKey)}: ${reason}${tell(drift)}`],
      ),
    ),
  );
  return [...heals, ...seen];
}

interface MirrorStatus {
  readonly healCount: number;
  readonly lastDriftTime?: string;
  readonly summary: { readonly drifted: number };
  readonly inventory: { readonly complete: boolean; readonly entries: readonly { readonly id: string }[] };
}

/** What the status of a mirror says of drift, and of what the cluster holds of the policy. */
export function driftInMirror(mirror: JsonObject | undefined): string {
  const status = mirror?.['status'] as MirrorStatus | undefined;
  if (status === undefined) return 'no status';
  const { healCount, lastDriftTime = 'never', summary, inventory } = status;
  const holds = inventory.entries.map(({ id }) => id).join(' ') || 'nothing';
  return `healed ${healCount}, drifted now ${summary.drifted}, last ${lastDriftTime}; ${inventory.complete ? 'all' : 'some'} of it: ${holds}`;
}

function tell({ manager, operation, writtenMs, fields }: SeenDrift): string {
  const who = operation === '' ? '' : ` by ${manager === '' ? 'somebody' : manager} (${operation})`;
  const at = writtenMs === 0 ? '' : ` at ${new Date(writtenMs).toISOString()}`;
  return `${who}${at}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`;
}
