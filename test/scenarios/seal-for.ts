import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import type { PolicyName } from '@accord/proto/ids';
import { sealSecret } from '@accord/proto/seal-secret';
import type { SealedSecret } from '@accord/proto/sealed-secret';
import type { ScenarioFleet } from './scenario-fleet.ts';

export interface Sealing {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

/** As `accord seal` does it, with the keys that the spokes have told the hub. */
export function sealFor(fleet: ScenarioFleet, { namespace, name, value }: Sealing, clusters: readonly string[]): Promise<SealedSecret> {
  const { registry, reported } = fleet.hub.projection;
  const recipients = [...registry.clusters.values()].flatMap(({ body: { id, name: cluster } }) => {
    const key = reported.clusters.get(id)?.facts?.sealingKeys[0];
    return key === undefined || !clusters.includes(cluster) ? [] : [{ cluster, clusterID: id, ...key }];
  });
  return sealSecret({ namespace, name, type: 'Opaque', version: 1 }, { password: Buffer.from(value) }, recipients);
}

/** Opening takes threads, and so real time, which the clock of the fleet does not know. */
export async function untilTold(fleet: ScenarioFleet, policy: string): Promise<void> {
  for (let turn = 0; turn < 1_000_000; turn += 1) {
    const { registry } = fleet.hub.projection;
    const known = registry.policies.get(policy as PolicyName);
    const rows = known === undefined ? [] : rowsOfPolicy(fleet.hub.projection, known);
    if (rows.every(({ reportedRevision, revision }) => reportedRevision === revision)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`not every cluster tells what became of ${policy}`);
}
